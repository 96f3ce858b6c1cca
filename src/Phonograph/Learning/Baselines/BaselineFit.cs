using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning.Baselines;

/// <summary>A fitted baseline with its predictions.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="Name">One of <see cref="BaselineNames"/>.</param>
/// <param name="Strength">Ridge strength that the validation cells chose, in units of the mean squared spread of the features; null for the mean.</param>
/// <param name="Predictions">Predictions on the training, validation and test cells, in this order, each marked with its set.</param>
public sealed record BaselineFit(Property Property, string Name, double? Strength, ImmutableArray<Prediction> Predictions)
{
    /// <summary>Predictions of one set.</summary>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="scheme">Scheme of the cells; null for all.</param>
    public ImmutableArray<Prediction> Of(string set, string? scheme = null) =>
        [.. Predictions.Where(prediction => prediction.Set == set && (scheme is null || prediction.Scheme == scheme))];
}
