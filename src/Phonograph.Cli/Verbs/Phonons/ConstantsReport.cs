using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>What <c>phonograph phonons constants</c> says, as text and as one JSON document.</summary>
internal sealed record ConstantsReport
{
    /// <summary>The constants to write.</summary>
    internal required ForceConstants Constants { get; init; }

    /// <summary>Symmetry of the supercell.</summary>
    internal required SupercellSymmetry Symmetry { get; init; }

    /// <summary>The forces.</summary>
    internal required ImmutableArray<DisplacedSnapshot> Snapshots { get; init; }

    /// <summary>Constants as solved, before symmetrisation; null for a fit, which needs none.</summary>
    private ForceConstants? Solved { get; init; }

    private FittedForceConstants? Fit { get; init; }

    private int Parameters { get; init; }

    internal static ConstantsReport OfDisplacements(string file, SupercellSymmetry symmetry, ImmutableArray<ForceSet> sets, ImmutableArray<DisplacedSnapshot> snapshots)
    {
        ForceConstants solved = ForceConstantsFit.Fit(symmetry, sets);
        ForceConsistency.Check(file, solved, snapshots);
        return new ConstantsReport { Constants = solved.Symmetrised(), Symmetry = symmetry, Snapshots = snapshots, Solved = solved, Parameters = ForceConstantsBasis.Of(symmetry).Count };
    }

    private FittedForcesAtRest? AtRest { get; init; }

    /// <summary>A fit with forces at rest; the quality is that of the rest of the forces.</summary>
    internal static ConstantsReport OfFit(FittedForcesAtRest fit, ImmutableArray<DisplacedSnapshot> snapshots)
    {
        ImmutableArray<Vector3D> atRest = fit.ForcesCartesian;
        return new ConstantsReport
        {
            Constants = fit.ForceConstants.Constants.ToFull(),
            Symmetry = fit.Basis.Symmetry,
            Snapshots = [.. snapshots.Select(snapshot => snapshot with { ForcesCartesian = [.. snapshot.ForcesCartesian.Zip(atRest, (force, own) => force - own)] })],
            Fit = fit.ForceConstants,
            AtRest = fit,
            Parameters = fit.ForceConstants.Basis.Count + fit.Basis.Count,
        };
    }

    internal static ConstantsReport OfFit(string file, FittedForceConstants fit, ImmutableArray<DisplacedSnapshot> snapshots, bool namesAtoms)
    {
        if (!namesAtoms)
        {
            ForceConsistency.Check(file, fit, snapshots);
        }

        return new ConstantsReport { Constants = fit.Constants.ToFull(), Symmetry = fit.Basis.Symmetry, Snapshots = snapshots, Fit = fit, Parameters = fit.Basis.Count };
    }

    internal string ToText()
    {
        int atoms = Constants.Supercell.Crystal.AtomCount;
        double share = UnexplainedShare, rms = ResidualRms;
        string quality = string.Create(
            CultureInfo.InvariantCulture,
            $"R2 of forces {1 - (share * share):F6}, residual {rms:G3} eV/Å r.m.s., {Parameters} independent parameters, {DegreesOfFreedom} degrees of freedom");
        string first = string.Create(CultureInfo.InvariantCulture, $"{Snapshots.Length} force sets of {atoms} atoms; largest net force {NetForce:G3} eV/Å; {share:P2} of the forces (r.m.s.) not harmonic");
        string second = Solved is { } solved
            ? string.Create(CultureInfo.InvariantCulture, $"completed by {Symmetry.SpaceGroup.Order} symmetry operations; before enforcing: acoustic sum rule broken by {solved.AcousticSumRuleViolation():G3} eV/Å², permutation symmetry by {solved.PermutationAsymmetry():G3} eV/Å²")
            : string.Create(CultureInfo.InvariantCulture, $"least squares in the basis of {Symmetry.SpaceGroup.Order} symmetry operations; standard errors of the parameters up to {Fit!.StandardErrors.Max():G3} eV/Å² (up to {Fit!.SnapshotStandardErrors.Max():G3} when only the snapshots are independent)");
        ImmutableArray<double> modes = SupercellFrequencies.Terahertz(Constants);
        string third = modes.IsEmpty ? "no modes" : string.Create(CultureInfo.InvariantCulture, $"{modes.Length} modes from {modes[0]:F3} to {modes[^1]:F3} THz, {modes.Count(mode => mode < 0)} imaginary (negative)");
        return string.Join('\n', [first, quality, second, third, .. RestInWords()]);
    }

    internal object ToDocument(string folder)
    {
        ImmutableArray<double> modes = SupercellFrequencies.Terahertz(Constants);
        double share = UnexplainedShare;
        return new
        {
            method = Fit is null ? "displacements" : "fit",
            force_sets = Snapshots.Length,
            atoms_supercell = Constants.Supercell.Crystal.AtomCount,
            symmetry_operations = Symmetry.SpaceGroup.Order,
            independent_parameters = Parameters,
            degrees_of_freedom = DegreesOfFreedom,
            r2_forces = 1 - (share * share),
            residual_rms_eV_per_A = ResidualRms,
            largest_standard_error_eV_per_A2 = Finite(Fit?.StandardErrors.Max()),
            largest_standard_error_between_snapshots_eV_per_A2 = Finite(Fit?.SnapshotStandardErrors.Max()),
            largest_net_force_eV_per_A = NetForce,
            unexplained_force_share = share,
            forces_at_rest_eV_per_A = AtRest?.ForcesCartesian.Select(force => new[] { force.X, force.Y, force.Z }),
            forces_at_rest_coefficients_eV_per_A = AtRest?.Coefficients,
            forces_at_rest_standard_errors_eV_per_A = AtRest?.StandardErrors.Select(error => Finite(error)),
            acoustic_sum_rule_violation_eV_per_A2 = (Solved ?? Constants).AcousticSumRuleViolation(),
            permutation_asymmetry_eV_per_A2 = (Solved ?? Constants).PermutationAsymmetry(),
            modes = modes.Length,
            imaginary_modes = modes.Count(mode => mode < 0),
            lowest_frequency_THz = Finite(modes.IsEmpty ? double.NaN : modes[0]),
            highest_frequency_THz = Finite(modes.IsEmpty ? double.NaN : modes[^1]),
            output = folder,
        };
    }

    private IEnumerable<string> RestInWords() => AtRest is not { } rest ? [] : rest.Basis.Count == 0 ? ["forces at rest: none that symmetry allows"] :
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"forces at rest: {rest.Basis.Count} that symmetry allows, up to {rest.ForcesCartesian.Max(force => force.Length):G3} eV/Å on an atom; coefficients {string.Join(", ", rest.Coefficients.Zip(rest.StandardErrors, (value, error) => string.Create(CultureInfo.InvariantCulture, $"{value:G3} ± {error:G2}")))} eV/Å"),
    ];

    private int DegreesOfFreedom => (3 * Constants.Supercell.Crystal.AtomCount * Snapshots.Length) - Parameters;

    private double UnexplainedShare => ForceConsistency.UnexplainedShare(Constants, Snapshots);

    private double ResidualRms => UnexplainedShare * Math.Sqrt(Snapshots.Average(snapshot => snapshot.ForcesCartesian.Average(force => force.LengthSquared)) / 3);

    private double NetForce => Snapshots.Max(snapshot => snapshot.ForcesCartesian.Aggregate(Vector3D.Zero, (sum, force) => sum + force).Length);

    /// <summary>What is not a number becomes null: JSON has no word for it.</summary>
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
