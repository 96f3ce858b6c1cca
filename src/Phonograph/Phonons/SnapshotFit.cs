using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Force constants from any displacements and forces by least squares in the symmetry-reduced basis: all symmetries hold exactly, and every force component counts for every parameter it can
/// teach. At large displacements the result is the best harmonic model of those snapshots (O. Hellman, I. Abrikosov, S. Simak, Phys. Rev. B 84, 180301 (2011)).
/// </summary>
public static class SnapshotFit
{
    /// <summary>Largest number of parameters of a dense fit: half a gigabyte for the normal matrix.</summary>
    private const int MostParameters = 8000;

    /// <summary>Atoms whose derivatives are made and used at a time: they stay in the cache.</summary>
    private const int AtomsPerBlock = 16;

    /// <summary>Fits the force constants of a supercell, all snapshots with the same weight.</summary>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="snapshots">Displacements and forces.</param>
    /// <param name="toleranceAngstrom">Tolerance of the symmetry search, Å.</param>
    /// <exception cref="InputException">The snapshots do not determine all constants, or one has the wrong number of atoms.</exception>
    public static FittedForceConstants Fit(Supercell supercell, IReadOnlyCollection<DisplacedSnapshot> snapshots, double toleranceAngstrom = 1e-5) =>
        Fit(ForceConstantsBasis.Of(SupercellSymmetry.Of(supercell, toleranceAngstrom)), snapshots, []);

    /// <summary>Fits the coefficients of a basis.</summary>
    /// <param name="basis">Symmetry-reduced basis of the supercell.</param>
    /// <param name="snapshots">Displacements and forces.</param>
    /// <param name="weights">
    /// How much each snapshot counts, not negative, in any unit; empty: all the same. They are weights of importance (a snapshot of weight two stands for two draws), not of precision: the noise
    /// of the forces is taken to be the same in all.
    /// </param>
    /// <exception cref="InputException">The snapshots do not determine all constants, or one has the wrong number of atoms.</exception>
    public static FittedForceConstants Fit(ForceConstantsBasis basis, IReadOnlyCollection<DisplacedSnapshot> snapshots, ReadOnlySpan<double> weights) =>
        Fit(basis, snapshots, weights, sites: null).Constants;

    /// <summary>
    /// Fits the coefficients of a basis together with the forces at zero displacement that symmetry allows (<see cref="SiteForceBasis"/>): wanted where the atoms are not at the minimum, for example at their thermal mean.
    /// </summary>
    /// <param name="basis">Symmetry-reduced basis of the supercell.</param>
    /// <param name="snapshots">Displacements and forces.</param>
    /// <param name="weights">How much each snapshot counts, as in <see cref="Fit(ForceConstantsBasis, IReadOnlyCollection{DisplacedSnapshot}, ReadOnlySpan{double})"/>.</param>
    /// <exception cref="InputException">The snapshots do not determine all constants, or one has the wrong number of atoms.</exception>
    public static FittedForcesAtRest FitWithForcesAtRest(ForceConstantsBasis basis, IReadOnlyCollection<DisplacedSnapshot> snapshots, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(basis);
        return Fit(basis, snapshots, weights, SiteForceBasis.Of(basis.Symmetry)).AtRest!;
    }

    private static (FittedForceConstants Constants, FittedForcesAtRest? AtRest) Fit(
        ForceConstantsBasis basis, IReadOnlyCollection<DisplacedSnapshot> snapshots, ReadOnlySpan<double> weights, SiteForceBasis? sites)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(snapshots);
        int atoms = basis.Symmetry.Supercell.Crystal.AtomCount;
        if (snapshots.FirstOrDefault(snapshot => snapshot.DisplacementsCartesian.Length != atoms || snapshot.ForcesCartesian.Length != atoms) is { } odd)
        {
            throw new InputException($"A snapshot holds {odd.DisplacementsCartesian.Length} displacements and {odd.ForcesCartesian.Length} forces; the supercell has {atoms} atoms. Give the supercell the forces were computed in.");
        }

        if (basis.OrbitParameterCount > MostParameters)
        {
            throw new InputException($"The supercell has {basis.Count} independent force constants; a fit of all at once takes at most {MostParameters}. Give displacements of single atoms ('phonograph phonons displacements'), which are solved atom by atom.");
        }

        ImmutableArray<Weighted> data = Weigh(snapshots, weights);
        int order = basis.OrbitParameterCount;
        var normal = new NormalMatrix(order);
        bool isUniform = data.All(entry => entry.Weight == 1);
        NormalMatrix? squared = isUniform ? null : new NormalMatrix(order);
        var moment = new double[order];
        foreach ((DisplacedSnapshot snapshot, double weight) in data)
        {
            ForEachBlock(basis, snapshot, (rows, first) =>
            {
                normal.Add(rows, weight);
                squared?.Add(rows, weight * weight);
                AddTransposed(moment, rows, snapshot.ForcesCartesian, first, weight);
            });
        }

        double[] reduced = basis.ReducedMatrix(normal.ToArray()), reducedMoment = basis.Reduced(moment);
        double[]? reducedSquared = squared is null ? null : basis.ReducedMatrix(squared.ToArray());
        RestForceElimination? rest = sites is null ? null : new RestForceElimination(sites, data, (displacements, site) => Slope(basis, displacements, sites.Vector(site)));
        rest?.Reduce(reduced, reducedMoment);
        if (reducedSquared is not null)
        {
            rest?.ReduceSquared(reducedSquared);
        }

        Cholesky factor = Cholesky.TryDecompose(reduced, basis.Count) ?? throw new InputException(
            $"The snapshots do not determine the force constants: found {Cholesky.Rank(reduced, basis.Count)} of {basis.Count} independent ones in {data.Length} snapshots. Add snapshots in which all atoms are displaced at random.");
        double[] coefficients = factor.Solve(reducedMoment);
        ImmutableArray<Residual> residuals = Residuals(basis, data, coefficients, rest, sites);
        var constants = FittedForceConstants.Of(basis, coefficients, factor, reducedSquared, data, residuals, rest?.Count ?? 0, rest?.TakenParameters ?? 0);
        return (constants, rest?.Fitted(constants, factor, reducedSquared, data, residuals));
    }

    /// <summary>Scalar product of a field on the atoms with the derivatives of the forces along each coefficient.</summary>
    private static double[] Slope(ForceConstantsBasis basis, Vector3D[] displacements, IReadOnlyList<Vector3D> field)
    {
        var slope = new double[basis.OrbitParameterCount];
        ForEachBlock(basis, new DisplacedSnapshot([.. displacements], []), (rows, first) => AddTransposed(slope, rows, field, first, 1));
        return basis.Reduced(slope);
    }

    /// <summary>What one snapshot adds to the normal equations of a basis.</summary>
    internal static SnapshotNormals Normals(ForceConstantsBasis basis, DisplacedSnapshot snapshot)
    {
        var normal = new NormalMatrix(basis.OrbitParameterCount);
        var moment = new double[basis.OrbitParameterCount];
        ForEachBlock(basis, snapshot, (rows, first) =>
        {
            normal.Add(rows, 1);
            AddTransposed(moment, rows, snapshot.ForcesCartesian, first, 1);
        });
        return new SnapshotNormals(basis.ReducedMatrix(normal.ToArray()), basis.Reduced(moment));
    }

    /// <summary>Weights of mean one; snapshots of weight zero are left out.</summary>
    private static ImmutableArray<Weighted> Weigh(IReadOnlyCollection<DisplacedSnapshot> snapshots, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
        {
            return snapshots.Count > 0
                ? [.. snapshots.Select(snapshot => new Weighted(snapshot, 1))]
                : throw new InputException("There are no snapshots; force constants cannot be fitted.");
        }

        if (weights.Length != snapshots.Count)
        {
            throw new ArgumentException($"{weights.Length} weights for {snapshots.Count} snapshots.", nameof(weights));
        }

        double total = 0;
        int positive = 0;
        foreach (double weight in weights)
        {
            total += weight >= 0 && double.IsFinite(weight) ? weight : throw new ArgumentException("A weight is negative or not finite.", nameof(weights));
            positive += weight > 0 ? 1 : 0;
        }

        if (!(total > 0) || !double.IsFinite(total))
        {
            throw new InputException("All snapshots have weight zero; force constants cannot be fitted.");
        }

        double scale = positive / total;
        double[] scaled = [.. weights];
        return [.. snapshots.Zip(scaled, (snapshot, weight) => new Weighted(snapshot, weight * scale)).Where(entry => entry.Weight > 0)];
    }

    /// <summary>Hands out the derivatives of the forces, a few atoms at a time.</summary>
    private static void ForEachBlock(ForceConstantsBasis basis, DisplacedSnapshot snapshot, Action<double[], int> use)
    {
        int atoms = snapshot.DisplacementsCartesian.Length;
        for (int first = 0; first < atoms; first += AtomsPerBlock)
        {
            var rows = new double[3 * Math.Min(AtomsPerBlock, atoms - first) * basis.OrbitParameterCount];
            basis.ForceDerivatives(snapshot.DisplacementsCartesian.AsSpan(), first, rows);
            use(rows, first);
        }
    }

    /// <summary>What the fit leaves of the forces of each snapshot, and its slope along each coefficient.</summary>
    private static ImmutableArray<Residual> Residuals(
        ForceConstantsBasis basis, ImmutableArray<Weighted> data, double[] coefficients, RestForceElimination? rest, SiteForceBasis? sites)
    {
        double[] parameters = basis.Expanded(coefficients);
        int order = parameters.Length;
        ImmutableArray<Vector3D> atRest = rest is null ? [] : sites!.Forces(rest.Coefficients(coefficients));
        return
        [
            .. data.Select(entry =>
            {
                var left = new Vector3D[entry.Snapshot.ForcesCartesian.Length];
                var slope = new double[order];
                ForEachBlock(basis, entry.Snapshot, (rows, first) =>
                {
                    for (int atom = first; atom < first + (rows.Length / (3 * order)); atom++)
                    {
                        double Model(int alpha) => Dot(rows.AsSpan(((3 * (atom - first)) + alpha) * order, order), parameters);
                        left[atom] = entry.Snapshot.ForcesCartesian[atom] - (rest is null ? Vector3D.Zero : atRest[atom]) - new Vector3D(Model(0), Model(1), Model(2));
                    }

                    AddTransposed(slope, rows, left, first, 1);
                });
                var residual = new Residual(left.Sum(force => force.LengthSquared), basis.Reduced(slope));
                return rest?.Centred(residual, left) ?? residual;
            }),
        ];
    }

    /// <summary>Adds weight · rowsᵀ · forces.</summary>
    private static void AddTransposed(double[] sum, double[] rows, IReadOnlyList<Vector3D> forces, int firstAtom, double weight)
    {
        int order = sum.Length;
        for (int row = 0; row < rows.Length / order; row++)
        {
            double factor = weight * forces[firstAtom + (row / 3)][row % 3];
            ReadOnlySpan<double> line = rows.AsSpan(row * order, order);
            for (int index = 0; index < order; index++)
            {
                sum[index] += factor * line[index];
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int index = 0; index < a.Length; index++)
        {
            sum += a[index] * b[index];
        }

        return sum;
    }

    /// <summary>A snapshot and its weight; the mean weight is one.</summary>
    internal readonly record struct Weighted(DisplacedSnapshot Snapshot, double Weight);

    /// <summary>Sum of squares of what is left of a snapshot's forces, (eV/Å)², its scalar products with the derivatives of the forces, and with the forces at rest where these are fitted.</summary>
    internal readonly record struct Residual(double SumOfSquares, double[] Slope, double[]? OnSites = null);
}

/// <summary>The normal equations of one snapshot in a basis of n coefficients.</summary>
/// <param name="Matrix">n × n by rows, Å².</param>
/// <param name="Moment">n numbers, eV.</param>
internal sealed record SnapshotNormals(double[] Matrix, double[] Moment);
