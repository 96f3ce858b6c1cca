using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.EffectivePhonons;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.EffectivePhonons;

public class LabelledSetFitTests
{
    private static readonly Supercell Cell = Supercell.Of(TestCrystals.RockSaltPrimitive, 2, 2, 2);
    private static readonly ForceConstants Springs = new SpringModel().Constants(Cell);

    [Fact]
    public void Noisy_forces_give_the_frequencies_back_within_the_errors_of_resampling()
    {
        LabelledSetFit fit = LabelledSetFit.Of(SupercellSymmetry.Of(Cell), Snapshots(40, 0.05, repeats: 1), 1, 60, 1);
        ImmutableArray<double> exact = PhononModes.Of(Springs).FrequenciesTerahertz;
        Assert.All(exact.Select((frequency, mode) => (frequency - fit.Modes.FrequenciesTerahertz[mode]) / fit.FrequencyErrorsTerahertz[mode]), deviation => Assert.InRange(deviation, -5, 5));
        Assert.All(fit.FrequencyErrorsTerahertz, error => Assert.InRange(error, 1e-5, 0.2));
    }

    [Fact]
    public void Frames_that_repeat_each_other_need_blocks_for_an_honest_error()
    {
        ImmutableArray<DisplacedSnapshot> moving = Snapshots(30, 0.05, repeats: 8);
        double Error(int block) => LabelledSetFit.Of(SupercellSymmetry.Of(Cell), moving, block, 80, 2).FrequencyErrorsTerahertz.Average();

        // Eight equal frames hold the knowledge of one: the error is √8 times what single frames pretend.
        Assert.InRange(Error(8) / Error(1), 2.2, 3.6);
    }

    private static ImmutableArray<DisplacedSnapshot> Snapshots(int count, double noise, int repeats)
    {
        IDisplacementSampler sampler = new PhononSampler(new ThermalEnsemble(PhononModes.Of(Springs), 300, ThermalStatistics.Classical, new RejectSoftModes()));
        return
        [
            .. sampler.Draw(4, 0, count).SelectMany(draw =>
            {
                var random = new Philox(9, (ulong)draw.Draw.Index);
                Vector3D[] forces = [.. SpringModel.Forces(Springs, draw.DisplacementsCartesian).Select(force => force + (noise * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal())))];
                return Enumerable.Repeat(new DisplacedSnapshot(draw.DisplacementsCartesian, [.. forces]), repeats);
            }),
        ];
    }
}
