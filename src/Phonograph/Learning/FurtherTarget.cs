using Phonograph.Datasets;

namespace Phonograph.Learning;

/// <summary>A property that a model predicts beside the first.</summary>
/// <param name="Property">The property.</param>
/// <param name="Target">Its scaling.</param>
public sealed record FurtherTarget(Property Property, TargetNormalization Target);
