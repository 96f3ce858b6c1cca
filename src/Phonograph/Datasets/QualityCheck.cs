using System.Collections.Immutable;

namespace Phonograph.Datasets;

/// <summary>One question asked of every labelled cell, and the cells that answered badly.</summary>
/// <param name="Key">Name in files: <c>convergence</c>, <c>recovery</c>, <c>metallic</c>, <c>band_edges</c>, <c>settings</c>, <c>net_force</c>, <c>duplicates</c>, <c>outliers</c> or <c>energy_of_displacement</c>.</param>
/// <param name="Question">What was looked at, in words.</param>
/// <param name="Examined">Number of cells that hold what the question needs.</param>
/// <param name="Findings">Cells to look at.</param>
public sealed record QualityCheck(string Key, string Question, int Examined, ImmutableArray<QualityFinding> Findings);

/// <summary>A cell to look at.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Detail">What was found.</param>
public sealed record QualityFinding(string Id, string Detail);
