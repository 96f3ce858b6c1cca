using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.EffectivePhonons;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.EffectivePhonons;

public class DrawPoolTests
{
    private static readonly Supercell Cell = Supercell.Of(TestCrystals.RockSaltPrimitive, 1, 1, 2);

    [Fact]
    public void Draws_of_the_wanted_ensemble_alone_count_equally()
    {
        ThermalEnsemble ensemble = Ensemble(300);
        var pool = new DrawPool();
        pool.Add(ensemble, Draws(ensemble, 30, 1));
        DrawWeights weights = pool.Weigh(ensemble);
        Assert.Equal(30, weights.EffectiveDraws, 1e-9);
        Assert.All(weights.Shares, share => Assert.Equal(1.0 / 30, share, 1e-12));
    }

    [Fact]
    public void Re_weighted_draws_of_two_ensembles_have_the_mean_squares_of_a_third()
    {
        (ThermalEnsemble cold, ThermalEnsemble wanted, ThermalEnsemble hot) = (Ensemble(250), Ensemble(300), Ensemble(380));
        var pool = new DrawPool();
        pool.Add(cold, Draws(cold, 4000, 1));
        pool.Add(hot, Draws(hot, 6000, 2));
        DrawWeights weights = pool.Weigh(wanted);
        Assert.InRange(weights.EffectiveDraws, 2000, 9999);
        for (int mode = 0; mode < wanted.Modes.Count; mode++)
        {
            double mean = 0;
            foreach ((LabelledDraw draw, double share) in pool.Draws.Zip(weights.Shares))
            {
                double amplitude = wanted.Modes.Amplitudes(draw.Snapshot.DisplacementsCartesian.AsSpan())[mode];
                mean += share * amplitude * amplitude;
            }

            // The mean square of a normal number scatters by √(2/n).
            Assert.Equal(1, mean / wanted.MeanSquareCoordinates[mode], 5 * Math.Sqrt(2 / weights.EffectiveDraws));
        }
    }

    [Fact]
    public void No_draw_counts_more_than_one_of_its_own_ensemble_would()
    {
        (ThermalEnsemble first, ThermalEnsemble second) = (Ensemble(100), Ensemble(600));
        var pool = new DrawPool();
        pool.Add(first, Draws(first, 40, 1));
        pool.Add(second, Draws(second, 10, 2));

        // Before normalisation the bound is one tenth; the sum that normalises is one but for scatter.
        Assert.All(pool.Weigh(second).Shares, share => Assert.InRange(share, 0, 0.1 * 1.2));
    }

    [Fact]
    public void The_order_in_which_ensembles_are_added_plays_no_part()
    {
        (ThermalEnsemble first, ThermalEnsemble second) = (Ensemble(200), Ensemble(300));
        IReadOnlyList<LabelledDraw> a = Draws(first, 7, 1), b = Draws(second, 9, 2);
        (DrawPool ab, DrawPool ba) = (new(), new());
        ab.Add(first, a);
        ab.Add(second, b);
        ba.Add(second, b);
        ba.Add(first, a);
        var ofBa = ba.Draws.Zip(ba.Weigh(second).Shares).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.All(ab.Draws.Zip(ab.Weigh(second).Shares), pair => Assert.Equal(ofBa[pair.First], pair.Second, 1e-12));
    }

    [Fact]
    public void An_ensemble_that_leaves_modes_at_rest_has_no_density()
    {
        var frozen = new ThermalEnsemble(PhononModes.Of(new SpringModel(transverseShare: -0.6).Constants(Cell)), 300, ThermalStatistics.Quantum, new FreezeSoftModes());
        Assert.True(frozen.SoftModesTouched > 0);
        Assert.Throws<ArgumentException>(() => new DrawPool().Add(frozen, Draws(frozen, 1, 1)));
    }

    [Fact]
    public void The_variational_free_energy_of_the_trial_itself_is_its_harmonic_one_from_any_draws()
    {
        ForceConstants constants = new SpringModel().Constants(Cell);
        ThermalEnsemble ensemble = Ensemble(300), other = Ensemble(500);
        var pool = new DrawPool();
        pool.Add(other, [.. Draws(other, 5, 3).Select(draw => draw with { EnergyElectronvolt = Energy(constants, draw.Snapshot.DisplacementsCartesian) })]);
        var free = VariationalFreeEnergy.Of(ensemble, pool, pool.Weigh(ensemble));
        Assert.Equal(0, free.CorrectionElectronvolt, 1e-10);
        Assert.Equal(ensemble.Modes.FrequenciesTerahertz.Sum(frequency => HarmonicOscillator.FreeEnergy(frequency, 300, ThermalStatistics.Quantum)), free.TotalElectronvolt, 1e-10);
    }

    private static double Energy(ForceConstants constants, ImmutableArray<Vector3D> moves) => -0.5 * SpringModel.Forces(constants, moves).Zip(moves, Vector3D.Dot).Sum();

    private static ThermalEnsemble Ensemble(double kelvin) => new(PhononModes.Of(new SpringModel().Constants(Cell)), kelvin, ThermalStatistics.Quantum, new RejectSoftModes());

    private static IReadOnlyList<LabelledDraw> Draws(ThermalEnsemble ensemble, int count, ulong seed) =>
    [
        .. ((IDisplacementSampler)new PhononSampler(ensemble)).Draw(seed, 0, count).Select(configuration =>
            new LabelledDraw("", new DisplacedSnapshot(configuration.DisplacementsCartesian, configuration.DisplacementsCartesian), 0)),
    ];
}
