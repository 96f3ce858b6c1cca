using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets;

public class SplitTests
{
    private static readonly LabelledConfiguration[] Cells = Labelled(LabelledFrames.Study(40));

    [Fact]
    public void Every_temperature_and_width_is_divided_70_15_15()
    {
        Split split = Split.Create(Cells, new SplitOptions { Seed = 1 });
        Assert.Equal((112, 24, 24), (split.Training.Length, split.Validation.Length, split.Test.Length));
        foreach (IGrouping<Stratum, LabelledConfiguration> stratum in Cells.GroupBy(cell => cell.Stratum))
        {
            Assert.Equal(28, split.Training.Count(cell => cell.Stratum == stratum.Key));
            Assert.Equal(6, split.Validation.Count(cell => cell.Stratum == stratum.Key));
            Assert.Equal(6, split.Test.Count(cell => cell.Stratum == stratum.Key));
        }
    }

    [Fact]
    public void Parts_are_disjoint_and_complete()
    {
        Split split = Split.Create(Cells, new SplitOptions { Seed = 5 });
        Assert.Equal(Ids(Cells).Order(), Ids([.. split.Training, .. split.Validation, .. split.Test]).Order());
    }

    [Fact]
    public void The_division_follows_from_the_seed_and_not_from_the_order_of_the_files()
    {
        Split first = Split.Create(Cells, new SplitOptions { Seed = 7 });
        Assert.Equal(Ids(first.Test), Ids(Split.Create(Cells.Reverse(), new SplitOptions { Seed = 7 }).Test));
        Assert.NotEqual(Ids(first.Test), Ids(Split.Create(Cells, new SplitOptions { Seed = 8 }).Test));
    }

    [Fact]
    public void One_class_is_divided_the_same_way_alone_and_together_with_another()
    {
        Split together = Split.Create(Cells, new SplitOptions { Seed = 3 }).OfClass("phonon");
        Split alone = Split.Create(Cells.Where(cell => cell.SchemeClass == "phonon"), new SplitOptions { Seed = 3 });
        Assert.Equal(Ids(alone.Training), Ids(together.Training));
        Assert.Equal(Ids(alone.Test), Ids(together.Test));
    }

    [Fact]
    public void Configurations_of_a_group_stay_together()
    {
        LabelledConfiguration[] paired = [.. Cells.Select((cell, index) => cell with { Group = $"pair-{index / 8}" })];
        Split split = Split.Create(paired, new SplitOptions { Seed = 2 });
        var parts = new[] { split.Training, split.Validation, split.Test };
        Assert.All(paired.Select(cell => cell.Group).Distinct(), group => Assert.Equal(1, parts.Count(part => part.Any(cell => cell.Group == group))));
        Assert.All(parts, part => Assert.NotEmpty(part));
    }

    [Fact]
    public void Smaller_training_sets_are_contained_in_larger_ones_and_hold_every_stratum()
    {
        Split split = Split.Create(Cells, new SplitOptions { Seed = 1 });
        for (int size = 1; size < 112; size++)
        {
            Assert.Equal(Ids(split.TrainingSubset(size, 9)), Ids(split.TrainingSubset(size + 1, 9)).Take(size));
        }

        Assert.All(split.TrainingSubset(16, 9).GroupBy(cell => cell.Stratum), stratum => Assert.InRange(stratum.Count(), 3, 5));
        Assert.NotEqual(Ids(split.TrainingSubset(20, 9)), Ids(split.TrainingSubset(20, 10)));
        Assert.Equal(Ids(split.Training).Order(), Ids(split.TrainingSubset(112, 9)).Order());
    }

    [Fact]
    public void Sizes_and_shares_that_cannot_be_had_are_refused()
    {
        Split split = Split.Create(Cells);
        Assert.Contains("from 1 to 112", Assert.Throws<InputException>(() => split.TrainingSubset(113, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => split.TrainingSubset(0, 0));
        Assert.Throws<InputException>(() => Split.Create(Cells, new SplitOptions { TestShare = 0.9, ValidationShare = 0.2 }));
        Assert.Throws<InputException>(() => Split.Create(Cells.Take(2)));
    }

    [Fact]
    public void Independent_draws_do_not_leak_and_the_nearest_cell_is_found()
    {
        LeakageReport report = Examine(Split.Create(Cells, new SplitOptions { Seed = 1 }));
        Assert.True(report.IsClean);
        double expected = (from test in Split.Create(Cells, new SplitOptions { Seed = 1 }).Test
                           from training in Split.Create(Cells, new SplitOptions { Seed = 1 }).Training
                           select LeakageCheck.DistanceAngstrom(test, training)).Min();
        Assert.Equal(expected, report.NearestTestToTrainingAngstrom);
        Assert.True(report.MedianTestToTrainingAngstrom > expected);
    }

    [Fact]
    public void A_copy_under_another_name_moved_as_a_whole_and_wrapped_leaks()
    {
        ExtendedXyzFrame frame = LabelledFrames.Frame("original", "phonon", 300, null, 77);
        var moved = new Phonograph.Crystals.Crystal(frame.Crystal.Lattice, frame.Crystal.Elements, [.. frame.Crystal.PositionsFractional.Select((position, atom) => position + new Numerics.LinearAlgebra.Vector3D(0.1 + atom, 0.2, -3))]);
        LabelledConfiguration[] cells = Labelled([frame, frame with { Crystal = moved, Info = frame.Info.SetItem("id", "copy") }, LabelledFrames.Frame("other", "phonon", 300, null, 78)]);
        LeakageReport report = Examine(new Split([cells[0]], [cells[2]], [cells[1]]));
        ClosePair pair = Assert.Single(report.ClosePairs);
        Assert.Equal(("original", "train", "copy", "test"), (pair.First, pair.FirstPart, pair.Second, pair.SecondPart));
        Assert.Equal(0, pair.DistanceAngstrom, 1e-6);
        Assert.False(report.IsClean);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(-1.0)]
    public void A_cell_with_the_displacements_of_another_times_a_factor_leaks(double factor)
    {
        ExtendedXyzFrame frame = LabelledFrames.Frame("cold", "phonon", 300, null, 77);
        var displacements = frame.VectorColumns["displacement"].Select(displacement => factor * displacement).ToArray();
        ExtendedXyzFrame hot = frame with
        {
            Crystal = TestCrystals.SilverSulphideBromide.Displaced(displacements),
            Info = frame.Info.SetItem("id", "hot"),
            VectorColumns = frame.VectorColumns.SetItem("displacement", [.. displacements]),
        };
        LabelledConfiguration[] cells = Labelled([frame, hot]);
        LeakageReport report = Examine(new Split([cells[0]], [], [cells[1]]));
        Assert.Empty(report.ClosePairs);
        Assert.Equal(Math.Sign(factor), Assert.Single(report.ScaledPairs).Cosine, 1e-9);
    }

    [Fact]
    public void The_same_identifier_in_two_parts_leaks() =>
        Assert.Equal([Cells[0].Id], Examine(new Split([Cells[0]], [Cells[1]], [Cells[0]])).SharedIds);

    private static LeakageReport Examine(Split split) => LeakageCheck.Examine(split, cancellation: TestContext.Current.CancellationToken);

    private static IEnumerable<string> Ids(IEnumerable<LabelledConfiguration> cells) => cells.Select(cell => cell.Id);

    private static LabelledConfiguration[] Labelled(IEnumerable<ExtendedXyzFrame> frames)
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), frames);
        return [.. Dataset.Read([folder.File("cells.xyz")]).Configurations];
    }
}
