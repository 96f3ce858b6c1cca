using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Tuning;

public sealed class SearchSpaceTests : IDisposable
{
    private static readonly TrainingOptions Shared = new() { Epochs = 30 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_published_grid_has_480_settings_and_each_combination_once()
    {
        ImmutableArray<TrainingOptions> grid = SearchSpace.Published.Grid(Shared);
        Assert.Equal(480, grid.Length);
        var expected = from model in new[] { "m1", "m2", "m3", "m4", "m5", "m6" }
                       from rate in new[] { 1e-2, 1e-3, 1e-4, 1e-5, 1e-6 }
                       from hidden in new[] { 32, 64, 128, 256 }
                       from dropout in new[] { 0, 0.2, 0.4, 0.6 }
                       select Shared with { Model = model, LearningRate = rate, Hidden = hidden, Dropout = dropout };
        Assert.Equal(480, grid.Intersect(expected).Count());
    }

    [Fact]
    public void Random_settings_of_lists_are_a_shuffle_of_the_grid_and_begin_alike_for_any_number()
    {
        ImmutableArray<TrainingOptions> all = SearchSpace.Published.Draw(Shared, 480, 3);
        Assert.Equal(480, all.Distinct().Count());
        Assert.Empty(all.Except(SearchSpace.Published.Grid(Shared)));
        Assert.NotEqual(all, SearchSpace.Published.Grid(Shared));
        Assert.Equal(all.Take(37), SearchSpace.Published.Draw(Shared, 37, 3));
        Assert.NotEqual(all, SearchSpace.Published.Draw(Shared, 480, 4));
        Assert.Contains("480", Assert.Throws<InputException>(() => SearchSpace.Published.Draw(Shared, 481, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_from_ranges_stay_inside_hold_no_settings_twice_and_are_uniform_on_their_scale()
    {
        SearchSpace space = Space("learning-rate: {low: 1e-4, high: 1e-2, scale: log}\nhidden: {low: 8, high: 11}\ndropout: {low: 0.1, high: 0.5}\n");
        ImmutableArray<TrainingOptions> drawn = space.Draw(Shared, 2000, 5);
        Assert.Equal(2000, drawn.Distinct().Count());
        Assert.All(drawn, each => Assert.True(each.LearningRate is >= 1e-4 and <= 1e-2 && each.Hidden is >= 8 and <= 11 && each.Dropout is >= 0.1 and <= 0.5));

        // 2000 draws: a share of one half has a standard deviation of 1.1 %, one of a quarter of 1.0 %.
        Assert.InRange(drawn.Count(each => each.LearningRate < 1e-3) / 2000.0, 0.45, 0.55);
        Assert.InRange(drawn.Count(each => each.Dropout < 0.2) / 2000.0, 0.2, 0.3);
        Assert.All(Enumerable.Range(8, 4), hidden => Assert.InRange(drawn.Count(each => each.Hidden == hidden) / 2000.0, 0.2, 0.3));
        Assert.Equal(drawn.Take(100), space.Draw(Shared, 100, 5));
    }

    [Fact]
    public void A_range_of_few_whole_numbers_ends_with_a_message_and_not_with_a_settings_twice()
    {
        SearchSpace space = Space("hidden: {low: 8, high: 11}");
        Assert.Equal([8, 9, 10, 11], space.Draw(Shared, 4, 1).Select(each => each.Hidden).Order());
        Assert.Contains("4 different", Assert.Throws<InputException>(() => space.Draw(Shared, 5, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_a_model_or_schedule_has_not_is_varied_for_the_others_alone()
    {
        ImmutableArray<TrainingOptions> grid = Space("schedule: [plateau, cosine]\nwarmup: [1, 2, 3]\nlayers: [1, 2]\nmodel: [m5, cgcnn]\n").Grid(Shared);
        Assert.Equal((1 + 2) * (1 + 3), grid.Length);
        Assert.All(grid, each => Assert.Equal(each.Model == "m5", each.Layers is null));
        Assert.Equal(3, grid.Count(each => each.Schedule == LearningRateSchedule.ReduceOnPlateau));
    }

    [Fact]
    public void The_order_of_the_lines_does_not_count_and_every_parameter_is_read_as_it_is_written()
    {
        string[] lines =
        [
            "model: painn", "layers: 2", "read-out: attention", "hidden: 24", "learning-rate: 0.003", "schedule: cosine", "warmup: 4", "weight-decay: 0.01", "clip: 1", "average: 0.99", "dropout: 0.1", "batch: 16",
        ];
        TrainingOptions options = Assert.Single(Space(string.Join('\n', lines)).Grid(Shared));
        Assert.Equal(
            Shared with
            {
                Model = "painn",
                Layers = 2,
                ReadOut = Pooling.Attention,
                Hidden = 24,
                LearningRate = 0.003,
                Schedule = LearningRateSchedule.WarmupCosine,
                WarmupEpochs = 4,
                WeightDecay = 0.01,
                GradientNormLimit = 1,
                AverageDecay = 0.99,
                Dropout = 0.1,
                BatchSize = 16,
            },
            options);
        Assert.Equal(options, Assert.Single(Space(string.Join('\n', lines.Reverse())).Grid(Shared)));
        Assert.Equal(lines, HyperParameter.All.Select(each => $"{each.Name}: {each.Read(options)}"));
        Assert.StartsWith("--model painn --layers 2 --read-out attention --hidden 24", HyperParameter.CommandLine(options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1", "nothing")]
    [InlineData("- m5\n", "line 1", "a list")]
    [InlineData("model: [m5]\nwidth: [1]\n", "line 2", "'width'", "hidden")]
    [InlineData("hidden: []\n", "line 1", "an empty list for 'hidden'")]
    [InlineData("hidden:\nmodel: [m5]\n", "line 1", "nothing for 'hidden'")]
    [InlineData("hidden: [8, many]\n", "line 1", "'many'", "a whole number")]
    [InlineData("hidden: [8.5]\n", "line 1", "'8.5'", "a whole number")]
    [InlineData("hidden: [8, 08]\n", "line 1", "8 twice")]
    [InlineData("model:\n  - m5\n  - m9\n", "line 3", "'m9'", "cgcnn")]
    [InlineData("dropout: 1\n", "line 1", "'1'", "not including")]
    [InlineData("dropout: {low: 0, high: 0.5, step: 0.1}\n", "line 1", "'step'", "low, high and scale")]
    [InlineData("dropout: {low: 0}\n", "line 1", "no 'high'")]
    [InlineData("dropout: {low: 0.5, high: 0.2}\n", "line 1", "rising")]
    [InlineData("dropout: {low: 0, high: 0.5, scale: log}\n", "line 1", "positive")]
    [InlineData("dropout: {low: 0, high: 0.5, scale: cubic}\n", "line 1", "'cubic'", "linear or log")]
    [InlineData("model: {low: 1, high: 6}\n", "line 1", "a range", "a list")]
    [InlineData("model: [m1, m5]\nlayers: [2, 3]\n", "layers", "cgcnn, schnet or painn")]
    [InlineData("warmup: [2, 3]\n", "warmup", "schedule cosine")]
    public void What_cannot_be_a_space_is_refused_with_its_line_and_what_was_expected(string text, params string[] parts)
    {
        string path = _folder.Write("space.yaml", text), message = Assert.Throws<InputException>(() => SearchSpaceFile.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_grid_refuses_ranges_and_settings_that_no_training_takes()
    {
        Assert.Contains("a grid needs lists", Assert.Throws<InputException>(() => Space("dropout: {low: 0, high: 0.5}").Grid(Shared)).Message, StringComparison.Ordinal);
        Assert.Contains("warm-up", Assert.Throws<InputException>(() => Space("schedule: cosine\nwarmup: 30").Grid(Shared)).Message, StringComparison.Ordinal);
    }

    private SearchSpace Space(string text) => SearchSpaceFile.Read(_folder.Write("space.yaml", text));
}
