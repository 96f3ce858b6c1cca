using CsCheck;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals;

public class NeighbourSearchTests
{
    private static readonly Gen<double> Component = Gen.Double[-6, 6];

    private static readonly Gen<Vector3D> Vector = Gen.Select(Component, Component, Component, (x, y, z) => new Vector3D(x, y, z));

    /// <summary>Cells of any shape and hand with a volume of at least 3 Å³, some of them sheared by several lattice vectors.</summary>
    private static readonly Gen<Lattice> AnyLattice =
        from rows in Gen.Select(Vector, Vector, Vector, (a, b, c) => new Matrix3x3(a, b, c)).Where(rows => Math.Abs(rows.Determinant) > 3)
        from shear in Gen.Int[-3, 3]
        from second in Gen.Int[-3, 3]
        select new Lattice(new Matrix3x3(rows.RowA, rows.RowB + (shear * rows.RowA), rows.RowC + (second * rows.RowB)));

    /// <summary>One to three atoms, some of them several cells outside.</summary>
    private static readonly Gen<Crystal> AnyCrystal =
        from lattice in AnyLattice
        from positions in Gen.Select(Gen.Double[-3, 3], Gen.Double[-3, 3], Gen.Double[-3, 3], (x, y, z) => new Vector3D(x, y, z)).Array[1, 3]
        select new Crystal(lattice, [.. positions.Select(_ => Element.Of("Ag"))], [.. positions]);

    private static readonly Gen<(Crystal Crystal, double Cutoff)> AnyCase = Gen.Select(AnyCrystal, Gen.Double[0.5, 6]);

    [Fact]
    public void Ideal_crystal_has_the_known_numbers_of_edges()
    {
        var unit = NeighbourSearch.Find(TestCrystals.SilverSulphideBromide, 5.5);
        var supercell = NeighbourSearch.Find(TestCrystals.SilverSulphideBromide40, 5.5);
        Assert.Equal(154, unit.Length);
        Assert.Equal(30, unit.Count(pair => pair.Target == pair.Source));
        Assert.Equal(1232, supercell.Length);
        Assert.Equal(0, supercell.Count(pair => pair.Target == pair.Source));
        Assert.Equal(624, supercell.GroupBy(pair => (pair.Target, pair.Source)).Where(pairs => pairs.Count() > 1).Sum(pairs => pairs.Count()));
    }

    [Fact]
    public void Pairs_equal_those_of_brute_force_for_any_cell() => AnyCase.Sample(
        given =>
        {
            var found = NeighbourSearch.Find(given.Crystal, given.Cutoff);
            var expected = BruteForce(given.Crystal, given.Cutoff);
            Assert.Equal(expected, found.Select(pair => (pair.Target, pair.Source, pair.Image)));
        },
        iter: 100);

    [Fact]
    public void Separations_follow_from_the_image_and_the_positions_as_given() => AnyCase.Sample(
        given =>
        {
            foreach (NeighbourPair pair in NeighbourSearch.Find(given.Crystal, given.Cutoff))
            {
                Vector3D separation = given.Crystal.PositionCartesian(pair.Source) + given.Crystal.Lattice.ToCartesian(pair.Image.ToVector3D()) - given.Crystal.PositionCartesian(pair.Target);
                Assert.Equal(0, (separation - pair.SeparationCartesian).Length, 1e-9);
                Assert.Equal(pair.SeparationCartesian.Length, pair.Distance);
                Assert.True(pair.Distance <= given.Cutoff + NeighbourSearch.ToleranceAngstrom);
            }
        },
        iter: 100);

    [Fact]
    public void Every_pair_has_its_opposite_with_the_same_bits() => AnyCase.Sample(
        given =>
        {
            var found = NeighbourSearch.Find(given.Crystal, given.Cutoff);
            var set = found.Select(pair => (pair.Target, pair.Source, pair.Image, pair.Distance)).ToHashSet();
            Assert.Equal(found.Length, set.Count);
            Assert.All(found, pair => Assert.Contains((pair.Source, pair.Target, -pair.Image, pair.Distance), set));
        },
        iter: 100);

    [Fact]
    public void Distances_do_not_change_with_origin_and_order_of_atoms() => Gen.Select(AnyCase, Vector, Gen.Int[0, 1000]).Sample(
        (given, shift, seed) =>
        {
            Crystal crystal = given.Crystal;
            int[] order = [.. Enumerable.Range(0, crystal.AtomCount)];
            new Numerics.Random.Philox((ulong)seed, 0).Shuffle<int>(order);
            var moved = new Crystal(crystal.Lattice, crystal.Elements, [.. order.Select(atom => crystal.PositionsFractional[atom] + shift)]);
            AssertSameDistances(Distances(crystal, given.Cutoff, 1), Distances(moved, given.Cutoff, 1), given.Cutoff);
        },
        iter: 100);

    [Fact]
    public void Distances_do_not_change_with_rotation_and_reflection() => Gen.Select(AnyCase, Vector, Gen.Double[0, 6], Gen.Bool).Sample(
        (given, axis, angle, reflect) =>
        {
            Matrix3x3 rotation = Rotation(axis + new Vector3D(7, 0, 0), angle);
            Matrix3x3 operation = reflect ? -1 * rotation : rotation;
            var turned = new Crystal(new Lattice(given.Crystal.Lattice.Rows * operation), given.Crystal.Elements, given.Crystal.PositionsFractional);
            AssertSameDistances(Distances(given.Crystal, given.Cutoff, 1), Distances(turned, given.Cutoff, 1), given.Cutoff);
        },
        iter: 100);

    [Fact]
    public void A_supercell_has_the_distances_of_its_cell_once_per_copy() => Gen.Select(AnyCase, Gen.Int[1, 2], Gen.Int[1, 3], Gen.Int[-1, 1]).Sample(
        (given, a, b, off) =>
        {
            var matrix = new IntegerMatrix3(new(a, off, 0), new(0, b, off), new(0, 0, 1));
            Supercell supercell = Supercell.Of(given.Crystal, matrix);
            AssertSameDistances(Distances(given.Crystal, given.Cutoff, supercell.CellCount), Distances(supercell.Crystal, given.Cutoff, 1), given.Cutoff);
        },
        iter: 100);

    [Fact]
    public void The_same_crystal_in_a_sheared_cell_costs_the_same()
    {
        Crystal straight = Supercell.Of(TestCrystals.SilverSulphideBromide, 4, 4, 4).Crystal;
        var sheared = new IntegerMatrix3(new(1, 0, 0), new(17, 1, 0), new(-23, 9, 1));
        Crystal skewed = Supercell.Of(straight, sheared).Crystal;
        int pairs = NeighbourSearch.Find(straight, 5.5, out long straightCost).Length;
        Assert.Equal(pairs, NeighbourSearch.Find(skewed, 5.5, out long skewedCost).Length);
        Assert.InRange((double)skewedCost / straightCost, 0.5, 2);
    }

    [Fact]
    public void Cost_grows_with_the_number_of_atoms_not_with_its_square()
    {
        double CandidatesPerAtom(int repeats)
        {
            Crystal crystal = Supercell.Of(TestCrystals.SilverSulphideBromide, repeats, repeats, repeats).Crystal;
            NeighbourSearch.Find(crystal, 5.5, out long candidates);
            return (double)candidates / crystal.AtomCount;
        }

        double small = CandidatesPerAtom(6), large = CandidatesPerAtom(12);
        Assert.InRange(large / small, 0.5, 2);
        Assert.True(large < 31 * 20, $"{large} candidates per atom for 31 neighbours");
    }

    [Fact]
    public void A_nearly_empty_cell_needs_neither_time_nor_memory()
    {
        var crystal = new Crystal(Lattice.Cubic(1e6), [Element.Of("Ag"), Element.Of("S")], [new(0.999999, 0, 0), new(1.0000005, 1, 1)]);
        var pairs = NeighbourSearch.Find(crystal, 2);
        Assert.Equal(2, pairs.Length);
        Assert.Equal(1.5, pairs[0].Distance, 1e-6);
        Assert.Equal(new IntegerVector3(0, -1, -1), pairs[0].Image);
    }

    [Fact]
    public void A_shell_exactly_at_the_cutoff_is_found_whole_whatever_the_origin()
    {
        for (int step = 0; step < 50; step++)
        {
            var shift = new Vector3D(0.1 * step, 0.37 * step, -0.21 * step);
            Crystal ideal = TestCrystals.SilverSulphideBromide;
            var moved = new Crystal(ideal.Lattice, ideal.Elements, [.. ideal.PositionsFractional.Select(position => position + shift)]);
            Assert.Equal(106, NeighbourSearch.Find(moved, 4.793).Length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_cutoff_that_is_no_length_is_refused(double cutoff) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighbourSearch.Find(TestCrystals.SilverSulphideBromide, cutoff));

    [Fact]
    public void A_cutoff_that_would_fill_the_memory_is_refused() =>
        Assert.Contains("smaller cutoff", Assert.Throws<InputException>(() => NeighbourSearch.Find(TestCrystals.SilverSulphideBromide, 5000)).Message, StringComparison.Ordinal);

    /// <summary>All images in a box that surely holds the sphere (one more on each side), straight from the definition, in the cell as given.</summary>
    private static List<(int Target, int Source, IntegerVector3 Image)> BruteForce(Crystal crystal, double cutoff)
    {
        var pairs = new List<(int, int, IntegerVector3)>();
        Matrix3x3 reciprocal = crystal.Lattice.ReciprocalRows;
        for (int target = 0; target < crystal.AtomCount; target++)
        {
            for (int source = 0; source < crystal.AtomCount; source++)
            {
                Vector3D apart = crystal.PositionsFractional[source] - crystal.PositionsFractional[target];
                int Low(double difference, Vector3D row) => (int)Math.Floor(-difference - (cutoff * row.Length)) - 1;
                int High(double difference, Vector3D row) => (int)Math.Ceiling(-difference + (cutoff * row.Length)) + 1;
                for (int i = Low(apart.X, reciprocal.RowA); i <= High(apart.X, reciprocal.RowA); i++)
                {
                    for (int j = Low(apart.Y, reciprocal.RowB); j <= High(apart.Y, reciprocal.RowB); j++)
                    {
                        for (int k = Low(apart.Z, reciprocal.RowC); k <= High(apart.Z, reciprocal.RowC); k++)
                        {
                            bool isItself = source == target && (i, j, k) == (0, 0, 0);
                            if (!isItself && crystal.Lattice.ToCartesian(apart + new Vector3D(i, j, k)).Length <= cutoff + NeighbourSearch.ToleranceAngstrom)
                            {
                                pairs.Add((target, source, new IntegerVector3(i, j, k)));
                            }
                        }
                    }
                }
            }
        }

        return pairs;
    }

    private static List<double> Distances(Crystal crystal, double cutoff, int copies) =>
        [.. NeighbourSearch.Find(crystal, cutoff).SelectMany(pair => Enumerable.Repeat(pair.Distance, copies)).Order()];

    /// <summary>Equal but for pairs within rounding of the cutoff.</summary>
    private static void AssertSameDistances(List<double> expected, List<double> actual, double cutoff)
    {
        expected.RemoveAll(distance => distance > cutoff - 1e-7);
        actual.RemoveAll(distance => distance > cutoff - 1e-7);
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    /// <summary>Rodrigues' formula.</summary>
    private static Matrix3x3 Rotation(Vector3D axis, double angle)
    {
        Vector3D n = axis / axis.Length;
        var cross = new Matrix3x3(new(0, -n.Z, n.Y), new(n.Z, 0, -n.X), new(-n.Y, n.X, 0));
        return Matrix3x3.Identity + (Math.Sin(angle) * cross) + ((1 - Math.Cos(angle)) * (cross * cross));
    }
}
