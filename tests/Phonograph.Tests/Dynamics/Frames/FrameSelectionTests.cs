using CsCheck;
using Phonograph.Dynamics.Frames;
using Phonograph.Files;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Dynamics.Frames;

public sealed class FrameSelectionTests
{
    [Fact]
    public void Any_number_that_fits_is_chosen_evenly_and_after_the_beginning() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[30, 200], Gen.Int[0, 20], Gen.Int[1, 60]).Sample((runs, length, settling, wanted) =>
        {
            double[][] gaps = [.. Enumerable.Range(0, runs).Select(run => Gaps(length, (ulong)run))];
            int count = Math.Min(wanted, runs * (length - settling));
            FrameSelection selection = FrameSelection.Of(gaps, 2, 2 * settling, 0, count);
            Assert.Equal(count, selection.Frames.Length);
            Assert.Equal(count, selection.Frames.Distinct().Count());
            Assert.All(selection.Frames, frame => Assert.InRange(frame.Index, settling, length - 1));
            foreach (IGrouping<int, SelectedFrame> run in selection.Frames.GroupBy(frame => frame.Run))
            {
                SelectedFrame[] frames = [.. run];
                Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.Equal(selection.SpacingFemtosecond, 2 * (pair.Second.Index - pair.First.Index)));
                Assert.All(frames.GroupBy(frame => frame.Block), block => Assert.True(2 * (block.Last().Index - block.First().Index) < selection.BlockFemtosecond));
            }
        });

    [Fact]
    public void Without_a_number_every_block_has_one_frame() => Gen.Select(Gen.Int[30, 200], Gen.Double[0, 60]).Sample((length, least) =>
    {
        FrameSelection selection = FrameSelection.Of([Gaps(length, 3)], 2, 0, least);
        Assert.Equal(selection.Frames.Length, selection.BlockCount);
        Assert.True(selection.BlockFemtosecond >= least && selection.SpacingFemtosecond >= selection.BlockFemtosecond - 1e-9);
    });

    [Fact]
    public void More_frames_than_there_are_is_refused_with_both_numbers()
    {
        InputException error = Assert.Throws<InputException>(() => FrameSelection.Of([Gaps(100, 1)], 4, 200, 40, 60));
        Assert.Contains("50 frames after the first 200 fs; expected at least 60", error.Message, StringComparison.Ordinal);
    }

    private static double[] Gaps(int length, ulong seed)
    {
        var random = new Philox(seed, 8);
        double value = 0;
        return [.. Enumerable.Range(0, length).Select(_ => value = (0.7 * value) + random.NextNormal())];
    }
}
