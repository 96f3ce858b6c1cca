namespace Phonograph.Datasets;

/// <summary>A configuration that was drawn but has no label.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Stratum">Scheme and temperature or width that it was drawn with.</param>
/// <param name="Reason">Short category, for example <c>not-converged</c>.</param>
/// <param name="Detail">What the engine said.</param>
public sealed record FailedConfiguration(string Id, Stratum Stratum, string Reason, string Detail);
