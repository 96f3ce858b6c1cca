using System.Collections.Immutable;
using CsCheck;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

public sealed class PhononModesTests
{
    [Theory]
    [InlineData("Ag3SBr")]
    [InlineData("Triclinic")]
    public void Every_mode_solves_the_equation_of_motion_and_keeps_the_centre_of_mass(string name)
    {
        ForceConstants springs = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf(name));
        var modes = PhononModes.Of(springs);
        Crystal crystal = springs.Supercell.Crystal;
        int order = 3 * crystal.AtomCount;
        Assert.Equal(order - 3, modes.Count);
        Assert.Equal(0, modes.TranslationResidualTerahertz, 1e-5);
        for (int mode = 0; mode < modes.Count; mode++)
        {
            ReadOnlySpan<double> vector = modes.Vector(mode);
            Vector3D drift = Vector3D.Zero;
            for (int row = 0; row < order; row++)
            {
                double force = 0;
                for (int column = 0; column < order; column++)
                {
                    force += springs.Elements[(row * order) + column] * vector[column] / Math.Sqrt(crystal.MassesAmu[row / 3] * crystal.MassesAmu[column / 3]);
                }

                Assert.Equal(modes.Eigenvalues[mode] * vector[row], force, 1e-12);
                drift += Math.Sqrt(crystal.MassesAmu[row / 3]) * vector[row] * Matrix3x3.Identity[row % 3];
            }

            Assert.True(drift.Length < 1e-10);
        }
    }

    [Fact]
    public void Turning_the_crystal_turns_the_constants_and_leaves_the_frequencies() => Gen.Select(Gen.Double[-3, 3], Gen.Double[-1, 1]).Sample(
        (angle, tilt) =>
        {
            Matrix3x3 rotation = TestCrystals.Rotation(new Vector3D(1, tilt, 0.3), angle);
            IntegerMatrix3 matrix = new(new(2, 0, 0), new(1, 2, 0), new(0, 0, 1));
            ForceConstants upright = new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, matrix));
            var turned = Supercell.Of(TestCrystals.Turned(TestCrystals.Triclinic, rotation), matrix);
            ForceConstants fitted = ForceConstantsFit.Fit(turned, SpringModel.ForceSets(new SpringModel().Constants(turned), AtomDisplacement.CartesianPairs(turned, 0.02)));
            Matrix3x3 wanted = rotation * upright.Block(1, 7) * rotation.Transposed, found = fitted.Block(1, 7);
            Assert.True(Enumerable.Range(0, 3).All(row => (wanted[row] - found[row]).Length < 1e-9));
            AssertEqual(PhononModes.Of(upright).FrequenciesTerahertz, PhononModes.Of(fitted).FrequenciesTerahertz);
        },
        iter: 10);

    [Fact]
    public void The_order_of_atoms_changes_no_frequency() => Gen.ULong.Sample(
        seed =>
        {
            int[] order = [0, 1, 2];
            new Philox(seed, 0).Shuffle<int>(order);
            ImmutableArray<double> Frequencies(Crystal unit) => PhononModes.Of(new SpringModel().Constants(Supercell.Of(unit, 2, 2, 1))).FrequenciesTerahertz;
            AssertEqual(Frequencies(TestCrystals.Triclinic), Frequencies(TestCrystals.Reordered(TestCrystals.Triclinic, order)));
        },
        iter: 6);

    [Fact]
    public void Modes_of_the_supercell_are_the_phonons_at_the_wave_vectors_it_holds()
    {
        ForceConstants springs = new SpringModel().Constants(Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2));
        var matrix = DynamicalMatrix.Of(springs);
        double[] phonons =
        [
            .. (from i in Enumerable.Range(0, 2)
                from j in Enumerable.Range(0, 2)
                from k in Enumerable.Range(0, 2)
                from frequency in matrix.FrequenciesTerahertz(new Vector3D(0.5 * i, 0.5 * j, 0.5 * k))
                where i + j + k > 0 || Math.Abs(frequency) > 1e-4
                select frequency).Order(),
        ];
        AssertEqual([.. phonons], PhononModes.Of(springs).FrequenciesTerahertz);
    }

    [Fact]
    public void Frequencies_do_not_depend_on_which_unit_cell_describes_the_supercell()
    {
        var toConventional = new IntegerMatrix3(new(-1, 1, 1), new(1, -1, 1), new(1, 1, -1));
        Crystal conventional = Supercell.Of(TestCrystals.RockSaltPrimitive, toConventional).Crystal;
        ForceConstants fromPrimitive = new SpringModel().Constants(Supercell.Of(TestCrystals.RockSaltPrimitive, IntegerMatrix3.Diagonal(2, 2, 2) * toConventional));
        var fromConventional = Supercell.Of(conventional, 2, 2, 2);
        ForceConstants moved = fromPrimitive.On(fromConventional);
        ForceConstantsFitTests.AssertEqual(new SpringModel().Constants(fromConventional), moved);
        AssertEqual(PhononModes.Of(fromPrimitive).FrequenciesTerahertz, PhononModes.Of(moved).FrequenciesTerahertz);
        Assert.Throws<ArgumentException>(() => moved.On(Supercell.Of(TestCrystals.RockSaltPrimitive, 2, 2, 2)));
    }

    [Fact]
    public void Atoms_without_any_spring_have_zero_frequencies_but_only_three_translations_are_taken_out()
    {
        ForceConstants none = new SpringModel(0.1).Constants(Supercell.Of(TestCrystals.Triclinic, 1, 1, 2));
        var modes = PhononModes.Of(none);
        Assert.Equal((3 * 6) - 3, modes.Count);
        Assert.All(modes.FrequenciesTerahertz, frequency => Assert.Equal(0, frequency, 1e-5));
    }

    [Fact]
    public void Heavier_atoms_vibrate_more_slowly()
    {
        ForceConstants springs = new SpringModel().Constants(Supercell.Of(TestCrystals.SilverSulphideBromide, 1, 1, 1));
        Crystal light = springs.Supercell.Crystal;
        var heavy = new Crystal(light.Lattice, light.Elements, light.PositionsFractional, [.. light.MassesAmu.Select(mass => 4 * mass)]);
        AssertEqual([.. PhononModes.Of(springs).FrequenciesTerahertz.Select(frequency => frequency / 2)], PhononModes.Of(springs, heavy).FrequenciesTerahertz);
    }

    [Fact]
    public void Mode_coordinates_of_degenerate_modes_do_not_depend_on_rounding()
    {
        ForceConstants springs = new SpringModel().Constants(Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2));
        var random = new Philox(21, 0);
        double[] noisy = [.. springs.Elements];
        for (int index = 0; index < noisy.Length; index++)
        {
            noisy[index] += 1e-12 * random.NextNormal();
        }

        Vector3D[] displacements = [.. Enumerable.Range(0, 40).Select(_ => 0.1 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
        ImmutableArray<double> first = PhononModes.Of(springs).Amplitudes(displacements);
        ImmutableArray<double> second = PhononModes.Of(new ForceConstants(springs.Supercell, noisy)).Amplitudes(displacements);
        for (int mode = 0; mode < first.Length; mode++)
        {
            Assert.Equal(first[mode], second[mode], 1e-6);
        }
    }

    [Fact]
    public void Symmetrising_enforces_both_rules_moves_as_little_as_possible_and_is_idempotent()
    {
        ForceConstants springs = new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 1, 2, 1));
        var random = new Philox(2, 0);
        double[] noisy = [.. springs.Elements];
        for (int index = 0; index < noisy.Length; index++)
        {
            noisy[index] += 0.01 * random.NextNormal();
        }

        var broken = new ForceConstants(springs.Supercell, noisy);
        Assert.True(broken.AcousticSumRuleViolation() > 0.01 && broken.PermutationAsymmetry() > 0.01);
        ForceConstants mended = broken.Symmetrised();
        Assert.True(mended.AcousticSumRuleViolation() < 1e-13);
        Assert.Equal(0, mended.PermutationAsymmetry());
        ForceConstantsFitTests.AssertEqual(mended, mended.Symmetrised(), 1e-13);

        // A projection: the change is orthogonal to everything that already obeys the rules.
        double overlap = 0, size = 0;
        for (int index = 0; index < noisy.Length; index++)
        {
            double change = noisy[index] - mended.Elements[index];
            overlap += change * springs.Elements[index];
            size += change * change;
        }

        Assert.Equal(0, overlap, 1e-11);
        Assert.True(size > 0);
    }

    private static void AssertEqual(ImmutableArray<double> expected, ImmutableArray<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], found[index], 1e-7);
        }
    }
}
