using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Mean absolute error of the network minus that of a simple baseline, trained on the same cells and tested on the same cells.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="TrainedOn">Kind of training data of both.</param>
/// <param name="TestedOn">Kind of test data.</param>
/// <param name="TrainingSize">Number of training configurations of both.</param>
/// <param name="Model">The network.</param>
/// <param name="Baseline">The baseline.</param>
/// <param name="Difference">Mean absolute error of the network minus that of the baseline, in the unit of the property; negative when the network is better.</param>
/// <param name="AdjustedPValue">Two-sided p-value of no difference, corrected for the number of properties and baselines tested on the same cells.</param>
/// <param name="Method">What the interval covers.</param>
public sealed record BaselineResult(
    Property Property,
    string TrainedOn,
    string TestedOn,
    int TrainingSize,
    string Model,
    string Baseline,
    Interval Difference,
    double AdjustedPValue,
    string Method)
{
    /// <summary>True when the corrected p-value is below 5 %.</summary>
    public bool IsDecided => AdjustedPValue < 0.05;
}
