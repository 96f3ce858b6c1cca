using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>
/// Atoms that move independently, with normal displacements whose amplitudes are matched to an ensemble; then the drift of the centre of mass is taken out. What that takes from the amplitudes is
/// added before, exactly, so that the drawn cells have what was matched. The four matchings are four schemes with random numbers of their own.
/// </summary>
public sealed class IndependentGaussianSampler : IDisplacementSampler
{
    private readonly Func<ulong, int, Numerics.Random.Philox> _stream;
    private readonly ImmutableArray<Matrix3x3> _roots;
    private readonly DrawProvenance _provenance;

    private IndependentGaussianSampler(HarmonicEnsemble ensemble, string scheme, Func<ulong, int, Numerics.Random.Philox> stream, ImmutableArray<Matrix3x3> covariances, params (string Key, string Value)[] details)
    {
        (Reference, _stream, FreeCovariances) = (ensemble.Crystal, stream, covariances);
        _roots = [.. covariances.Select(Root)];
        DrawProvenance shared = ensemble.Provenance(scheme);
        _provenance = shared with { Details = new ReadOnlyDictionary<string, string>(shared.Details.Concat(details.Select(detail => KeyValuePair.Create(detail.Key, detail.Value))).ToDictionary(StringComparer.Ordinal)) };
    }

    /// <inheritdoc/>
    public Crystal Reference { get; }

    /// <summary>Covariance of each atom before the drift is taken out, Å², 3 × 3, Cartesian.</summary>
    public ImmutableArray<Matrix3x3> FreeCovariances { get; }

    /// <summary>
    /// Scheme <c>gaussian</c>: one standard deviation for all coordinates, so that the mean over atoms of ⟨|u|²⟩ is the ensemble's.
    /// </summary>
    /// <param name="ensemble">The ensemble to match.</param>
    /// <exception cref="InputException">No positive width matches.</exception>
    public static IndependentGaussianSampler MatchedDisplacement(HarmonicEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        double target = ensemble.MeanSquareDisplacement, variance = target / (3 * DriftFreeCovariance.IsotropicShare(ensemble.Crystal));
        return new(
            ensemble, "gaussian", DrawStream.MatchedGaussian, Isotropic(ensemble, variance, $"a mean square displacement of {Text(target)} Å²"),
            ("matching", "mean_square_displacement"), ("matched_msd_A2", Text(target)), ("sigma_A", Text(Math.Sqrt(variance))));
    }

    /// <summary>
    /// Scheme <c>gaussian-energy</c>: one standard deviation σ for all coordinates, so that the mean harmonic potential energy ½ σ² tr Φ is the ensemble's. Φ are the effective force constants of
    /// the ensemble's rule for soft modes; they do not feel the drift.
    /// </summary>
    /// <param name="ensemble">The ensemble to match; it gives Φ.</param>
    /// <param name="meanEnergyElectronvoltPerAtom">Mean potential energy to match instead of the ensemble's, eV per atom, positive; null for the ensemble's.</param>
    /// <exception cref="InputException">No positive width matches.</exception>
    public static IndependentGaussianSampler MatchedEnergy(HarmonicEnsemble ensemble, double? meanEnergyElectronvoltPerAtom = null)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        double target = meanEnergyElectronvoltPerAtom ?? (ensemble.MeanPotentialEnergyElectronvolt / ensemble.Crystal.AtomCount);
        double variance = 2 * target * ensemble.Crystal.AtomCount / ensemble.EffectiveForceConstantsTrace();
        return new(
            ensemble, "gaussian-energy", DrawStream.EnergyGaussian, Isotropic(ensemble, variance, $"a mean energy of {Text(target)} eV/atom with the force constants of the rule '{ensemble.Policy}'"),
            ("matching", meanEnergyElectronvoltPerAtom is null ? "mean_energy" : "given_mean_energy"), ("matched_energy_eV_per_atom", Text(target)), ("sigma_A", Text(Math.Sqrt(variance))));
    }

    /// <summary>Scheme <c>species</c>: one standard deviation for each element, so that the mean over the atoms of each element of ⟨|u|²⟩ is the ensemble's.</summary>
    /// <param name="ensemble">The ensemble to match.</param>
    /// <exception cref="InputException">No positive width matches.</exception>
    public static IndependentGaussianSampler MatchedSpecies(HarmonicEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        Crystal crystal = ensemble.Crystal;
        ImmutableArray<Matrix3x3> covariances = ensemble.AtomCovariances();
        int[][] groups = [.. Enumerable.Range(0, crystal.AtomCount).GroupBy(atom => crystal.Elements[atom].Symbol, StringComparer.Ordinal).Select(group => group.ToArray())];
        double[] targets = [.. groups.Select(group => group.Average(atom => covariances[atom].Trace))];
        ImmutableArray<Matrix3x3> free = Solved([.. targets.Select(target => target / 3 * Matrix3x3.Identity)], groups, crystal);
        var all = new Matrix3x3[crystal.AtomCount];
        for (int group = 0; group < groups.Length; group++)
        {
            foreach (int atom in groups[group])
            {
                all[atom] = free[group];
            }
        }

        string Listed(Func<int, double> value) => string.Join(' ', groups.Select((group, index) => $"{crystal.Elements[group[0]].Symbol}:{Text(value(index))}"));
        return new(
            ensemble, "species", DrawStream.SpeciesGaussian, [.. all],
            ("matching", "species_mean_square_displacement"), ("matched_msd_A2", Listed(group => targets[group])), ("sigma_A", Listed(group => Math.Sqrt(free[group].Trace / 3))));
    }

    /// <summary>Scheme <c>einstein</c>: every atom has the 3 × 3 covariance that it has in the ensemble, without correlation between atoms.</summary>
    /// <param name="ensemble">The ensemble to match.</param>
    /// <exception cref="InputException">No positive covariance matches.</exception>
    public static IndependentGaussianSampler Einstein(HarmonicEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ImmutableArray<Matrix3x3> covariances = ensemble.AtomCovariances();
        ImmutableArray<Matrix3x3> free = Solved(covariances, [.. Enumerable.Range(0, covariances.Length).Select(atom => new[] { atom })], ensemble.Crystal);
        return new(
            ensemble, "einstein", DrawStream.Einstein, free,
            ("matching", "atom_covariance"), ("matched_msd_A2", Text(covariances.Average(covariance => covariance.Trace))));
    }

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index)
    {
        Numerics.Random.Philox random = _stream(seed, index);
        var displacements = new Vector3D[Reference.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            displacements[atom] = _roots[atom] * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal());
        }

        CentreOfMass.Fix(Reference, displacements);
        return new Configuration(Reference, [.. displacements], _provenance with { Seed = seed, Index = index });
    }

    private static ImmutableArray<Matrix3x3> Isotropic(HarmonicEnsemble ensemble, double variance, string target) => variance > 0 && double.IsFinite(variance)
        ? [.. Enumerable.Repeat(variance * Matrix3x3.Identity, ensemble.Crystal.AtomCount)]
        : throw new InputException(
            $"No positive width of an isotropic Gaussian gives {target}: nothing moves in this ensemble, or no motion costs energy. Choose another temperature, statistics or rule for soft modes, or a larger supercell.");

    private static ImmutableArray<Matrix3x3> Solved(IReadOnlyList<Matrix3x3> wanted, int[][] groups, Crystal crystal)
    {
        ImmutableArray<Matrix3x3>? free = DriftFreeCovariance.Free(wanted, groups, crystal.MassesAmu);
        double largest = wanted.Max(covariance => covariance.Trace);
        for (int group = 0; group < groups.Length; group++)
        {
            if (free is null || !(largest > 0) || !(Smallest(free.Value[group]) > 0))
            {
                string atoms = groups.Length == crystal.AtomCount ? $"atom {groups[group][0] + 1} ({crystal.Elements[groups[group][0]].Symbol})" : $"the {crystal.Elements[groups[group][0]].Symbol} atoms";
                throw new InputException(
                    $"No positive widths of independent atoms match this ensemble once the centre of mass is at rest: {atoms} would need to move less than not at all. "
                    + "An atom hardly moves, or the cell holds too few atoms. Choose another rule for soft modes, or a larger supercell.");
            }
        }

        return free!.Value;
    }

    private static double Smallest(Matrix3x3 matrix) => Eigen(matrix).Values.Span[0];

    /// <summary>The symmetric square root.</summary>
    private static Matrix3x3 Root(Matrix3x3 matrix)
    {
        var eigen = Eigen(matrix);
        Matrix3x3 root = default;
        for (int index = 0; index < 3; index++)
        {
            ReadOnlySpan<double> vector = eigen.Vector(index);
            var v = new Vector3D(vector[0], vector[1], vector[2]);
            root += Math.Sqrt(eigen.Values.Span[index]) * Matrix3x3.Outer(v, v);
        }

        return root;
    }

    private static SymmetricEigen Eigen(Matrix3x3 m) => SymmetricEigen.Decompose([m[0, 0], m[0, 1], m[0, 2], m[1, 0], m[1, 1], m[1, 2], m[2, 0], m[2, 1], m[2, 2]], 3);

    private static string Text(double value) => value.ToString("G12", CultureInfo.InvariantCulture);
}
