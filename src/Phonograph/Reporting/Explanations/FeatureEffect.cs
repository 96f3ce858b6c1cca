using Phonograph.Explaining.Networks;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Explanations;

/// <summary>What a node feature of the atoms of one element does to predictions, in the unit of the property; mean with 95 % interval.</summary>
/// <param name="Element">Symbol of the element; null for all atoms.</param>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Change">Prediction minus prediction with the feature of these atoms at its mean over the structure.</param>
public sealed record FeatureEffect(string? Element, string Feature, Interval Change)
{
    internal static FeatureEffect Of(FeatureImportance row) => new(row.Element, row.Feature, row.Change);
}
