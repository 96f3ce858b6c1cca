using CsCheck;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals;

public class SupercellTests
{
    private static readonly Gen<IntegerVector3> Row = Gen.Select(Gen.Int[-4, 4], Gen.Int[-4, 4], Gen.Int[-4, 4], (x, y, z) => new IntegerVector3(x, y, z));

    private static readonly Gen<IntegerMatrix3> Matrix = Gen.Select(Row, Row, Row, (a, b, c) => new IntegerMatrix3(a, b, c)).Where(matrix => matrix.Determinant != 0);

    [Fact]
    public void Every_lattice_point_of_the_supercell_occurs_once_and_lies_inside() => Matrix.Sample(
        matrix =>
        {
            Supercell supercell = Supercell.Of(TestCrystals.SilverSulphideBromide, matrix);
            Assert.Equal(Math.Abs(matrix.Determinant), supercell.CellCount);
            Assert.Equal(5 * supercell.CellCount, supercell.Crystal.AtomCount);
            Matrix3x3 inverse = matrix.ToMatrix3x3().Inverse();
            Assert.Equal(supercell.CellCount, supercell.UnitImage.Take(supercell.CellCount).Distinct().Count());
            Assert.All(supercell.UnitImage, image =>
            {
                Vector3D place = image.ToVector3D() * inverse;
                Assert.InRange(Math.Min(place.X, Math.Min(place.Y, place.Z)), -1e-9, 1);
                Assert.InRange(Math.Max(place.X, Math.Max(place.Y, place.Z)), 0, 1 - 1e-9);
            });
        },
        iter: 200);

    [Fact]
    public void Atoms_stand_where_the_unit_atom_and_its_image_say() => Matrix.Sample(
        matrix =>
        {
            Crystal unit = TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, 1, 3);
            Supercell supercell = Supercell.Of(unit, matrix);
            for (int atom = 0; atom < supercell.Crystal.AtomCount; atom++)
            {
                Vector3D expected = unit.PositionCartesian(supercell.UnitAtom[atom]) + unit.Lattice.ToCartesian(supercell.UnitImage[atom].ToVector3D());
                Assert.Equal(0, (expected - supercell.Crystal.PositionCartesian(atom)).Length, 1e-9);
                Assert.Equal(unit.Elements[supercell.UnitAtom[atom]], supercell.Crystal.Elements[atom]);
            }
        },
        iter: 50);

    [Fact]
    public void Copies_along_the_axes_are_listed_with_the_last_axis_running_fastest() =>
        Assert.Equal(
            [new(0, 0, 0), new(0, 0, 1), new(0, 1, 0), new(0, 1, 1), new(1, 0, 0), new(1, 0, 1), new(1, 1, 0), new(1, 1, 1)],
            Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2).UnitImage.Take(8));

    [Fact]
    public void A_wildly_sheared_cell_of_the_same_volume_costs_nothing()
    {
        var matrix = new IntegerMatrix3(new(1, 0, 0), new(1000, 1, 0), new(1000, 1000, 1));
        Assert.Equal(IntegerVector3.Zero, Assert.Single(Supercell.Of(TestCrystals.SilverSulphideBromide, matrix).UnitImage.Distinct()));
    }

    [Fact]
    public void A_matrix_without_volume_is_refused() =>
        Assert.Throws<ArgumentException>(() => Supercell.Of(TestCrystals.SilverSulphideBromide, new IntegerMatrix3(new(1, 0, 0), new(0, 1, 0), new(1, 1, 0))));
}
