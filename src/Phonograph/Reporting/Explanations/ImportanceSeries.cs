using System.Collections.Immutable;
using Phonograph.Explaining.Networks;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Explanations;

/// <summary>Explanations of many structures by one model, by an ensemble or by models of several training draws, as figures draw them.</summary>
/// <param name="Name">What is explained, in a word or two, as legends show it.</param>
/// <param name="Structures">Number of structures.</param>
/// <param name="Draws">Number of training draws behind the intervals.</param>
/// <param name="Pairs">Shares of the pairs of elements, in alphabetical order.</param>
/// <param name="Densities">Densities over length: of all pairs first, then of each.</param>
/// <param name="Features">Node features.</param>
public sealed record ImportanceSeries(
    string Name, int Structures, int Draws, ImmutableArray<PairShare> Pairs, ImmutableArray<LengthDensity> Densities, ImmutableArray<FeatureEffect> Features)
{
    /// <summary>Takes what a summary has gathered.</summary>
    /// <param name="name">Name in legends.</param>
    /// <param name="summary">The summary.</param>
    /// <param name="bootstrap">How intervals are computed.</param>
    public static ImportanceSeries Of(string name, ImportanceSummary summary, BootstrapOptions? bootstrap = null)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new ImportanceSeries(
            name, summary.Count, summary.Draws,
            [.. summary.Shells(bootstrap).Where(shell => shell.IsAllLengths).Select(PairShare.Of)],
            [.. summary.Densities().Select(LengthDensity.Of)],
            [.. summary.Features(bootstrap).Select(FeatureEffect.Of)]);
    }
}
