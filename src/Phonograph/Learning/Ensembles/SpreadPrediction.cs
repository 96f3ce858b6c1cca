using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning.Ensembles;

/// <summary>A prediction of an ensemble beside its label.</summary>
/// <param name="Prediction">Mean over the members, beside the label.</param>
/// <param name="Spread">Standard deviation over the members, in the unit of the property; not calibrated.</param>
public sealed record SpreadPrediction(Prediction Prediction, double Spread)
{
    /// <summary>Prediction minus label.</summary>
    public double Error => Prediction.Predicted - Prediction.Label;
}
