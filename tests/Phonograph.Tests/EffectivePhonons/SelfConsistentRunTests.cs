using Phonograph.Crystals;
using Phonograph.EffectivePhonons;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.EffectivePhonons;

public class SelfConsistentRunTests
{
    private static readonly Supercell Cell = Supercell.Of(
        new Crystal(Lattice.Cubic(3.6), [Element.Of("Ag"), Element.Of("Br")], [new(0, 0, 0), new(0.5, 0.5, 0.5)]), 2, 2, 2);

    private static readonly EffectiveOptions Options = new(300) { CellsPerIteration = 16, Seed = 5, MostIterations = 14, PrecisionTerahertz = 0.15, Resamples = 40, Policy = new FrequencyFloor(0.7) };

    [Theory]
    [InlineData(ThermalStatistics.Quantum, 300)]
    [InlineData(ThermalStatistics.Classical, 300)]
    [InlineData(ThermalStatistics.Quantum, 150)]
    public async Task A_crystal_with_imaginary_modes_gets_the_self_consistent_phonons_of_the_closed_form(ThermalStatistics statistics, double kelvin)
    {
        QuarticCrystal crystal = Soft();
        Assert.True(PhononModes.Of(crystal.Constants()).ImaginaryCount > 0);
        (ThermalEnsemble exact, double freeEnergy) = crystal.SelfConsistent(kelvin, statistics);
        Assert.Equal(0, exact.Modes.ImaginaryCount);
        using var folder = new TemporaryFolder();
        EffectiveResult result = await RunAsync(folder.File("run"), crystal, null, Options with { TemperatureKelvin = kelvin, Statistics = statistics });
        Assert.True(result.IsConverged);
        AssertAgrees(exact.Modes, result);
        Assert.Equal(freeEnergy, result.FreeEnergy.TotalElectronvolt, 4 * result.Errors.FreeEnergyElectronvolt);
        Assert.InRange(result.Errors.FreeEnergyElectronvolt / result.AtomCount, 1e-7, 0.01);
    }

    [Fact]
    public async Task Two_different_starts_and_seeds_agree_within_their_errors()
    {
        QuarticCrystal crystal = Soft();
        var stiff = new QuarticCrystal(Cell, 3.7, 3, 0.8, 0);
        using var folder = new TemporaryFolder();
        EffectiveResult first = await RunAsync(folder.File("a"), crystal, null, Options);
        EffectiveResult second = await RunAsync(folder.File("b"), crystal, stiff.Constants(), Options with { Seed = 77 });
        Assert.True(first.IsConverged && second.IsConverged);
        for (int mode = 0; mode < first.Errors.FrequenciesTerahertz.Length; mode++)
        {
            double error = double.Hypot(first.Errors.FrequenciesTerahertz[mode], second.Errors.FrequenciesTerahertz[mode]);
            Assert.Equal(first.Ensemble.Modes.FrequenciesTerahertz[mode], second.Ensemble.Modes.FrequenciesTerahertz[mode], 4.5 * error);
        }
    }

    [Fact]
    public async Task A_run_cut_into_pieces_gives_the_bits_of_one_piece_and_repeats_no_label()
    {
        using var folder = new TemporaryFolder();
        EffectiveOptions options = Options with { CellsPerIteration = 8, MostIterations = 4, PrecisionTerahertz = 1e-9 };
        EffectiveResult whole = await RunAsync(folder.File("whole"), Soft(), null, options);
        QuarticCrystal counted = Soft();
        await RunAsync(folder.File("pieces"), counted, null, options with { MostIterations = 1 });
        await RunAsync(folder.File("pieces"), counted, null, options with { MostIterations = 3 });

        // What a kill between drawing and keeping leaves: cells without the force constants that followed from them.
        File.Delete(folder.File("pieces/iteration-002.json"));
        EffectiveResult pieces = await RunAsync(folder.File("pieces"), counted, null, options);
        Assert.Equal(whole.Coefficients, pieces.Coefficients);
        Assert.Equal(whole.Errors.FrequenciesTerahertz, pieces.Errors.FrequenciesTerahertz);
        Assert.Equal(whole.Iterations, pieces.Iterations);
        Assert.Equal((4 * 8) + whole.OtherLabels, counted.Computed);
    }

    [Fact]
    public async Task Cells_without_a_label_are_counted_and_left_out()
    {
        using var folder = new TemporaryFolder();
        var all = new QuarticCrystal(Cell, 3.7, 1.2, 0.2, 0);
        IDisplacementSampler sampler = new PhononSampler(all.SelfConsistent(300, ThermalStatistics.Quantum).Ensemble);
        double[] largest = [.. sampler.Draw(1, 0, 15).Select(draw => draw.DisplacementsCartesian.Max(move => move.Length)).Order()];
        var crystal = new QuarticCrystal(Cell, 3.7, 1.2, 0.2, 0) { LargestDisplacementAngstrom = largest[7] };
        EffectiveResult result = await RunAsync(folder.File("run"), crystal, null, Options with { MostIterations = 3 });
        Assert.InRange(result.Failures, 3, 42);
        Assert.Equal(3 * 16, result.Labels + result.Failures);
    }

    [Fact]
    public async Task A_harmonic_crystal_converges_at_once_with_its_own_constants_and_exact_free_energy()
    {
        using var folder = new TemporaryFolder();
        var crystal = new QuarticCrystal(Cell, 3.7, 1.2, 0.2, 0);
        EffectiveResult result = await RunAsync(folder.File("run"), crystal, null, Options);
        Assert.True(result.IsConverged);
        Assert.Equal(3, result.Iterations.Length);
        Assert.Equal(0, PhononModes.Of(crystal.Constants()).FrequenciesTerahertz.Zip(result.Ensemble.Modes.FrequenciesTerahertz).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-6);
        Assert.Equal(0, result.FreeEnergy.CorrectionElectronvolt, 1e-6);
        Assert.Equal(crystal.SelfConsistent(300, ThermalStatistics.Quantum).FreeEnergy, result.FreeEnergy.TotalElectronvolt, 1e-5);
        Assert.Equal(1, result.Quality.RSquared, 1e-9);
    }

    [Fact]
    public async Task Rules_that_leave_modes_at_rest_other_settings_and_empty_pools_are_refused_with_advice()
    {
        using var folder = new TemporaryFolder();
        InputException frozen = await Assert.ThrowsAsync<InputException>(() => RunAsync(folder.File("a"), Soft(), null, Options with { Policy = new FreezeSoftModes() }));
        Assert.Contains("never displaced", frozen.Message, StringComparison.Ordinal);
        await RunAsync(folder.File("b"), Soft(), null, Options with { MostIterations = 1 });
        InputException other = await Assert.ThrowsAsync<InputException>(() => RunAsync(folder.File("b"), Soft(), null, Options with { TemperatureKelvin = 200 }));
        Assert.Contains("settings.json", other.Message, StringComparison.Ordinal);
        InputException failed = await Assert.ThrowsAsync<InputException>(() =>
            RunAsync(folder.File("c"), new QuarticCrystal(Cell, 3.7, 1.2, -0.7, 4) { LargestDisplacementAngstrom = 0.04 }, null, Options));
        Assert.Contains("--cells", failed.Message, StringComparison.Ordinal);
    }

    private static QuarticCrystal Soft() => new(Cell, 3.7, 1.2, -0.7, 4);

    private static void AssertAgrees(PhononModes exact, EffectiveResult result)
    {
        double chi = 0;
        for (int mode = 0; mode < exact.Count; mode++)
        {
            double error = result.Errors.FrequenciesTerahertz[mode];
            Assert.InRange(error, 1e-4, 0.5);
            Assert.Equal(exact.FrequenciesTerahertz[mode], result.Ensemble.Modes.FrequenciesTerahertz[mode], 5 * error);
            chi += Math.Pow((exact.FrequenciesTerahertz[mode] - result.Ensemble.Modes.FrequenciesTerahertz[mode]) / error, 2) / exact.Count;
        }

        // Few parameters move all modes, so the mean of the squared deviations scatters widely about one.
        Assert.InRange(chi, 0.02, 6);
    }

    private static Task<EffectiveResult> RunAsync(string folder, QuarticCrystal engine, ForceConstants? start, EffectiveOptions options)
    {
        var symmetry = SupercellSymmetry.Of(Cell);
        return SelfConsistentRun.RunAsync(
            folder, symmetry, start is null ? null : CompactForceConstants.Of(start, symmetry), options, new CampaignOptions(engine, "exact"), null, null, TestContext.Current.CancellationToken);
    }
}
