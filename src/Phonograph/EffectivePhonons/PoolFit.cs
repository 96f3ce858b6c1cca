using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Weighted least squares on a pool of draws, again and again with other weights: the normal matrix of each draw is made once. What a fit costs is then independent of the number of atoms.
/// </summary>
internal sealed class PoolFit
{
    private readonly ImmutableArray<SnapshotNormals> _normals;
    private readonly int _order;

    internal PoolFit(ForceConstantsBasis basis, IEnumerable<LabelledDraw> draws)
    {
        _order = basis.Count;
        _normals = [.. draws.Select(draw => SnapshotFit.Normals(basis, draw.Snapshot))];
    }

    private PoolFit(int order, ImmutableArray<SnapshotNormals> normals) => (_order, _normals) = (order, normals);

    /// <summary>The same with more draws.</summary>
    internal PoolFit With(ForceConstantsBasis basis, IEnumerable<LabelledDraw> draws) => new(_order, _normals.AddRange(new PoolFit(basis, draws)._normals));

    /// <summary>Coefficients of the best fit, eV/Å².</summary>
    /// <param name="weights">Weight of each draw.</param>
    /// <returns>The coefficients; null when the draws with weight do not determine them.</returns>
    internal double[]? Solve(ImmutableArray<double> weights)
    {
        var matrix = new double[_order * _order];
        var moment = new double[_order];
        for (int draw = 0; draw < _normals.Length; draw++)
        {
            double weight = weights[draw];
            if (weight > 0)
            {
                AddScaled(matrix, _normals[draw].Matrix, weight);
                AddScaled(moment, _normals[draw].Moment, weight);
            }
        }

        return Cholesky.TryDecompose(matrix, _order)?.Solve(moment);
    }

    private static void AddScaled(double[] sum, double[] values, double factor)
    {
        for (int index = 0; index < sum.Length; index++)
        {
            sum[index] += factor * values[index];
        }
    }
}
