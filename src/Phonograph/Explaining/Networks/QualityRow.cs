using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>One measure of the quality of explanations.</summary>
/// <param name="Measure">
/// <c>fidelity_plus</c>, <c>fidelity_minus</c>, <c>deletion_area</c>, <c>insertion_area</c>, the same with <c>_relative</c> (divided by the standard deviation of the predictions), <c>deletion_gain</c> and <c>insertion_gain</c>
/// (better than a random ranking, structure by structure), <c>rank_correlation</c>, <c>cosine</c>.
/// </param>
/// <param name="Of">
/// Whose ranking: <c>explanation</c>, <c>random</c>, <c>untrained</c>, <c>control</c>; or what an explanation is compared with: <c>seeds</c>, <c>members</c>, <c>order</c>, <c>origin</c>, <c>rotation</c>, <c>supercell</c>, <c>untrained</c>, <c>control</c>.
/// </param>
/// <param name="HasUnit">Whether the value is in the unit of the property; else it has none.</param>
/// <param name="Value">Mean over structures with its 95 % interval over structures.</param>
/// <param name="Structures">Number of structures for which it is defined.</param>
public sealed record QualityRow(string Measure, string Of, bool HasUnit, Interval Value, int Structures);
