using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>A built-in level of theory of pw.x: every setting that changes a converged number but for the k-points, which the level's name says.</summary>
/// <param name="Name">Name without the mesh.</param>
/// <param name="CutoffRydberg">Cutoff of the wave functions, Ry; the density has four times as much.</param>
/// <param name="SmearingRydberg">Width of the Gaussian smearing, Ry.</param>
/// <param name="ThresholdRydberg">Estimated error of the energy at which self-consistency is reached, Ry.</param>
/// <param name="Files">The pseudopotential of each element.</param>
internal sealed record PwLevel(
    string Name, double CutoffRydberg, double SmearingRydberg, double ThresholdRydberg, ImmutableSortedDictionary<string, Pseudopotential> Files)
{
    private static readonly ImmutableSortedDictionary<string, Pseudopotential> DebianLda = new Dictionary<string, Pseudopotential>
    {
        ["Al"] = new("Al.pz-vbc.UPF", "abdcda76be0d4b84660c341d65ef7f81e86120c55f204773f43716eaf7dd0597"),
        ["As"] = new("As.pz-bhs.UPF", "48eb18ad4cb120cd713bb8eb233032635adb533a9d62d1e004e996dcc5db4b6f"),
        ["Mg"] = new("Mg.pz-n-vbc.UPF", "2e3c634dd5e71bde760e089882cfcf8d4ff1f166880d012dc3d6061d8f21816c"),
        ["Si"] = new("Si.pz-vbc.UPF", "da7386b1345863effd34d47c07894a620d12e87069a009b5eaa2a88da7ea8105"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Local density approximation (J. P. Perdew, A. Zunger, Phys. Rev. B 23, 5048 (1981)) with the norm-conserving pseudopotentials that Debian ships. The smearing of
    /// 0.002 Ry (27 meV) changes nothing in cells with a gap above 0.2 eV, and lets a cell that has none converge.
    /// </summary>
    internal static readonly PwLevel Lda = new("lda", 30, 0.002, 1e-10, DebianLda);

    /// <summary>All built-in levels.</summary>
    internal static ImmutableArray<PwLevel> All { get; } = [Lda];

    /// <summary>Refuses elements without a pseudopotential, and pseudopotential files that are not those of the level.</summary>
    /// <exception cref="InputException">An element or its file is missing.</exception>
    internal void Check(IEnumerable<Element> elements)
    {
        foreach (Element element in elements.Distinct())
        {
            if (!Files.TryGetValue(element.Symbol, out Pseudopotential? file))
            {
                throw new InputException($"{Name} has no pseudopotential for {element.Symbol}; it has {string.Join(", ", Files.Keys)}. Name your own in a template (--template, docs/engines.md).");
            }

            file.Check(Name);
        }
    }
}
