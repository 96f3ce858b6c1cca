using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals.Symmetry;

public sealed class SpaceGroupTests
{
    private static readonly Crystal Wurtzite = new(
        new Lattice(new Matrix3x3(new(3.82, 0, 0), new(-1.91, 1.91 * Math.Sqrt(3), 0), new(0, 0, 6.26))),
        [Element.Of("Zn"), Element.Of("Zn"), Element.Of("S"), Element.Of("S")],
        [new(1 / 3.0, 2 / 3.0, 0), new(2 / 3.0, 1 / 3.0, 0.5), new(1 / 3.0, 2 / 3.0, 0.375), new(2 / 3.0, 1 / 3.0, 0.875)]);

    private static readonly Crystal ZincBlende = new(
        TestCrystals.RockSaltPrimitive.Lattice,
        [Element.Of("Zn"), Element.Of("S")],
        [new(0, 0, 0), new(0.25, 0.25, 0.25)]);

    public static TheoryData<string, int> Orders => new()
    {
        { "Ag3SBr", 48 },
        { "Ag3SBr 2x2x2", 384 },
        { "Ag3SBr 2x2x1", 64 },
        { nameof(TestCrystals.RockSaltPrimitive), 48 },
        { "RockSalt conventional", 192 },
        { nameof(ZincBlende), 24 },
        { nameof(Wurtzite), 12 },
        { nameof(TestCrystals.Triclinic), 1 },
        { "Triclinic 2x3x1", 6 },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_number_of_operations_is_that_of_the_tables(string name, int order) =>
        Assert.Equal(order, SpaceGroup.Of(CrystalOf(name)).Operations.Length);

    [Theory]
    [MemberData(nameof(Orders))]
    public void Operations_carry_atoms_onto_atoms_of_their_element_and_keep_lengths(string name, int order)
    {
        Crystal crystal = CrystalOf(name);
        ImmutableArray<SymmetryOperation> operations = SpaceGroup.Of(crystal).Operations;
        Assert.Equal(order, operations.Select(operation => (operation.Rotation, string.Join(' ', operation.Images))).Distinct().Count());
        Assert.True(operations[0].IsTranslation && operations[0].TranslationFractional.Length < 1e-12);
        foreach (SymmetryOperation operation in operations)
        {
            Matrix3x3 product = operation.RotationCartesian * operation.RotationCartesian.Transposed;
            Assert.True(Enumerable.Range(0, 3).All(row => (product[row] - Matrix3x3.Identity[row]).Length < 1e-12));
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                Vector3D place = (operation.RotationCartesian * crystal.PositionCartesian(atom)) + crystal.Lattice.ToCartesian(operation.TranslationFractional);
                Vector3D d = crystal.Lattice.ToFractional(place - crystal.PositionCartesian(operation.Images[atom]));
                Assert.True(new Vector3D(d.X - Math.Round(d.X), d.Y - Math.Round(d.Y), d.Z - Math.Round(d.Z)).Length < 1e-9);
                Assert.Equal(crystal.Elements[atom], crystal.Elements[operation.Images[atom]]);
            }
        }
    }

    [Fact]
    public void Operations_form_a_group()
    {
        ImmutableArray<SymmetryOperation> operations = SpaceGroup.Of(Wurtzite).Operations;
        var members = operations.Select(operation => (operation.Rotation, string.Join(' ', operation.Images))).ToHashSet();
        foreach (SymmetryOperation first in operations)
        {
            foreach (SymmetryOperation second in operations)
            {
                Assert.Contains((first.Rotation * second.Rotation, string.Join(' ', first.Images.Select(image => second.Images[image]))), members);
            }
        }
    }

    [Fact]
    public void Turning_shifting_and_reordering_a_crystal_keeps_the_number_of_operations() => Gen.Select(Gen.Double[-3, 3], Gen.Double[-1, 1], Gen.ULong).Sample(
        (angle, shift, seed) =>
        {
            int[] order = [0, 1, 2, 3];
            new Philox(seed, 0).Shuffle<int>(order);
            Crystal turned = TestCrystals.Turned(TestCrystals.Reordered(Wurtzite, order), TestCrystals.Rotation(new Vector3D(1, 2, -0.5), angle));
            var moved = new Crystal(turned.Lattice, turned.Elements, [.. turned.PositionsFractional.Select(position => position + new Vector3D(shift, -2 * shift, 5 * shift))]);
            Assert.Equal(12, SpaceGroup.Of(moved).Operations.Length);
        },
        iter: 30);

    [Fact]
    public void A_displaced_atom_leaves_only_what_keeps_it_in_place()
    {
        var displacements = new Vector3D[5];
        displacements[4] = new Vector3D(0, 0, 0.01);
        Assert.Equal(8, SpaceGroup.Of(TestCrystals.SilverSulphideBromide.Displaced(displacements)).Operations.Length);
        displacements[4] = new Vector3D(0.01, 0.02, 0.03);
        Assert.Single(SpaceGroup.Of(TestCrystals.SilverSulphideBromide.Displaced(displacements)).Operations);
    }

    [Fact]
    public void Deviations_below_the_tolerance_do_not_hide_an_operation()
    {
        var random = new Philox(5, 0);
        Vector3D[] noise = [.. Enumerable.Range(0, 5).Select(_ => 1e-6 * new Vector3D(random.NextDouble(), random.NextDouble(), random.NextDouble()))];
        Crystal noisy = TestCrystals.SilverSulphideBromide.Displaced(noise);
        Assert.Equal(48, SpaceGroup.Of(noisy, 1e-5).Operations.Length);
        Assert.True(SpaceGroup.Of(noisy, 1e-8).Operations.Length < 48);
    }

    [Fact]
    public void Any_other_cell_of_the_same_lattice_shows_the_same_group() => Gen.Select(Gen.Int[-2, 2].Array[6], Gen.Int[0, 2]).Sample(
        (shears, kind) =>
        {
            Crystal crystal = CrystalOf(new[] { nameof(TestCrystals.RockSaltPrimitive), nameof(Wurtzite), "Ag3SBr" }[kind]);
            IntegerMatrix3 lower = new(new(1, 0, 0), new(shears[0], 1, 0), new(shears[1], shears[2], 1)), upper = new(new(1, shears[3], shears[4]), new(0, 1, shears[5]), new(0, 0, 1));
            Supercell skewed = Supercell.Of(crystal, lower * upper);
            Assert.Equal(SpaceGroup.Of(crystal).Order, SpaceGroup.Of(skewed.Crystal).Order);
            Assert.Equal(crystal.AtomCount, PrimitiveCell.Of(skewed.Crystal).Crystal.AtomCount);
        },
        iter: 60);

    [Fact]
    public void The_primitive_cell_of_a_supercell_is_that_of_its_unit_cell() => Gen.Int[-2, 3].Array[9].Where(m => Math.Abs(Matrix(m).Determinant) is > 0 and < 12).Sample(
        m =>
        {
            foreach (Crystal unit in new[] { Wurtzite, TestCrystals.Triclinic })
            {
                Crystal crystal = Supercell.Of(unit, Matrix(m)).Crystal;
                var primitive = PrimitiveCell.Of(crystal);
                Assert.Equal(unit.AtomCount, primitive.Crystal.AtomCount);
                Assert.Equal(unit.Lattice.Volume, primitive.Crystal.Lattice.Volume, 1e-8);
                Assert.Equal(SpaceGroup.Of(unit).Order, SpaceGroup.Of(primitive.Crystal).Order);
                Assert.True(crystal.Lattice.Rows.Determinant * primitive.Crystal.Lattice.Rows.Determinant > 0);
            }
        },
        iter: 40);

    [Fact]
    public void Rotations_of_a_crystal_that_is_symmetric_only_within_the_tolerance_are_orthogonal_and_multiply_exactly()
    {
        Matrix3x3 strain = Matrix3x3.Identity + (1e-5 * new Matrix3x3(new(0.3, -0.8, 0.2), new(0.7, 0.1, 0.9), new(-0.4, 0.6, -0.5)));
        Crystal exact = TestCrystals.Shaken(Wurtzite, 1e-4, 3);
        var group = SpaceGroup.Of(new Crystal(new Lattice(exact.Lattice.Rows * strain), exact.Elements, exact.PositionsFractional), 1e-3);
        Assert.Equal(12, group.Order);
        var byRotation = group.Representatives.ToDictionary(operation => operation.Rotation, operation => operation.RotationCartesian);
        foreach ((IntegerMatrix3 first, Matrix3x3 cartesian) in byRotation)
        {
            AssertEqual(Matrix3x3.Identity, cartesian * cartesian.Transposed);
            Assert.All(byRotation, second => AssertEqual(second.Value * cartesian, byRotation[first * second.Key]));
        }
    }

    [Fact]
    public void A_tolerance_that_lets_in_operations_without_their_products_is_tightened()
    {
        // Four atoms 0.06 Å from a regular chain: at 0.1 Å the step from each to the next but one is a translation, the step to the next only for some.
        double[] places = [0, 0.26, 0.5, 0.75];
        var chain = new Crystal(
            new Lattice(Matrix3x3.Diagonal(10, 4, 5)), [.. places.Select(_ => Element.Of("Na"))], [.. places.Select(x => new Vector3D(x, 0.1, 0.2))]);
        for (double tolerance = 0.02; tolerance < 0.5; tolerance *= 1.1)
        {
            var group = SpaceGroup.Of(chain, tolerance);
            Assert.True(group.ToleranceAngstrom <= tolerance);
            var members = group.Operations.Select(operation => (operation.Rotation, operation.Images[0])).ToHashSet();
            Assert.All(group.Operations, first => Assert.All(group.Operations, second => Assert.Contains((first.Rotation * second.Rotation, second.Images[first.Images[0]]), members)));
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_number_of_operations_is_that_of_spglib(string name, int order)
    {
        Assert.SkipUnless(PythonProgram.Has("spglib"), "needs spglib: apt-get install -y python3-spglib");
        Crystal crystal = CrystalOf(name);
        string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        string Row(Vector3D v) => $"[{Number(v.X)},{Number(v.Y)},{Number(v.Z)}]";
        string cell = $"([{Row(crystal.Lattice.A)},{Row(crystal.Lattice.B)},{Row(crystal.Lattice.C)}],[{string.Join(',', crystal.PositionsFractional.Select(Row))}],[{string.Join(',', crystal.Elements.Select(element => element.AtomicNumber))}])";
        string answer = PythonProgram.Run($"import spglib; print(len(spglib.get_symmetry({cell}, symprec=1e-5)['rotations']))");
        Assert.Equal(order, int.Parse(answer, CultureInfo.InvariantCulture));
    }

    private static IntegerMatrix3 Matrix(int[] m) => new(new(m[0], m[1], m[2]), new(m[3], m[4], m[5]), new(m[6], m[7], m[8]));

    private static void AssertEqual(Matrix3x3 expected, Matrix3x3 found) => Assert.All(Enumerable.Range(0, 3), row => Assert.True((expected[row] - found[row]).Length < 1e-12));

    private static Crystal CrystalOf(string name) => name switch
    {
        "Ag3SBr" => TestCrystals.SilverSulphideBromide,
        "Ag3SBr 2x2x2" => Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2).Crystal,
        "Ag3SBr 2x2x1" => Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 1).Crystal,
        nameof(TestCrystals.RockSaltPrimitive) => TestCrystals.RockSaltPrimitive,
        "RockSalt conventional" => Supercell.Of(TestCrystals.RockSaltPrimitive, new IntegerMatrix3(new(-1, 1, 1), new(1, -1, 1), new(1, 1, -1))).Crystal,
        nameof(ZincBlende) => ZincBlende,
        nameof(Wurtzite) => Wurtzite,
        nameof(TestCrystals.Triclinic) => TestCrystals.Triclinic,
        "Triclinic 2x3x1" => Supercell.Of(TestCrystals.Triclinic, 2, 3, 1).Crystal,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
