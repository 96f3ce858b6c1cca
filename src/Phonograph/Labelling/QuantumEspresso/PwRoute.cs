using System.Collections.Immutable;
using System.Globalization;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>One way of pw.x to self-consistency: a rung of the recovery ladder. It never changes the converged number.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Settings">Lines of the namelist <c>&amp;ELECTRONS</c>.</param>
internal sealed record PwRoute(string Name, string Settings)
{
    /// <summary>
    /// Rungs in order: slower mixing, then mixing that knows of the screening of uneven densities (D. Raczkowski, A. Canning, L. W. Wang, Phys. Rev. B 64,
    /// 121101 (2001)), then conjugate gradients in place of Davidson's method for bands that it does not find.
    /// </summary>
    internal static ImmutableArray<PwRoute> Ladder { get; } =
    [
        Of("plain", 0.7, 100),
        Of("mixing-0.3", 0.3, 200),
        Of("local-TF-0.3", 0.3, 200, "mixing_mode = 'local-TF'"),
        Of("cg-0.1", 0.1, 400, "diagonalization = 'cg'\n  mixing_ndim = 16"),
    ];

    private static PwRoute Of(string name, double mixing, int steps, string more = "") => new(
        name,
        string.Create(CultureInfo.InvariantCulture, $"  electron_maxstep = {steps}\n  mixing_beta = {mixing}") + (more.Length > 0 ? $"\n  {more}" : ""));
}
