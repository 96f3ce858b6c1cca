using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Dynamics;
using Phonograph.Dynamics.Frames;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Dynamics.Frames;

public sealed class TrajectorySourceTests
{
    [Fact]
    public async Task Frames_of_a_run_are_those_of_its_trajectory_without_what_a_label_would_say()
    {
        using var folder = new TemporaryFolder();
        string file = await TrajectoryAsync(folder);
        TrajectorySource source = TrajectorySource.Read([file]);
        Assert.Equal(2, source.StepFemtosecond);
        FrameSelection selection = source.Select(20, 10, 12);
        ExtendedXyzFrame[] all = [.. ExtendedXyz.Read(file)], frames = [.. source.Frames(selection)];
        Assert.Equal(12, frames.Length);
        foreach ((SelectedFrame chosen, ExtendedXyzFrame frame) in selection.Frames.Zip(frames))
        {
            Assert.Equal(all[chosen.Index].Info["id"], frame.Info["id"]);
            Assert.Equal(all[chosen.Index].Crystal.PositionsFractional, frame.Crystal.PositionsFractional);
            Assert.DoesNotContain(frame.Info.Keys, key => key.StartsWith("REF_", StringComparison.Ordinal) || key == "band_gap_eV");
            Assert.Equal("displacement", Assert.Single(frame.VectorColumns.Keys));
            Assert.EndsWith(FormattableString.Invariant($"-r1-block-{chosen.Block:D4}"), frame.Info["group"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("time_fs", null, "no key time_fs")]
    [InlineData("band_gap_eV", null, "no key band_gap_eV")]
    [InlineData("band_gap_eV", "wide", "band_gap_eV=wide")]
    [InlineData("time_fs", "9.5", "time_fs=9.5, 3.5 fs after the frame before")]
    public async Task A_frame_that_says_too_little_is_named(string key, string? value, string expected)
    {
        using var folder = new TemporaryFolder();
        string file = await TrajectoryAsync(folder), broken = folder.File("broken.xyz");
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(file)];
        frames[4] = frames[4] with { Info = value is null ? frames[4].Info.Remove(key) : frames[4].Info.SetItem(key, value) };
        ExtendedXyz.Write(broken, frames);
        InputException error = Assert.Throws<InputException>(() => TrajectorySource.Read([broken]));
        Assert.Contains("frame 5", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> TrajectoryAsync(TemporaryFolder folder)
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt);
        Trajectory run = await MolecularDynamics.RunAsync(folder.File("run"), SpringCrystals.Reference, engine, new DynamicsOptions(engine.Levels[0], 300, 60, 3) { TimeStepFemtosecond = 2 }, 0, null, TestContext.Current.CancellationToken);
        string file = folder.File("trajectory.xyz");

        // Springs have no electrons: a gap that follows the first atom stands for one.
        ExtendedXyz.Write(file, TrajectoryFrames.Of(run, 0).Select(frame => frame with { Info = frame.Info.SetItem("band_gap_eV", (1 + ((Vector3D)frame.VectorColumns["displacement"][0]).X).ToString("R", CultureInfo.InvariantCulture)) }));
        return file;
    }
}
