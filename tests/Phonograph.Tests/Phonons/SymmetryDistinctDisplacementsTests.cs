using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

public sealed class SymmetryDistinctDisplacementsTests
{
    public static TheoryData<string> Crystals => [.. SpglibReference.Names];

    public static TheoryData<string> SmallSupercells => [.. SpglibReference.Names.Where(name => SpglibReference.Of(name).Supercell.Crystal.AtomCount <= 48)];

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Displacements_are_those_of_phonopy(string name)
    {
        SpglibReference reference = SpglibReference.Of(name);
        Supercell supercell = reference.Supercell;
        foreach ((string rule, OppositeDisplacements opposites) in new[]
        {
            ("auto", OppositeDisplacements.WhereDistinct), ("always", OppositeDisplacements.Always), ("never", OppositeDisplacements.Never),
        })
        {
            ImmutableArray<AtomDisplacement> found = SymmetryDistinctDisplacements.Of(supercell, 0.01, opposites);
            ImmutableArray<(Vector3D Position, Vector3D Displacement)> wanted = reference.Displacements(rule);
            Assert.Equal(wanted.Length, found.Length);
            foreach ((AtomDisplacement own, (Vector3D position, Vector3D displacement)) in found.Zip(wanted))
            {
                Assert.True((own.DisplacementCartesian - displacement).Length < 1e-12, $"{own.DisplacementCartesian} {displacement}");
                Vector3D step = supercell.Crystal.Lattice.ToFractional(position) - supercell.Crystal.PositionsFractional[own.Atom];
                Assert.True(new Vector3D(step.X - Math.Round(step.X), step.Y - Math.Round(step.Y), step.Z - Math.Round(step.Z)).Length < 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmallSupercells))]
    public void Their_forces_give_back_the_springs(string name)
    {
        Supercell supercell = SpglibReference.Of(name).Supercell;
        ForceConstants springs = new SpringModel().Constants(supercell);
        foreach (OppositeDisplacements opposites in Enum.GetValues<OppositeDisplacements>())
        {
            ImmutableArray<ForceSet> sets = SpringModel.ForceSets(springs, SymmetryDistinctDisplacements.Of(supercell, 0.01, opposites));
            ForceConstantsFitTests.AssertEqual(springs, ForceConstantsFit.Fit(supercell, sets));
        }
    }

    [Theory]
    [InlineData("NaCl", 2)]
    [InlineData("SnO2", 3)]
    [InlineData("sg-Pa-3", 2)]
    public void They_are_those_of_the_examples_that_phonopy_ships(string name, int along)
    {
        string? folder = OutsideReference.Find("phonopy", name);
        Assert.SkipUnless(folder is not null, OutsideReference.HowToGet);
        var supercell = Supercell.Of(Poscar.Read(Path.Combine(folder, "POSCAR-unitcell")), 2, 2, along);
        ImmutableArray<ForceSet> sets = ForceSetsFile.Read(Path.Combine(folder, "FORCE_SETS"), supercell);
        ImmutableArray<AtomDisplacement> found = SymmetryDistinctDisplacements.Of(supercell);
        Assert.Equal(sets.Select(set => set.Displacement.Atom), found.Select(displacement => displacement.Atom));
        Assert.All(sets.Zip(found), pair => Assert.True((pair.First.Displacement.DisplacementCartesian - pair.Second.DisplacementCartesian).Length < 1e-9));
    }

    [Fact]
    public void The_amplitude_must_be_a_length() => Assert.Throws<ArgumentOutOfRangeException>(
        () => SymmetryDistinctDisplacements.Of(ForceConstantsFitTests.SupercellOf("Ag3SBr"), double.NaN));
}
