namespace Phonograph.Explaining.Networks;

/// <summary>What one node feature of the atoms of one element does to a prediction.</summary>
/// <param name="Element">Symbol of the element; null for all atoms.</param>
/// <param name="Feature">Place of the feature among <see cref="Graphs.NodeFeatures.Names"/>.</param>
/// <param name="Atoms">Number of the atoms.</param>
/// <param name="Change">Prediction minus prediction with the feature of these atoms at its mean over all atoms of the structure, in the unit of the property.</param>
public readonly record struct FeatureChange(string? Element, int Feature, int Atoms, double Change);
