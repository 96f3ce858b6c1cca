using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

public sealed class SnapshotFitTests
{
    private const double NoiseElectronvoltPerAngstrom = 0.02;

    public static TheoryData<string> Crystals => ["Ag3SBr", "wurtzite ZnS", "quartz SiO2", "C2/m"];

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Noisy_forces_give_back_the_springs_within_the_error_bars(string name)
    {
        const int Seeds = 40;
        Sample sample = SampleOf(name);
        double[] truth = sample.Basis.Coefficients(sample.Springs);
        int count = truth.Length;
        double chiSquares = 0, largest = 0, noise = 0, freedom = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            FittedForceConstants fit = SnapshotFit.Fit(sample.Basis, sample.Draw(8, (ulong)seed, NoiseElectronvoltPerAngstrom), []);
            double[] error = [.. fit.Coefficients.Zip(truth, (found, wanted) => found - wanted)];
            chiSquares += Dot(error, Cholesky.TryDecompose(fit.Covariance, count)!.Solve(error));
            largest = Math.Max(largest, error.Zip(fit.StandardErrors, (e, s) => Math.Abs(e / s)).Max());
            noise += fit.NoiseElectronvoltPerAngstrom * fit.NoiseElectronvoltPerAngstrom / Seeds;
            freedom = fit.DegreesOfFreedom;
        }

        // The sum has a chi-square distribution of Seeds · count degrees, a little wider because the noise is estimated too.
        double expected = Seeds * count * freedom / (freedom - 2), spread = Math.Sqrt(2.0 * Seeds * count * (1 + (count / freedom)));
        Assert.InRange(chiSquares, expected - (4 * spread), expected + (4 * spread));
        Assert.True(largest < 5.5, $"an error of {largest} standard errors");
        Assert.Equal(1, Math.Sqrt(noise) / NoiseElectronvoltPerAngstrom, 4 / Math.Sqrt(2 * freedom * Seeds));
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void The_error_bar_of_an_element_is_its_scatter_over_repeated_fits(string name)
    {
        const int Seeds = 200;
        Sample sample = SampleOf(name);
        int second = sample.Basis.Symmetry.Supercell.Crystal.AtomCount - 1;
        double[] squares = new double[9], errors = new double[9];
        for (int seed = 0; seed < Seeds; seed++)
        {
            FittedForceConstants fit = SnapshotFit.Fit(sample.Basis, sample.Draw(8, (ulong)(1000 + seed), NoiseElectronvoltPerAngstrom), []);
            Matrix3x3 difference = fit.Constants.Block(0, second) - sample.Springs.Block(0, second), stated = fit.StandardErrorsOf(0, second);
            for (int index = 0; index < 9; index++)
            {
                squares[index] += difference[index / 3, index % 3] * difference[index / 3, index % 3] / Seeds;
                errors[index] += stated[index / 3, index % 3] * stated[index / 3, index % 3] / Seeds;
            }
        }

        Assert.Contains(errors, error => error > 0);
        Assert.All(squares.Zip(errors), pair => Assert.True(
            pair.Second > 1e-20 ? Math.Abs((pair.First / pair.Second) - 1) < 5 * Math.Sqrt(2.0 / Seeds) : pair.First < 1e-20, $"{pair.First} {pair.Second}"));
    }

    [Fact]
    public void Exact_forces_are_fitted_exactly_and_say_so()
    {
        Sample sample = SampleOf("Ag3SBr");
        FittedForceConstants fit = SnapshotFit.Fit(sample.Basis, sample.Draw(2, 1, 0), []);
        ForceConstantsFitTests.AssertEqual(sample.Springs.ToFull(), fit.Constants.ToFull());
        Assert.Equal(1, fit.RSquared, 1e-12);
        Assert.Equal((2, 2.0, (2 * 120) - 45), (fit.Snapshots, fit.EffectiveSnapshots, fit.DegreesOfFreedom));
        Assert.True(fit.ResidualRmsElectronvoltPerAngstrom < 1e-10);
        Assert.Equal(45, fit.Coefficients.Length);
    }

    [Fact]
    public void R_squared_and_residual_are_those_of_the_forces_that_the_constants_give()
    {
        Sample sample = SampleOf("quartz SiO2");
        ImmutableArray<DisplacedSnapshot> draws = sample.Draw(5, 3, 0.2);
        double[] weights = [1, 2, 0.5, 3, 1];
        FittedForceConstants fit = SnapshotFit.Fit(sample.Basis, draws, weights);
        double left = 0, total = 0;
        for (int index = 0; index < draws.Length; index++)
        {
            ImmutableArray<Vector3D> model = fit.Constants.Forces(draws[index].DisplacementsCartesian.AsSpan());
            left += weights[index] * draws[index].ForcesCartesian.Zip(model).Sum(pair => (pair.First - pair.Second).LengthSquared);
            total += weights[index] * draws[index].ForcesCartesian.Sum(force => force.LengthSquared);
        }

        Assert.Equal(1 - (left / total), fit.RSquared, 1e-12);
        Assert.Equal(Math.Sqrt(left / (weights.Sum() * 3 * draws[0].ForcesCartesian.Length)), fit.ResidualRmsElectronvoltPerAngstrom, 1e-12);
    }

    [Fact]
    public void A_weight_counts_a_snapshot_as_often()
    {
        Sample sample = SampleOf("wurtzite ZnS");
        ImmutableArray<DisplacedSnapshot> draws = sample.Draw(6, 5, NoiseElectronvoltPerAngstrom);
        FittedForceConstants weighted = SnapshotFit.Fit(sample.Basis, draws, [2, 0, 4, 2, 6, 0]);
        FittedForceConstants repeated = SnapshotFit.Fit(sample.Basis, [draws[0], draws[2], draws[2], draws[3], draws[4], draws[4], draws[4]], []);
        Assert.All(weighted.Coefficients.Zip(repeated.Coefficients), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.Equal(repeated.RSquared, weighted.RSquared, 1e-12);
        Assert.Equal(4, weighted.Snapshots);
        Assert.Equal(14.0 * 14 / (4 + 16 + 4 + 36), weighted.EffectiveSnapshots, 1e-12);
        FittedForceConstants plain = SnapshotFit.Fit(sample.Basis, draws, []), equal = SnapshotFit.Fit(sample.Basis, draws, [3, 3, 3, 3, 3, 3]);
        Assert.Equal(plain.Coefficients.AsEnumerable(), equal.Coefficients);
        Assert.Equal(plain.StandardErrors.AsEnumerable(), equal.StandardErrors);
    }

    [Fact]
    public void Error_bars_hold_with_unequal_weights_too()
    {
        const int Seeds = 60;
        Sample sample = SampleOf("wurtzite ZnS");
        double[] truth = sample.Basis.Coefficients(sample.Springs), weights = [.. Enumerable.Range(0, 12).Select(index => Math.Exp(-0.4 * index))];
        double pooled = 0, betweenSnapshots = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            FittedForceConstants fit = SnapshotFit.Fit(sample.Basis, sample.Draw(weights.Length, (ulong)(500 + seed), NoiseElectronvoltPerAngstrom), weights);
            pooled += fit.Coefficients.Select((found, index) => Math.Pow((found - truth[index]) / fit.StandardErrors[index], 2)).Average() / Seeds;
            FittedForceConstants many = SnapshotFit.Fit(sample.Basis, sample.Draw(60, (ulong)(900 + seed), NoiseElectronvoltPerAngstrom), []);
            betweenSnapshots += many.Coefficients.Select((found, index) => Math.Pow((found - truth[index]) / many.SnapshotStandardErrors[index], 2)).Average() / Seeds;
        }

        double spread = Math.Sqrt(2.0 / (Seeds * truth.Length));
        Assert.Equal(1, pooled, 6 * spread);

        // The sandwich is low by about parameters over components, and its own scatter adds some percent.
        Assert.InRange(betweenSnapshots, 1 - (6 * spread), 1.15 + (6 * spread));
    }

    [Fact]
    public void Turning_shifting_and_reordering_the_crystal_turns_and_reorders_the_constants()
    {
        Supercell supercell = SymmetrySamples.SupercellOf("quartz SiO2");
        Crystal crystal = supercell.Crystal;
        int[] order = [.. Enumerable.Range(0, crystal.AtomCount)];
        new Philox(7, 0).Shuffle<int>(order);
        Matrix3x3 rotation = TestCrystals.Rotation(new Vector3D(0.3, -1, 2), 0.7);
        Crystal turned = TestCrystals.Turned(TestCrystals.Reordered(crystal, order), rotation);
        var moved = new Crystal(turned.Lattice, turned.Elements, [.. turned.PositionsFractional.Select(position => position + new Vector3D(0.31, -1.7, 0.123))]);
        ImmutableArray<DisplacedSnapshot> draws = SampleOf("quartz SiO2").Draw(6, 2, NoiseElectronvoltPerAngstrom);
        ImmutableArray<Vector3D> Carried(ImmutableArray<Vector3D> vectors) => [.. order.Select(atom => rotation * vectors[atom])];
        FittedForceConstants first = SnapshotFit.Fit(supercell, draws);
        FittedForceConstants second = SnapshotFit.Fit(
            Supercell.Of(moved, 1, 1, 1), [.. draws.Select(draw => new DisplacedSnapshot(Carried(draw.DisplacementsCartesian), Carried(draw.ForcesCartesian)))]);
        Assert.Equal(first.RSquared, second.RSquared, 1e-10);
        Assert.Equal(first.NoiseElectronvoltPerAngstrom, second.NoiseElectronvoltPerAngstrom, 1e-10);
        for (int i = 0; i < order.Length; i++)
        {
            for (int j = 0; j < order.Length; j++)
            {
                Matrix3x3 difference = (rotation * first.Constants.Block(order[i], order[j]) * rotation.Transposed) - second.Constants.Block(i, j);
                Assert.True(Enumerable.Range(0, 3).All(row => difference[row].Length < 1e-9));
            }
        }
    }

    [Fact]
    public void Single_displacements_give_what_their_own_solution_gives_when_forces_are_exact()
    {
        Sample sample = SampleOf("Ag3SBr");
        ImmutableArray<ForceSet> sets = SpringModel.ForceSets(sample.Springs.ToFull(), SymmetryDistinctDisplacements.Of(sample.Basis.Symmetry.Supercell));
        ForceConstantsFitTests.AssertEqual(
            ForceConstantsFit.Fit(sample.Basis.Symmetry, sets).Symmetrised(), SnapshotFit.Fit(sample.Basis, [.. sets.Select(DisplacedSnapshot.Of)], []).Constants.ToFull());
    }

    [Fact]
    public void Too_little_data_and_wrong_weights_are_refused()
    {
        Sample sample = SampleOf("C2/m");
        ImmutableArray<DisplacedSnapshot> draws = sample.Draw(4, 1, 0);
        var one = new DisplacedSnapshot([.. draws[0].DisplacementsCartesian.Select((u, atom) => atom == 0 ? u : default)], draws[0].ForcesCartesian);
        Assert.Contains($"of {sample.Basis.Count} independent ones in 1 snapshots", Assert.Throws<InputException>(() => SnapshotFit.Fit(sample.Basis, [one], [])).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SnapshotFit.Fit(sample.Basis, [], []));
        Assert.Throws<InputException>(() => SnapshotFit.Fit(sample.Basis, draws, [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => SnapshotFit.Fit(sample.Basis, draws, [1, 1]));
        Assert.Throws<ArgumentException>(() => SnapshotFit.Fit(sample.Basis, draws, [1, 1, -1, 1]));
        Assert.Throws<InputException>(() => SnapshotFit.Fit(SampleOf("quartz SiO2").Basis, draws, []));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static Sample SampleOf(string name)
    {
        Supercell supercell = name == "Ag3SBr" ? ForceConstantsFitTests.SupercellOf(name) : SymmetrySamples.SupercellOf(name);
        var symmetry = SupercellSymmetry.Of(supercell);
        return new Sample(ForceConstantsBasis.Of(symmetry), CompactForceConstants.Of(new SpringModel().Constants(supercell), symmetry));
    }

    /// <summary>A crystal of springs and noisy snapshots of it.</summary>
    private sealed record Sample(ForceConstantsBasis Basis, CompactForceConstants Springs)
    {
        internal ImmutableArray<DisplacedSnapshot> Draw(int count, ulong seed, double noise) =>
        [
            .. Enumerable.Range(0, count).Select(index =>
            {
                var random = new Philox(seed, (ulong)index);
                Vector3D Next(double scale) => scale * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal());
                ImmutableArray<Vector3D> displacements = [.. Springs.Supercell.Crystal.Elements.Select(_ => Next(0.05))];
                return new DisplacedSnapshot(displacements, [.. Springs.Forces(displacements.AsSpan()).Select(force => force + Next(noise))]);
            }),
        ];
    }
}
