using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

public sealed class SymmetryProjectionTests
{
    private const double Rounding = 1e-12;

    public static TheoryData<string> Crystals => [.. SymmetrySamples.Small];

    [Theory]
    [MemberData(nameof(Crystals))]
    public void It_is_the_mean_over_every_operation_of_the_group(string name)
    {
        ForceConstants random = SymmetrySamples.Random(SymmetrySamples.SupercellOf(name), 1);
        var symmetry = SupercellSymmetry.Of(random.Supercell);
        ForceConstantsFitTests.AssertEqual(SymmetrySamples.BruteForceProjection(random, symmetry), SymmetryProjection.Apply(random, symmetry), Rounding);
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Applying_it_twice_is_applying_it_once_and_every_symmetry_holds(string name)
    {
        ForceConstants random = SymmetrySamples.Random(SymmetrySamples.SupercellOf(name), 2);
        var symmetry = SupercellSymmetry.Of(random.Supercell);
        ForceConstants once = SymmetryProjection.Apply(random, symmetry);
        ForceConstantsFitTests.AssertEqual(once, SymmetryProjection.Apply(once, symmetry), Rounding);
        Assert.True(once.AcousticSumRuleViolation() < Rounding && once.PermutationAsymmetry() < Rounding);
        foreach (var operation in symmetry.SpaceGroup.Operations)
        {
            int first = 0, second = random.Supercell.Crystal.AtomCount - 1;
            Matrix3x3 difference = (operation.RotationCartesian * once.Block(first, second) * operation.RotationCartesian.Transposed) - once.Block(operation.Images[first], operation.Images[second]);
            Assert.True(Enumerable.Range(0, 3).All(row => difference[row].Length < Rounding));
        }
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void What_obeys_every_symmetry_is_left_alone(string name)
    {
        ForceConstants springs = new SpringModel().Constants(SymmetrySamples.SupercellOf(name));
        ForceConstantsFitTests.AssertEqual(springs, SymmetryProjection.Apply(springs, SupercellSymmetry.Of(springs.Supercell)), 1e-10);
    }

    [Fact]
    public void Nothing_nearer_obeys_the_symmetries()
    {
        // The rest is orthogonal to everything that obeys them.
        ForceConstants random = SymmetrySamples.Random(SymmetrySamples.SupercellOf("wurtzite ZnS"), 3), other = SymmetrySamples.Random(random.Supercell, 4);
        var symmetry = SupercellSymmetry.Of(random.Supercell);
        ForceConstants near = SymmetryProjection.Apply(random, symmetry), symmetric = SymmetryProjection.Apply(other, symmetry);
        double product = 0;
        for (int index = 0; index < random.Elements.Length; index++)
        {
            product += (random.Elements[index] - near.Elements[index]) * symmetric.Elements[index];
        }

        Assert.Equal(0, product, 1e-11);
    }

    [Theory]
    [InlineData("wurtzite ZnS")]
    [InlineData("Bi2Te3, rhombohedral cell")]
    [InlineData("C2/m")]
    public void Turning_shifting_and_reordering_the_crystal_turns_and_reorders_the_result(string name)
    {
        Crystal crystal = SymmetrySamples.SupercellOf(name).Crystal;
        int atoms = crystal.AtomCount;
        int[] order = [.. Enumerable.Range(0, atoms)];
        new Philox(7, 0).Shuffle<int>(order);
        Matrix3x3 rotation = TestCrystals.Rotation(new Vector3D(0.3, -1, 2), 0.7);
        Crystal turned = TestCrystals.Turned(TestCrystals.Reordered(crystal, order), rotation);
        var moved = new Crystal(turned.Lattice, turned.Elements, [.. turned.PositionsFractional.Select(position => position + new Vector3D(0.31, -1.7, 0.123))]);
        ForceConstants random = SymmetrySamples.Random(Supercell.Of(crystal, 1, 1, 1), 5);
        ForceConstants Carried(ForceConstants constants)
        {
            var elements = new double[9 * atoms * atoms];
            for (int index = 0; index < elements.Length; index++)
            {
                int row = index / (3 * atoms), column = index % (3 * atoms);
                elements[index] = (rotation * constants.Block(order[row / 3], order[column / 3]) * rotation.Transposed)[row % 3, column % 3];
            }

            return new ForceConstants(Supercell.Of(moved, 1, 1, 1), elements);
        }

        ForceConstants expected = Carried(SymmetryProjection.Apply(random, SupercellSymmetry.Of(random.Supercell)));
        ForceConstants carried = Carried(random);
        ForceConstantsFitTests.AssertEqual(expected, SymmetryProjection.Apply(carried, SupercellSymmetry.Of(carried.Supercell)), 1e-10);
    }

    [Fact]
    public void The_finite_displacement_solution_symmetrised_is_its_joint_projection()
    {
        ForceConstants springs = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf("Ag3SBr"));
        var symmetry = SupercellSymmetry.Of(springs.Supercell);
        var random = new Philox(6, 0);
        ImmutableArray<ForceSet> noisy =
        [
            .. SpringModel.ForceSets(springs, SymmetryDistinctDisplacements.Of(springs.Supercell)).Select(set => set with
            {
                ForcesCartesian = [.. set.ForcesCartesian.Select(force => force + (1e-3 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal())))],
            }),
        ];
        ForceConstants fitted = ForceConstantsFit.Fit(symmetry, noisy);
        Assert.True(fitted.AcousticSumRuleViolation() > 1e-3);
        ForceConstantsFitTests.AssertEqual(SymmetryProjection.Apply(fitted, symmetry), fitted.Symmetrised(), 1e-11);
    }

    [Fact]
    public void Symmetry_of_another_supercell_is_refused()
    {
        var symmetry = SupercellSymmetry.Of(SymmetrySamples.SupercellOf("Pm"));
        Assert.Throws<ArgumentException>(() => SymmetryProjection.Apply(SymmetrySamples.Random(SymmetrySamples.SupercellOf("FeSi"), 1), symmetry));
    }
}
