using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

public sealed class AutomaticPrimitiveCellTests
{
    public static TheoryData<string> Crystals => [.. SymmetrySamples.Small];

    [Theory]
    [MemberData(nameof(Crystals))]
    public void It_is_primitive_and_keeps_the_orientation(string name)
    {
        Crystal crystal = SpglibReference.Of(name).Crystal;
        foreach (IntegerMatrix3 matrix in new[] { IntegerMatrix3.Identity, IntegerMatrix3.Diagonal(1, 2, 1), new(new(1, 1, 0), new(-1, 1, 0), new(0, 1, 1)) })
        {
            Crystal unit = Supercell.Of(crystal, matrix).Crystal;
            Crystal primitive = PrimitiveTransformation.Automatic(unit).CellOf(unit);
            Assert.Single(SpaceGroup.Translations(primitive));
            Assert.Equal(PrimitiveCell.Of(unit).Crystal.AtomCount, primitive.AtomCount);
        }
    }

    [Theory]
    [InlineData("P")]
    [InlineData("F")]
    [InlineData("I")]
    [InlineData("A")]
    [InlineData("C")]
    [InlineData("R")]
    public void A_centred_cell_gets_the_vectors_of_its_letter(string letter)
    {
        PrimitiveTransformation expected = PrimitiveTransformation.Parse(letter);
        Matrix3x3 centred = expected.Rows.Inverse();
        IntegerVector3 Row(Vector3D row) => new((int)Math.Round(row.X), (int)Math.Round(row.Y), (int)Math.Round(row.Z));
        var primitive = new Crystal(
            new Lattice(expected.Rows * new Matrix3x3(new(4.1, 0, 0), new(0.3, 5.2, 0), new(-0.2, 0.4, 6.3))), [Element.Of("Na"), Element.Of("Cl")], [new(0.01, 0.02, 0.03), new(0.4, 0.55, 0.3)]);
        Crystal unit = Supercell.Of(primitive, new IntegerMatrix3(Row(centred.RowA), Row(centred.RowB), Row(centred.RowC))).Crystal;
        Assert.Equal(expected.Rows, PrimitiveTransformation.Automatic(unit).Rows);
    }
}
