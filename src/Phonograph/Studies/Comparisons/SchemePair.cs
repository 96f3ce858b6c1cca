using System.Collections.Immutable;

namespace Phonograph.Studies.Comparisons;

/// <summary>Two schemes whose models are compared.</summary>
/// <param name="First">The scheme with one thing more.</param>
/// <param name="Second">The scheme it is compared with.</param>
/// <param name="Meaning">What the difference shows.</param>
/// <param name="IsInFamily">Whether it counts in the correction for several tests.</param>
public sealed record SchemePair(string First, string Second, string Meaning, bool IsInFamily)
{
    private static readonly ImmutableArray<SchemePair> Chain =
    [
        new("gaussian", "uniform", "amplitude", true),
        new("gaussian-energy", "gaussian", "what is matched", true),
        new("species", "gaussian", "mass and site", true),
        new("einstein", "species", "anisotropy", true),
        new("phonon", "einstein", "correlation", true),
    ];

    private static readonly SchemePair Whole = new("phonon", "uniform", "all of it", true);

    /// <summary>
    /// The registered pairs (docs/results/preregistration.md): with Gaussian schemes among the compared ones each step from one scheme to the next, and phonon against uniform cells beside the family; without them phonon against uniform and against Einstein cells.
    /// </summary>
    /// <param name="schemes">Schemes that are compared.</param>
    public static ImmutableArray<SchemePair> Registered(IReadOnlyCollection<string> schemes) =>
    [
        .. (schemes.Contains("gaussian") ? Chain.Append(Whole with { IsInFamily = false }) : [Whole, Chain[^1]])
            .Where(pair => schemes.Contains(pair.First) && schemes.Contains(pair.Second)),
    ];
}
