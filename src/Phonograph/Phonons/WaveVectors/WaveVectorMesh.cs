using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>
/// A regular mesh of wave vectors over the Brillouin zone (H. Monkhorst, J. Pack, Phys. Rev. B 13, 5188 (1976)), reduced by time reversal and by those rotations of
/// the crystal that carry the mesh into itself. Axes with an even number of points straddle Γ unless the mesh is centred on it; phonopy's meshes are the same.
/// </summary>
public sealed class WaveVectorMesh
{
    private WaveVectorMesh(IntegerVector3 numbers, IntegerVector3 shift, ImmutableArray<Vector3D> points, ImmutableArray<int> weights, ImmutableArray<int> representatives, ImmutableArray<IntegerMatrix3> rotations)
    {
        (Numbers, Shift, PointsFractional, Weights, Representatives, Rotations) = (numbers, shift, points, weights, representatives, rotations);
    }

    /// <summary>Points along the three reciprocal vectors.</summary>
    public IntegerVector3 Numbers { get; }

    /// <summary>Along each axis 1 when the mesh is shifted by half a step, else 0: point n lies at (n + shift/2)/number.</summary>
    public IntegerVector3 Shift { get; }

    /// <summary>The points that remain after reduction, in units of the reciprocal vectors, components in (-1/2, 1/2].</summary>
    public ImmutableArray<Vector3D> PointsFractional { get; }

    /// <summary>For each remaining point how many points of the full mesh it stands for.</summary>
    public ImmutableArray<int> Weights { get; }

    /// <summary>For each point of the full mesh, first axis fastest, the remaining point that stands for it.</summary>
    public ImmutableArray<int> Representatives { get; }

    /// <summary>The rotations by which the mesh was reduced; the identity alone when none was given.</summary>
    public ImmutableArray<IntegerMatrix3> Rotations { get; }

    /// <summary>Number of points of the full mesh.</summary>
    public int TotalCount => Representatives.Length;

    /// <summary>Builds a mesh reduced by a crystal's symmetry.</summary>
    /// <param name="numbers">Points along the three reciprocal vectors, positive.</param>
    /// <param name="group">Symmetry of the crystal whose reciprocal vectors are meant; null for time reversal alone.</param>
    /// <param name="isGammaCentred">True to let the mesh hold Γ whatever the numbers.</param>
    public static WaveVectorMesh Of(IntegerVector3 numbers, SpaceGroup? group, bool isGammaCentred = false) =>
        Of(numbers, group is null ? [] : [.. group.Operations.Select(operation => operation.Rotation).Distinct()], isGammaCentred, hasTimeReversal: true);

    /// <summary>Builds a mesh reduced by given rotations.</summary>
    /// <param name="numbers">Points along the three reciprocal vectors, positive.</param>
    /// <param name="rotations">Rotations for fractional row vectors of the crystal; those that do not carry the mesh into itself are left out.</param>
    /// <param name="isGammaCentred">True to let the mesh hold Γ whatever the numbers.</param>
    /// <param name="hasTimeReversal">True to let q stand for -q.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or the mesh has more points than an index can count.</exception>
    public static WaveVectorMesh Of(IntegerVector3 numbers, ImmutableArray<IntegerMatrix3> rotations, bool isGammaCentred, bool hasTimeReversal)
    {
        int[] n = [numbers.X, numbers.Y, numbers.Z];
        if (n.Any(number => number < 1) || (long)n[0] * n[1] * n[2] > int.MaxValue / 8)
        {
            throw new ArgumentOutOfRangeException(nameof(numbers), "A mesh needs at least one point along each axis, and fewer than 268 million in all.");
        }

        int[] shift = [.. n.Select(number => isGammaCentred || number % 2 == 1 ? 0 : 1)];
        (IntegerMatrix3 Rotation, int[] Map)[] kept = [.. Maps(n, shift, rotations.IsEmpty ? [IntegerMatrix3.Identity] : rotations)];
        int[][] maps = [.. kept.SelectMany(each => hasTimeReversal ? new[] { each.Map, [.. each.Map.Select(element => -element)] } : [each.Map])];
        var representatives = new int[n[0] * n[1] * n[2]];
        Array.Fill(representatives, -1);
        var points = ImmutableArray.CreateBuilder<Vector3D>();
        var weights = new List<int>();
        for (int index = 0; index < representatives.Length; index++)
        {
            if (representatives[index] >= 0)
            {
                continue;
            }

            (int x, int y, int z) = ((2 * (index % n[0])) + shift[0], (2 * (index / n[0] % n[1])) + shift[1], (2 * (index / n[0] / n[1])) + shift[2]);
            points.Add(new Vector3D(Centred(x, n[0]), Centred(y, n[1]), Centred(z, n[2])));
            weights.Add(0);
            foreach (int[] map in maps)
            {
                int target = Address((map[0] * x) + (map[1] * y) + (map[2] * z), n[0])
                    + (n[0] * (Address((map[3] * x) + (map[4] * y) + (map[5] * z), n[1]) + (n[1] * Address((map[6] * x) + (map[7] * y) + (map[8] * z), n[2]))));
                if (representatives[target] < 0)
                {
                    representatives[target] = points.Count - 1;
                    weights[^1]++;
                }
            }
        }

        return new WaveVectorMesh(numbers, new IntegerVector3(shift[0], shift[1], shift[2]), points.ToImmutable(), [.. weights], [.. representatives], [.. kept.Select(each => each.Rotation)]);
    }

    /// <summary>Numbers of points such that the steps are at most the inverse of a length, as phonopy chooses them: the rounded product of length and reciprocal vector.</summary>
    /// <param name="lattice">Lattice of the crystal.</param>
    /// <param name="lengthAngstrom">Length, Å; phonopy's default is 100.</param>
    public static IntegerVector3 NumbersFor(Lattice lattice, double lengthAngstrom)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthAngstrom);
        int Number(Vector3D reciprocal) => Math.Max(1, (int)Math.Round(reciprocal.Length * lengthAngstrom));
        Matrix3x3 rows = lattice.ReciprocalRows;
        return new IntegerVector3(Number(rows.RowA), Number(rows.RowB), Number(rows.RowC));
    }

    /// <summary>Matrices that carry doubled addresses 2n + shift into one another, column by column, one for each rotation that keeps the mesh.</summary>
    private static IEnumerable<(IntegerMatrix3 Rotation, int[] Map)> Maps(int[] n, int[] shift, ImmutableArray<IntegerMatrix3> rotations)
    {
        foreach (IntegerMatrix3 rotation in rotations)
        {
            // A wave vector (row) goes to q · rotationᵀ, in doubled addresses scaled by the numbers of the two axes.
            int[] w = [rotation.RowA.X, rotation.RowA.Y, rotation.RowA.Z, rotation.RowB.X, rotation.RowB.Y, rotation.RowB.Z, rotation.RowC.X, rotation.RowC.Y, rotation.RowC.Z];
            if (Enumerable.Range(0, 9).Any(at => w[at] * n[at / 3] % n[at % 3] != 0))
            {
                continue;
            }

            int[] map = [.. Enumerable.Range(0, 9).Select(at => w[at] * n[at / 3] / n[at % 3])];
            if (Enumerable.Range(0, 3).Any(row => ((map[3 * row] * shift[0]) + (map[(3 * row) + 1] * shift[1]) + (map[(3 * row) + 2] * shift[2]) - shift[row]) % 2 != 0))
            {
                continue;
            }

            yield return (rotation, map);
        }
    }

    private static int Address(int doubled, int number) => ((doubled % (2 * number)) + (2 * number)) % (2 * number) / 2;

    private static double Centred(int doubled, int number)
    {
        int folded = doubled > number ? doubled - (2 * number) : doubled;
        return folded / (2.0 * number);
    }
}
