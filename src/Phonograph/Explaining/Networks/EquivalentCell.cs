using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Explaining.Networks;

/// <summary>The same crystal written down otherwise. An explanation that deserves the name is the same for both.</summary>
/// <param name="Name">What was done: <c>order</c> of the atoms, <c>origin</c> and images, <c>rotation</c> or <c>supercell</c>.</param>
/// <param name="Crystal">The crystal.</param>
/// <param name="Atoms">Atom of the original for each atom.</param>
/// <param name="Rotation">Turns the original into this one.</param>
public sealed record EquivalentCell(string Name, Crystal Crystal, ImmutableArray<int> Atoms, Matrix3x3 Rotation)
{
    private const ulong Stream = 0x6571_7561_6c00_0000; // "equal"

    /// <summary>Vectors of the same bond differ by rounding, those of different bonds by more.</summary>
    private const double ToleranceAngstrom = 1e-6;

    /// <summary>One cell of each kind; the order, the shift and the rotation are drawn from a seed, the supercell is two cells along the shortest vector.</summary>
    public static ImmutableArray<EquivalentCell> Of(Crystal crystal, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var random = new Philox(seed, Stream);
        ImmutableArray<int> same = [.. Enumerable.Range(0, crystal.AtomCount)];
        int[] order = [.. same];
        random.Shuffle<int>(order);
        var shift = new Vector3D(random.NextDouble(), random.NextDouble(), random.NextDouble());
        var axis = new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal());
        Matrix3x3 rotation = Turn(axis / axis.Length, Math.PI * random.NextDouble());
        double[] lengths = [crystal.Lattice.A.Length, crystal.Lattice.B.Length, crystal.Lattice.C.Length];
        int shortest = Array.IndexOf(lengths, lengths.Min());
        var supercell = Supercell.Of(crystal, shortest == 0 ? 2 : 1, shortest == 1 ? 2 : 1, shortest == 2 ? 2 : 1);
        return
        [
            new("order", new Crystal(crystal.Lattice, [.. order.Select(atom => crystal.Elements[atom])], [.. order.Select(atom => crystal.PositionsFractional[atom])], [.. order.Select(atom => crystal.MassesAmu[atom])]), [.. order], Matrix3x3.Identity),
            new("origin", new Crystal(crystal.Lattice, crystal.Elements, [.. crystal.PositionsFractional.Select(position => Wrapped(position + shift))], crystal.MassesAmu), same, Matrix3x3.Identity),
            new("rotation", new Crystal(new Lattice(crystal.Lattice.Rows * rotation.Transposed), crystal.Elements, crystal.PositionsFractional, crystal.MassesAmu), same, rotation),
            new("supercell", supercell.Crystal, supercell.UnitAtom, Matrix3x3.Identity),
        ];
    }

    /// <summary>Brings importance back to the bonds of the original; bonds of a supercell that are the same bond add up.</summary>
    /// <param name="original">Graph of the original.</param>
    /// <param name="originalBonds">Its bonds.</param>
    /// <param name="bonds">Bonds of the graph of this cell.</param>
    /// <param name="importance">A number for each of them.</param>
    /// <returns>A number for each bond of the original.</returns>
    /// <exception cref="ArgumentException">The original does not know its crystal.</exception>
    public double[] OnOriginal(CrystalGraph original, BondList originalBonds, BondList bonds, IReadOnlyList<double> importance)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(originalBonds);
        ArgumentNullException.ThrowIfNull(bonds);
        ArgumentNullException.ThrowIfNull(importance);
        Crystal crystal = original.Crystal ?? throw new ArgumentException("The graph does not know its crystal.", nameof(original));
        ILookup<(int, int), (Vector3D Vector, int Bond)> known = originalBonds.Bonds.Select((bond, place) => (bond, place))
            .ToLookup(each => (each.bond.First, each.bond.Second), each => (Vector(crystal, each.bond), each.place));
        var sums = new double[originalBonds.Count];
        for (int place = 0; place < bonds.Count; place++)
        {
            Bond bond = bonds.Bonds[place];
            Vector3D vector = Rotation.Transposed * Vector(Crystal, bond);
            (int first, int second) = (Atoms[bond.First], Atoms[bond.Second]);
            (first, second, vector) = first <= second ? (first, second, vector) : (second, first, -vector);
            foreach ((Vector3D other, int found) in known[(first, second)])
            {
                if ((other - vector).Length < ToleranceAngstrom || (first == second && (other + vector).Length < ToleranceAngstrom))
                {
                    sums[found] += importance[place];
                    break;
                }
            }
        }

        return sums;
    }

    private static Vector3D Vector(Crystal crystal, Bond bond) =>
        crystal.Lattice.ToCartesian(crystal.PositionsFractional[bond.Second] + bond.Image.ToVector3D() - crystal.PositionsFractional[bond.First]);

    private static Vector3D Wrapped(Vector3D position) => new(position.X - Math.Floor(position.X), position.Y - Math.Floor(position.Y), position.Z - Math.Floor(position.Z));

    /// <summary>Rotation about a unit vector n: cos·1 + (1 - cos)·nnᵀ + sin·[n]× (Rodrigues).</summary>
    private static Matrix3x3 Turn(Vector3D n, double angle)
    {
        Matrix3x3 cross = new(new(0, -n.Z, n.Y), new(n.Z, 0, -n.X), new(-n.Y, n.X, 0));
        return (Math.Cos(angle) * Matrix3x3.Identity) + ((1 - Math.Cos(angle)) * Matrix3x3.Outer(n, n)) + (Math.Sin(angle) * cross);
    }
}
