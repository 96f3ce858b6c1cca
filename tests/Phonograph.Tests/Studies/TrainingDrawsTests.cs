using System.Collections.Immutable;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Studies;
using Phonograph.Testing;
using Phonograph.Tests.Datasets;

namespace Phonograph.Tests.Studies;

public sealed class TrainingDrawsTests
{
    private static readonly string[] Kinds = ["phonon", "random", TrainingDraws.Combined];

    [Fact]
    public void The_test_set_is_the_same_for_every_kind_and_draw_and_never_trained_on()
    {
        TrainingDraws draws = Draws(seed: 1);
        string[] test = [.. draws.Test.Select(cell => cell.Id)];
        foreach (string kind in Kinds)
        {
            for (int draw = 0; draw < 4; draw++)
            {
                Split split = draws.Of(kind, draw, draws.FullSize);
                Assert.Equal(test, split.Test.Select(cell => cell.Id));
                Assert.Empty(split.Training.Concat(split.Validation).Select(cell => cell.Id).Intersect(test));
                Assert.Empty(split.Training.Select(cell => cell.Id).Intersect(split.Validation.Select(cell => cell.Id)));
            }
        }
    }

    [Fact]
    public void Every_kind_has_the_same_number_of_training_and_validation_cells()
    {
        TrainingDraws draws = Draws(seed: 2);
        foreach (string kind in Kinds)
        {
            Split split = draws.Of(kind, 0, draws.FullSize);
            Assert.Equal(draws.FullSize, split.Training.Length);
            Assert.Equal(draws.ValidationSize, split.Validation.Length);
        }
    }

    [Fact]
    public void The_combined_kind_is_half_of_each()
    {
        TrainingDraws draws = Draws(seed: 3);
        Split split = draws.Of(TrainingDraws.Combined, 0, draws.FullSize);
        Assert.InRange(split.Training.Count(cell => cell.SchemeClass == "phonon"), (draws.FullSize / 2) - 2, (draws.FullSize / 2) + 2);
    }

    [Fact]
    public void Draws_differ_and_smaller_sets_of_a_draw_are_part_of_larger_ones()
    {
        TrainingDraws draws = Draws(seed: 4);
        string[] first = Ids(draws.Of("phonon", 0, draws.FullSize)), second = Ids(draws.Of("phonon", 1, draws.FullSize));
        Assert.NotEqual(first.Order(), second.Order());
        Assert.Empty(Ids(draws.Of("phonon", 0, draws.FullSize / 2)).Except(first));
        Assert.Empty(Ids(draws.Of("phonon", 0, draws.FullSize / 4)).Except(Ids(draws.Of("phonon", 0, draws.FullSize / 2))));
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws_and_another_seed_other_test_cells()
    {
        Assert.Equal(Ids(Draws(seed: 5).Of("random", 2, 10)), Ids(Draws(seed: 5).Of("random", 2, 10)));
        Assert.NotEqual(Draws(seed: 5).Test.Select(cell => cell.Id), Draws(seed: 6).Test.Select(cell => cell.Id));
    }

    [Fact]
    public void Frames_of_molecular_dynamics_are_test_cells_alone_and_change_no_draw()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyzFrame[] frames =
        [
            .. Enumerable.Range(0, 6).Select(place => LabelledFrames.Frame(
                $"md-{place}", "dynamics", 300, null, 900 + (ulong)place, ("run", "1"), ("time_fs", $"{40 * place}"), ("group", $"block-{place / 2}"), ("block_fs", "80"))),
        ];
        string cells = folder.File("cells.xyz"), dynamics = folder.File("frames.xyz");
        ExtendedXyz.Write(cells, LabelledFrames.Study(40));
        ExtendedXyz.Write(dynamics, frames);
        TrainingDraws without = Draws(seed: 5), with = TrainingDraws.Create(Dataset.Read([cells, dynamics]), 5);
        Assert.Equal(Kinds, with.Kinds);
        Assert.Equal([.. Kinds, "dynamics"], with.TestKinds);
        Assert.Equal(Kinds, without.TestKinds);
        Assert.Equal(Ids(without.Of("random", 2, 10)), Ids(with.Of("random", 2, 10)));
        Assert.Equal(without.FullSize, with.FullSize);
        Assert.Equal([.. without.Test.Select(cell => cell.Id), .. frames.Select(frame => frame.Info["id"])], with.Test.Select(cell => cell.Id));
        Assert.Equal((3, 80.0), (with.Blocks.Values.Distinct().Count(), with.BlockFemtosecond));
        Assert.Equal(frames.Select(frame => frame.Info["id"]).Order(StringComparer.Ordinal), with.Blocks.Keys.Order(StringComparer.Ordinal));

        ImmutableArray<Prediction> predictions = [.. with.Test.Select(cell => new Prediction(cell.Id, cell.SchemeClass, "test", 1, 1, false))];
        Assert.Equal(without.Test.Length, TrainingDraws.Of(predictions, TrainingDraws.Combined).Length);
        Assert.Equal(frames.Length, TrainingDraws.Of(predictions, "dynamics").Length);
        Assert.Equal(with.TestKinds.Where(kind => kind != TrainingDraws.Combined).Sum(kind => TrainingDraws.Of(predictions, kind).Length), predictions.Length);
    }

    private static string[] Ids(Split split) => [.. split.Training.Select(cell => cell.Id)];

    private static TrainingDraws Draws(ulong seed)
    {
        using var folder = new TemporaryFolder();
        string cells = folder.File("cells.xyz");
        ExtendedXyz.Write(cells, LabelledFrames.Study(40));
        return TrainingDraws.Create(Dataset.Read([cells]), seed);
    }
}
