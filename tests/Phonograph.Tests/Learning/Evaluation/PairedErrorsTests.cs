using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class PairedErrorsTests
{
    private static readonly BootstrapOptions Few = new(Resamples: 400);

    [Fact]
    public void Difference_ratio_effect_and_contrast_are_their_definitions()
    {
        ImmutableArray<Prediction>[] first = Way(3, 20, 1), second = Way(3, 20, 2);
        ErrorDifference difference = PairedErrors.Of([first, second], options: Few).Difference(0, 1, trainingCells: 64);
        double one = Mean(first), other = Mean(second);
        Assert.Equal((one, other), (difference.FirstError, difference.SecondError));
        Assert.Equal(one - other, difference.Difference.Value, 12);
        Assert.Equal(one / other, difference.Ratio.Value, 12);
        Assert.Equal(Math.Abs(one - other) / Math.Min(one, other), difference.ShareOfSmallerError, 12);
        double[] units = [.. Enumerable.Range(0, 20).Select(cell => Enumerable.Range(0, 3).Average(draw => Error(first[draw][cell]) - Error(second[draw][cell])))];
        double mean = units.Average();
        Assert.Equal(mean / Math.Sqrt(units.Sum(unit => (unit - mean) * (unit - mean)) / 19), difference.StandardisedEffect, 12);
        Assert.Equal(
            CorrectedResampling.Of([.. first.Zip(second, (a, b) => a.Average(Error) - b.Average(Error))], 20 / 64.0).Interval.High, difference.Corrected.High, 12);
        PairedDifference contrast = PairedErrors.Of([first, second, Way(3, 20, 3)], options: Few).Contrast([1, -2, 1]);
        Assert.Equal(one - (2 * other) + Mean(Way(3, 20, 3)), contrast.Difference.Value, 12);
    }

    [Fact]
    public void Exchanging_the_two_turns_the_sign_and_the_ends()
    {
        PairedErrors errors = PairedErrors.Of([Way(4, 15, 5), Way(4, 15, 6)], options: Few);
        ErrorDifference there = errors.Difference(0, 1, 64), back = errors.Difference(1, 0, 64);
        Assert.Equal(there.Difference.Low, -back.Difference.High, 12);
        Assert.Equal(there.Difference.High, -back.Difference.Low, 12);
        Assert.Equal(there.PValue, back.PValue);
        Assert.Equal(there.Corrected.Low, -back.Corrected.High, 12);
    }

    [Fact]
    public void A_difference_below_a_tenth_of_the_smaller_error_is_small()
    {
        Assert.True(Constant(1.0, 1.09).IsSmall);
        Assert.False(Constant(1.0, 1.11).IsSmall);
        Assert.True(Constant(1.0, 1.09).PValue < 0.05);

        static ErrorDifference Constant(double first, double second) =>
            PairedErrors.Of([[Cells(12, _ => first)], [Cells(12, _ => second)]], options: Few).Difference(0, 1, 64);
    }

    [Fact]
    public void Cells_that_are_copies_of_each_other_in_one_block_count_as_one()
    {
        ImmutableArray<Prediction>[] first = Way(3, 12, 7), second = Way(3, 12, 8);
        ErrorDifference once = PairedErrors.Of([first, second], options: Few).Difference(0, 1, 64);
        ImmutableArray<Prediction>[] firstTwice = [.. first.Select(Twice)], secondTwice = [.. second.Select(Twice)];
        var blocks = firstTwice[0].ToDictionary(prediction => prediction.Configuration, prediction => prediction.Configuration[..4]);
        PairedErrors twice = PairedErrors.Of([firstTwice, secondTwice], blocks, Few);
        Assert.Equal((24, 12), (twice.Cells, twice.Blocks));
        Assert.Equal(once.Difference.Low, twice.Difference(0, 1, 64).Difference.Low, 12);
        Assert.Equal(once.StandardisedEffect, twice.Difference(0, 1, 64).StandardisedEffect, 12);
        MetricIntervals plain = Bootstrap.Of([.. first.Select(draw => (IReadOnlyCollection<Prediction>)draw)], Few), blocked = Bootstrap.Of([.. firstTwice.Select(draw => (IReadOnlyCollection<Prediction>)draw)], Few, blocks);
        Assert.Equal(plain.MeanAbsoluteError.Low, blocked.MeanAbsoluteError.Low, 12);
        Assert.Equal(plain.MeanAbsoluteErrorOverSpread.High, blocked.MeanAbsoluteErrorOverSpread.High, 12);
        Assert.True(Bootstrap.Of([.. firstTwice.Select(draw => (IReadOnlyCollection<Prediction>)draw)], Few).MeanAbsoluteError is var narrow && narrow.High - narrow.Low < blocked.MeanAbsoluteError.High - blocked.MeanAbsoluteError.Low);
        static ImmutableArray<Prediction> Twice(ImmutableArray<Prediction> cells) => [.. cells, .. cells.Select(cell => cell with { Configuration = cell.Configuration + " again" })];
    }

    [Fact]
    public void Frames_that_remember_each_other_are_covered_by_blocks_and_not_one_by_one()
    {
        const int Trials = 150, Frames = 240, Length = 20;
        int single = 0, blocked = 0;
        for (ulong trial = 0; trial < Trials; trial++)
        {
            var random = new Philox(5, trial);
            double error = 0;
            ImmutableArray<Prediction> cells = Cells(Frames, _ => 3 + (error = (0.85 * error) + (0.5 * random.NextNormal())));
            var blocks = cells.Select((cell, place) => (cell.Configuration, place / Length)).ToDictionary(pair => pair.Configuration, pair => $"block {pair.Item2:D3}");
            var options = new BootstrapOptions(Resamples: 200, Seed: trial);
            single += Covers(Bootstrap.Of([cells], options));
            blocked += Covers(Bootstrap.Of([cells], options, blocks));
        }

        Assert.InRange(blocked, 0.82 * Trials, Trials);
        Assert.InRange(single, 0, 0.6 * Trials);

        static int Covers(MetricIntervals intervals) => intervals.MeanAbsoluteError.Low <= 3 && intervals.MeanAbsoluteError.High >= 3 ? 1 : 0;
    }

    [Fact]
    public void The_error_of_a_thermal_mean_is_that_of_the_means_and_the_scatter_of_the_frames_cancels()
    {
        var random = new Philox(6, 6);
        ImmutableArray<Prediction> frames = [.. Enumerable.Range(0, 60).Select(frame => random.NextNormal()).Select((label, frame) => new Prediction($"f{frame:D3}", "dynamics", "test", label, label + 0.3, false))];
        EnsembleMean mean = EnsembleMean.Of([frames, frames], options: Few);
        Assert.Equal(0.3, mean.Error.Value, 12);
        Assert.Equal(0.3, mean.Error.High, 12);
        Assert.Equal(frames.Average(frame => frame.Label), mean.Labelled.Value, 12);
        double deviation = Math.Sqrt(frames.Average(frame => Math.Pow(frame.Label - mean.Labelled.Value, 2)) / 60);
        Assert.InRange(mean.Labelled.High - mean.Labelled.Value, 1.5 * deviation, 2.5 * deviation);
        Assert.Throws<ArgumentException>(() => EnsembleMean.Of([frames, [.. frames.Skip(1)]]));
    }

    private static double Mean(ImmutableArray<Prediction>[] way) => way.Average(draw => draw.Average(Error));

    private static double Error(Prediction prediction) => Math.Abs(prediction.Predicted - prediction.Label);

    private static ImmutableArray<Prediction>[] Way(int draws, int cells, ulong seed) =>
        [.. Enumerable.Range(0, draws).Select(draw => { var random = new Philox(seed, (ulong)draw); return Cells(cells, _ => random.NextNormal()); })];

    private static ImmutableArray<Prediction> Cells(int count, Func<int, double> error) =>
        [.. Enumerable.Range(0, count).Select(cell => new Prediction($"c{cell:D3}", "phonon", "test", Math.Sin(cell), Math.Sin(cell) + error(cell), false))];
}
