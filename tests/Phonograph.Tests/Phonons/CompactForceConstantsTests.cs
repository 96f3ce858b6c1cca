using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

public sealed class CompactForceConstantsTests
{
    [Theory]
    [InlineData("Ag3SBr", 5)]
    [InlineData("RockSalt", 2)]
    [InlineData("Triclinic", 3)]
    public void They_hold_the_rows_of_a_primitive_cell_and_give_back_the_rest(string name, int rows)
    {
        ForceConstants full = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf(name));
        var symmetry = SupercellSymmetry.Of(full.Supercell);
        var compact = CompactForceConstants.Of(full, symmetry);
        Assert.Equal(rows, compact.RowAtoms.Length);
        ForceConstantsFitTests.AssertEqual(full, compact.ToFull(), 1e-12);
        ForceConstantsFitTests.AssertEqual(full, new CompactForceConstants(symmetry, compact.Elements).ToFull(), 1e-12);
        for (int first = 0; first < full.Supercell.Crystal.AtomCount; first++)
        {
            for (int second = 0; second < full.Supercell.Crystal.AtomCount; second++)
            {
                Matrix3x3 difference = full.Block(first, second) - compact.Block(first, second);
                Assert.True(Enumerable.Range(0, 3).All(row => difference[row].Length < 1e-12));
            }
        }
    }

    [Fact]
    public void Their_forces_are_those_of_the_full_matrix()
    {
        ForceConstants full = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf("Triclinic"));
        var compact = CompactForceConstants.Of(full, SupercellSymmetry.Of(full.Supercell));
        DisplacedSnapshot snapshot = ForceConstantsFitTests.Snapshots(full, 1)[0];
        Assert.All(
            compact.Forces(snapshot.DisplacementsCartesian.AsSpan()).Zip(snapshot.ForcesCartesian),
            pair => Assert.True((pair.First - pair.Second).Length < 1e-12));
    }

    [Fact]
    public void Wrong_sizes_and_numbers_are_refused()
    {
        var symmetry = SupercellSymmetry.Of(Supercell.Of(TestCrystals.Triclinic, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => new CompactForceConstants(symmetry, new double[8]));
        var elements = new double[81];
        elements[3] = double.NaN;
        Assert.Throws<ArgumentException>(() => new CompactForceConstants(symmetry, elements));
        Assert.Throws<ArgumentException>(() => new CompactForceConstants(symmetry, new double[81]).Forces([Vector3D.Zero]));
    }
}
