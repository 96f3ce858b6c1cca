using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning;

/// <summary>Predicts the mean of the training labels for everything: what every model must beat.</summary>
/// <param name="Mean">Mean of the training labels, in the unit of the property.</param>
public sealed record MeanBaseline(double Mean)
{
    /// <summary>Name in tables.</summary>
    public const string Name = "mean";

    /// <summary>Takes the mean of training labels.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public static MeanBaseline Fit(IReadOnlyCollection<LabelledGraph> training) => training.Count > 0
        ? new MeanBaseline(training.Average(each => each.Target))
        : throw new InputException("There are no training configurations. Give at least one.");

    /// <summary>The mean beside each label.</summary>
    /// <param name="graphs">Labelled graphs.</param>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    public ImmutableArray<Prediction> Predict(IEnumerable<LabelledGraph> graphs, string set) =>
        [.. graphs.Select(each => new Prediction(each.Configuration, each.Scheme, set, each.Target, Mean, IsOutsideTrainingRange: false))];
}
