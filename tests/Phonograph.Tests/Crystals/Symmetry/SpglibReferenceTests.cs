using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Tests.Crystals.Symmetry;

public sealed class SpglibReferenceTests
{
    public static TheoryData<string> Crystals => [.. SpglibReference.Names];

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Operations_are_those_of_spglib(string name)
    {
        SpglibReference reference = SpglibReference.Of(name);
        var group = SpaceGroup.Of(reference.Crystal);
        Assert.Equal(reference.Operations, group.Order);
        Assert.Equal(reference.Operations, group.Operations.Length);
        foreach ((IntegerMatrix3 rotation, Vector3D translation) in reference.Pairs)
        {
            Assert.Contains(group.Operations, operation => operation.Rotation == rotation && IsLattice(operation.TranslationFractional - translation));
        }
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void The_supercell_has_as_many_operations_as_spglib_finds(string name) =>
        Assert.Equal(SpglibReference.Of(name).SupercellOperations, SpaceGroup.Of(SpglibReference.Of(name).Supercell.Crystal).Order);

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Equivalent_atoms_are_those_of_spglib_and_sites_have_the_symmetry_their_number_leaves(string name)
    {
        SpglibReference reference = SpglibReference.Of(name);
        var group = SpaceGroup.Of(reference.Crystal);
        Assert.Equal(reference.EquivalentAtoms, group.EquivalentAtoms);
        for (int atom = 0; atom < reference.Crystal.AtomCount; atom++)
        {
            // An orbit has as many atoms as the group has operations for each operation of the site.
            int equivalent = reference.EquivalentAtoms.Count(other => other == reference.EquivalentAtoms[atom]);
            Assert.Equal(reference.Operations, equivalent * group.SiteSymmetry(atom).Length);
            Assert.All(group.SiteSymmetry(atom), operation => Assert.Equal(atom, operation.Images[atom]));
        }
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void The_primitive_cell_has_as_few_atoms_as_spglib_finds_and_repeats_to_the_crystal(string name)
    {
        SpglibReference reference = SpglibReference.Of(name);
        Crystal crystal = reference.Crystal;
        var primitive = PrimitiveCell.Of(crystal);
        Assert.Equal(reference.PrimitiveAtoms, primitive.Crystal.AtomCount);
        Assert.Equal(crystal.AtomCount, primitive.Matrix.Determinant * primitive.Crystal.AtomCount);
        Assert.Equal(SpaceGroup.Of(crystal).Representatives.Length, SpaceGroup.Of(primitive.Crystal).Order);
        Matrix3x3 repeated = primitive.Matrix.ToMatrix3x3() * primitive.Crystal.Lattice.Rows;
        Assert.All(Enumerable.Range(0, 3), row => Assert.True((repeated[row] - crystal.Lattice.Rows[row]).Length < 1e-12));
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            int source = primitive.PrimitiveAtom[atom];
            Assert.Equal(crystal.Elements[atom], primitive.Crystal.Elements[source]);
            Vector3D place = primitive.Crystal.Lattice.ToCartesian(primitive.Crystal.PositionsFractional[source] + primitive.PrimitiveImage[atom].ToVector3D());
            Assert.True((place - crystal.PositionCartesian(atom)).Length < 1e-9);
        }
    }

    private static bool IsLattice(Vector3D f) => new Vector3D(f.X - Math.Round(f.X), f.Y - Math.Round(f.Y), f.Z - Math.Round(f.Z)).Length < 1e-6;
}
