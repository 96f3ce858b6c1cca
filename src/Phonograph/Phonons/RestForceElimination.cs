using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Takes the forces at rest out of the normal equations of a fit, and finds them afterwards. With forces F = S c + J θ, orthonormal columns S and weights w the equations of c are
/// solved by c = Sᵀ F̄ - M θ with M = Sᵀ J(ū), from the weighted means of forces and displacements, because J is linear in the displacements.
/// </summary>
internal sealed class RestForceElimination
{
    private readonly SiteForceBasis _sites;
    private readonly double[][] _mean, _squaredMean;
    private readonly double[] _meanForce;
    private readonly double _weight, _squaredWeight;

    /// <param name="sites">Forces that symmetry allows.</param>
    /// <param name="data">Snapshots with their weights.</param>
    /// <param name="slopes">For displacements of all atoms and an index of a vector of <paramref name="sites"/> its scalar product with the derivatives of the forces.</param>
    internal RestForceElimination(SiteForceBasis sites, ImmutableArray<SnapshotFit.Weighted> data, Func<Vector3D[], int, double[]> slopes)
    {
        _sites = sites;
        _weight = data.Sum(entry => entry.Weight);
        _squaredWeight = data.Sum(entry => entry.Weight * entry.Weight);
        _meanForce = sites.Coefficients(Mean(data, entry => entry.Weight / _weight, snapshot => snapshot.ForcesCartesian));
        Vector3D[] mean = Mean(data, entry => entry.Weight / _weight, snapshot => snapshot.DisplacementsCartesian);
        Vector3D[] squaredMean = Mean(data, entry => entry.Weight * entry.Weight / _squaredWeight, snapshot => snapshot.DisplacementsCartesian);
        _mean = [.. Enumerable.Range(0, sites.Count).Select(index => slopes(mean, index))];
        _squaredMean = [.. Enumerable.Range(0, sites.Count).Select(index => slopes(squaredMean, index))];
    }

    /// <summary>What the forces at rest take of the trace of all parameters: their number for equal weights.</summary>
    internal double TakenParameters => _sites.Count * _squaredWeight / _weight;

    /// <summary>Number of forces at rest.</summary>
    internal int Count => _sites.Count;

    /// <summary>Normal matrix Σ w J'ᵀJ' and moment Σ w J'ᵀF with J' = J - S M.</summary>
    internal void Reduce(double[] normal, double[] moment)
    {
        int order = moment.Length;
        for (int index = 0; index < Count; index++)
        {
            AddOuter(normal, _mean[index], _mean[index], -_weight);
            for (int row = 0; row < order; row++)
            {
                moment[row] -= _weight * _meanForce[index] * _mean[index][row];
            }
        }
    }

    /// <summary>Σ w² J'ᵀJ'.</summary>
    internal void ReduceSquared(double[] squared)
    {
        for (int index = 0; index < Count; index++)
        {
            AddOuter(squared, _squaredMean[index], _mean[index], -_squaredWeight);
            AddOuter(squared, _mean[index], _squaredMean[index], -_squaredWeight);
            AddOuter(squared, _mean[index], _mean[index], _squaredWeight);
        }
    }

    /// <summary>Coefficients of the forces at rest.</summary>
    internal double[] Coefficients(ReadOnlySpan<double> constants)
    {
        double[] coefficients = [.. _meanForce];
        for (int index = 0; index < Count; index++)
        {
            coefficients[index] -= Dot(_mean[index], constants);
        }

        return coefficients;
    }

    /// <summary>What is left of a snapshot's forces, with its slope along J'.</summary>
    /// <param name="residual">What is left, with its slope along J.</param>
    /// <param name="left">What is left of each force, eV/Å.</param>
    internal SnapshotFit.Residual Centred(SnapshotFit.Residual residual, IReadOnlyList<Vector3D> left)
    {
        double[] onSites = _sites.Coefficients(left);
        double[] slope = [.. residual.Slope.Select((value, row) => value - Enumerable.Range(0, Count).Sum(index => onSites[index] * _mean[index][row]))];
        return residual with { Slope = slope, OnSites = onSites };
    }

    /// <summary>The fitted forces with their errors.</summary>
    internal FittedForcesAtRest Fitted(FittedForceConstants constants, Cholesky normal, double[]? squared, ImmutableArray<SnapshotFit.Weighted> data, ImmutableArray<SnapshotFit.Residual> residuals)
    {
        double variance = constants.NoiseElectronvoltPerAngstrom * constants.NoiseElectronvoltPerAngstrom;
        double scale = data.Length > 1 ? data.Length / (data.Length - 1.0) : double.NaN;
        double[][] solved = [.. _mean.Select(row => normal.Solve(row))];
        double Noise(int index)
        {
            double spread = squared is null ? Dot(_mean[index], solved[index]) : Quadratic(squared, solved[index]);
            double cross = Enumerable.Range(0, solved[index].Length).Sum(row => (_squaredMean[index][row] - _mean[index][row]) * solved[index][row]);
            return Math.Sqrt(Math.Max(0, variance * ((_squaredWeight / (_weight * _weight)) - (2 * _squaredWeight / _weight * cross) + spread)));
        }

        double BetweenSnapshots(int index) => Math.Sqrt(scale * data.Zip(residuals, (entry, residual) =>
            entry.Weight * ((residual.OnSites![index] / _weight) - Dot(solved[index], residual.Slope))).Sum(part => part * part));
        int[] all = [.. Enumerable.Range(0, Count)];
        return new FittedForcesAtRest(constants, _sites, [.. Coefficients(constants.Coefficients.AsSpan())], [.. all.Select(Noise)], [.. all.Select(BetweenSnapshots)]);
    }

    private static Vector3D[] Mean(ImmutableArray<SnapshotFit.Weighted> data, Func<SnapshotFit.Weighted, double> share, Func<DisplacedSnapshot, ImmutableArray<Vector3D>> values)
    {
        var mean = new Vector3D[values(data[0].Snapshot).Length];
        foreach (SnapshotFit.Weighted entry in data)
        {
            for (int atom = 0; atom < mean.Length; atom++)
            {
                mean[atom] += share(entry) * values(entry.Snapshot)[atom];
            }
        }

        return mean;
    }

    private static void AddOuter(double[] matrix, double[] left, double[] right, double factor)
    {
        for (int row = 0; row < left.Length; row++)
        {
            for (int column = 0; column < right.Length; column++)
            {
                matrix[(row * right.Length) + column] += factor * left[row] * right[column];
            }
        }
    }

    private static double Quadratic(double[] matrix, double[] vector) =>
        Enumerable.Range(0, vector.Length).Sum(row => vector[row] * Dot(vector, matrix.AsSpan(row * vector.Length, vector.Length)));

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int index = 0; index < a.Length; index++)
        {
            sum += a[index] * b[index];
        }

        return sum;
    }
}
