using System.Collections.Immutable;
using CsCheck;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Datasets.Divisions;

public sealed class DivisionTests
{
    private const double Share = 0.2;

    private static readonly Gen<(ImmutableArray<LabelledConfiguration> Cells, DivisionOptions Options)> Cases =
        from ofEach in Gen.Int[10, 16]
        from kin in Gen.Int[0, 6]
        from seed in Gen.ULong[1, 50]
        from share in Gen.Double[0.15, 0.4]
        from kind in Gen.OneOfConst(DivisionKind.Configuration, DivisionKind.Condition)
        select (
            DivisionCells.Mixed(ofEach, seed, kin),
            new DivisionOptions { Kind = kind, TestShare = share, Seed = seed, HeldOut = kind == DivisionKind.Condition ? ["phonon 600 K"] : [], GapAboveElectronvolt = seed % 2 == 0 ? 0.9 : null });

    [Fact]
    public void Every_cell_is_in_exactly_one_part_and_no_group_is_split() => Cases.Sample(
        each =>
        {
            var division = DivisionCells.Divide(each.Cells, each.Options);
            Assert.Equal(each.Cells.Select(cell => cell.Id).Order(StringComparer.Ordinal), division.Parts.Select(part => part.Cell.Id));
            Assert.Empty(Groups(division, division.Pool).Intersect(Groups(division, division.Test)));
            LeakageReport leakage = LeakageCheck.Examine(new Split(division.Pool, [], division.Test), cancellation: TestContext.Current.CancellationToken);
            Assert.True(leakage.IsClean, string.Join(", ", leakage.SymmetryCopies.Select(pair => $"{pair.First} {pair.Second}")));
            foreach (int draw in new[] { 0, 1 })
            {
                Split split = division.PoolOf(null, Share).Draw(draw, division.Pool.Length / 2, division.Pool.Length / 20);
                Assert.Empty(Groups(division, split.Training).Intersect(Groups(division, split.Validation)));
                Assert.Empty(split.Training.Concat(split.Validation).Select(cell => cell.Id).Except(division.Pool.Select(cell => cell.Id)));
            }
        },
        iter: 12, threads: 1);

    [Fact]
    public void The_order_of_the_input_changes_nothing() => Cases.Sample(
        each =>
        {
            LabelledConfiguration[] shuffled = [.. each.Cells];
            new Philox(3, 4).Shuffle<LabelledConfiguration>(shuffled);
            Division first = DivisionCells.Divide(each.Cells, each.Options), second = DivisionCells.Divide(shuffled, each.Options);
            Assert.Equal(first.Parts.Select(part => (part.Cell.Id, part.Part)), second.Parts.Select(part => (part.Cell.Id, part.Part)));
            Assert.Equal(
                first.PoolOf("phonon", Share).Draw(2, 6, 1).Training.Select(cell => cell.Id),
                second.PoolOf("phonon", Share).Draw(2, 6, 1).Training.Select(cell => cell.Id));
        },
        iter: 6, threads: 1);

    [Fact]
    public void Smaller_training_and_validation_sets_of_a_draw_are_part_of_larger_ones() => Cases.Sample(
        each =>
        {
            SchemePool pool = DivisionCells.Divide(each.Cells, each.Options).PoolOf(null, Share);
            Split largest = pool.Draw(1, pool.Count / 2, pool.Count / 20);
            for (int size = 1; size <= pool.Count / 2; size++)
            {
                Split smaller = pool.Draw(1, size, Math.Min(size, pool.Count / 20));
                Assert.Equal(largest.Training.Take(size).Select(cell => cell.Id), smaller.Training.Select(cell => cell.Id));
                Assert.Equal(largest.Validation.Take(smaller.Validation.Length).Select(cell => cell.Id), smaller.Validation.Select(cell => cell.Id));
            }
        },
        iter: 6, threads: 1);

    [Fact]
    public void The_pool_of_a_hundred_cells_gives_exactly_64_and_16_beside_20_test_cells()
    {
        var division = DivisionCells.Divide(DivisionCells.Mixed(25, 3, 0), new DivisionOptions());
        Assert.Equal((20, 80), (division.Test.Length, division.Pool.Length));
        Assert.All(division.Test.GroupBy(cell => cell.Stratum), stratum => Assert.Equal(5, stratum.Count()));
        Split split = division.PoolOf(null, 0.2).Draw(0, 64, 16);
        Assert.All(split.Training.GroupBy(cell => cell.Stratum), stratum => Assert.InRange(stratum.Count(), 12, 20));
        Assert.NotEqual(split.Training.Select(cell => cell.Id).Order(), division.PoolOf(null, 0.2).Draw(1, 64, 16).Training.Select(cell => cell.Id).Order());
        Assert.Contains("64 and 16", Assert.Throws<InputException>(() => division.PoolOf(null, 0.2).Draw(0, 65, 16)).Message, StringComparison.Ordinal);
        Assert.NotEqual(division.Test.Select(cell => cell.Id), DivisionCells.Divide(DivisionCells.Mixed(25, 3, 0), new DivisionOptions { Seed = 2 }).Test.Select(cell => cell.Id));
    }

    [Fact]
    public void A_temperature_that_is_held_out_is_test_and_scaled_copies_of_its_cells_are_in_no_part()
    {
        var division = DivisionCells.Divide(DivisionCells.Read([
            .. LabelledFrames.Study(6),
            DivisionCells.Scaled(LabelledFrames.Study(6)[0], 1.4, "kin") with { Info = LabelledFrames.Study(6)[0].Info.SetItem("id", "kin").SetItem("temperature_K", "600") },
        ]), new DivisionOptions { Kind = DivisionKind.Condition, HeldOut = ["phonon 600 K"] });
        Assert.Equal(7, division.Test.Length);
        Assert.All(division.Test, cell => Assert.Equal("phonon 600 K", cell.Stratum.Label));
        (LabelledConfiguration left, _) = Assert.Single(division.Parts, part => part.Part == DivisionPart.KinOfTest);
        Assert.Equal(LabelledFrames.Study(6)[0].Info["id"], left.Id);
        Assert.Contains("expected some of phonon 600 K", Assert.Throws<InputException>(
            () => DivisionCells.Divide(division.Test, new DivisionOptions { Kind = DivisionKind.Condition, HeldOut = ["phonon 900 K"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_range_filter_takes_cells_out_and_moves_none()
    {
        ImmutableArray<LabelledConfiguration> cells = DivisionCells.Mixed(20, 8, 0);
        Division all = DivisionCells.Divide(cells, new DivisionOptions()), filtered = DivisionCells.Divide(cells, new DivisionOptions { GapAboveElectronvolt = 1 });
        Assert.Equal(all.Test.Where(cell => cell.BandGapElectronvolt > 1).Select(cell => cell.Id), filtered.Test.Select(cell => cell.Id));
        Assert.Equal(all.Pool.Where(cell => cell.BandGapElectronvolt > 1).Select(cell => cell.Id), filtered.Pool.Select(cell => cell.Id));
        Assert.Equal(cells.Count(cell => cell.BandGapElectronvolt <= 1), filtered.Parts.Count(part => part.Part == DivisionPart.Filtered));
    }

    [Fact]
    public void Frames_are_test_only_and_counted_in_blocks_of_time()
    {
        ImmutableArray<LabelledConfiguration> cells = DivisionCells.Read([.. LabelledFrames.Study(10), .. DivisionCells.Frames(2, 12)]);
        var division = DivisionCells.Divide(cells, new DivisionOptions { BlockFemtosecond = 60 });
        Assert.Equal(24, division.Test.Count(cell => cell.Scheme == "dynamics"));
        Assert.DoesNotContain("dynamics", division.Schemes);
        string[] blocks = [.. division.Test.Where(cell => cell.Scheme == "dynamics").Select(cell => division.Blocks[cell.Id])];
        Assert.Equal(8, blocks.Distinct().Count());
        Assert.All(blocks.GroupBy(block => block), block => Assert.Equal(3, block.Count()));
    }

    [Fact]
    public void Frames_keep_the_blocks_that_they_name_and_blocks_are_not_chained()
    {
        // As 'phonons frames' writes them: blocks of 70 fs from the first chosen frame on, out of step with time zero.
        ExtendedXyzFrame[] frames = [.. DivisionCells.Frames(2, 21).Select(frame =>
        {
            int step = int.Parse(frame.Info["step"], System.Globalization.CultureInfo.InvariantCulture);
            string run = frame.Info["run"];
            return frame with { Info = frame.Info.SetItem("group", $"md-300K-r{run}-block-{Math.Max(0, (20 * step) - 30) / 70:D4}").SetItem("block_fs", "70") };
        })];
        var division = DivisionCells.Divide(DivisionCells.Read([.. LabelledFrames.Study(10), .. frames]), new DivisionOptions());
        Assert.Equal(70, division.BlockFemtosecond);
        LabelledConfiguration[] tested = [.. division.Test.Where(cell => cell.Scheme == "dynamics")];
        Assert.Equal(42, tested.Length);
        string[] named = [.. frames.Select(frame => frame.Info["group"]).Distinct()];
        Assert.True(named.Length > 8);
        Assert.Equal(named.Length, tested.Select(cell => division.Blocks[cell.Id]).Distinct().Count());
        Assert.Equal(named.Length, tested.Select(division.GroupOf).Distinct().Count());
    }

    [Fact]
    public void Frames_that_are_divided_are_divided_by_blocks()
    {
        var division = DivisionCells.Divide(
            DivisionCells.Read(DivisionCells.Frames(2, 30)), new DivisionOptions { TestOnly = [], BlockFemtosecond = 60, TestShare = 0.3 });
        Assert.Equal(18, division.Test.Length);
        Assert.Empty(division.Pool.Select(cell => TrajectoryPlace.Of(cell)!.Block(60)).Intersect(division.Test.Select(cell => TrajectoryPlace.Of(cell)!.Block(60))));
    }

    private static IEnumerable<string> Groups(Division division, IEnumerable<LabelledConfiguration> cells) => cells.Select(division.GroupOf).Distinct();
}
