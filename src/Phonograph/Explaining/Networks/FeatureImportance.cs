using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>A node feature of the atoms of one element over many structures; means with 95 % intervals, in the unit of the property.</summary>
/// <param name="Element">Symbol of the element; null for all atoms.</param>
/// <param name="Feature">Name of the feature with its unit, one of <see cref="Graphs.NodeFeatures.Names"/>.</param>
/// <param name="Change">Prediction minus prediction with the feature of these atoms at its mean over all atoms of the structure, over the structures that have such atoms.</param>
/// <param name="ChangeSize">Mean size of that change.</param>
public sealed record FeatureImportance(string? Element, string Feature, Interval Change, Interval ChangeSize);
