using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals.Symmetry;

public class SymmetricVectorsTests
{
    [Fact]
    public void Sites_without_a_free_coordinate_allow_no_force() =>
        Assert.All(SymmetricVectors.Project(SpaceGroup.Of(TestCrystals.SilverSulphideBromide40), Random(40)), force => Assert.Equal(0, force.Length, 1e-12));

    [Fact]
    public void What_is_left_is_what_every_operation_leaves_alone_and_is_left_by_a_second_projection()
    {
        var rutile = new Crystal(
            new Lattice(new Matrix3x3(new(4.7, 0, 0), new(0, 4.7, 0), new(0, 0, 3.2))),
            [Element.Of("Sn"), Element.Of("Sn"), Element.Of("O"), Element.Of("O"), Element.Of("O"), Element.Of("O")],
            [new(0, 0, 0), new(0.5, 0.5, 0.5), new(0.306, 0.306, 0), new(0.694, 0.694, 0), new(0.194, 0.806, 0.5), new(0.806, 0.194, 0.5)]);
        Crystal doubled = Supercell.Of(rutile, 1, 1, 2).Crystal;
        var group = SpaceGroup.Of(doubled);
        Assert.True(group.InnerTranslations.Length == 2);
        Vector3D[] projected = SymmetricVectors.Project(group, Random(doubled.AtomCount));
        Assert.True(projected.Max(force => force.Length) > 0.01);
        foreach (SymmetryOperation operation in group.Operations)
        {
            for (int atom = 0; atom < doubled.AtomCount; atom++)
            {
                Assert.Equal(0, (projected[operation.Images[atom]] - (operation.RotationCartesian * projected[atom])).Length, 1e-12);
            }
        }

        Assert.All(projected.Zip(SymmetricVectors.Project(group, projected)), pair => Assert.Equal(0, (pair.First - pair.Second).Length, 1e-12));
    }

    private static Vector3D[] Random(int count)
    {
        var random = new Philox(1, 2);
        return [.. Enumerable.Range(0, count).Select(_ => new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
    }
}
