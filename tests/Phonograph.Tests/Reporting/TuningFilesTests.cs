using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Reporting;

namespace Phonograph.Tests.Reporting;

public sealed class TuningFilesTests : IDisposable
{
    private readonly Phonograph.Testing.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_trials_are_listed_by_rank_and_the_best_is_a_space_of_one()
    {
        TuningFiles.Write(_folder.Path, Result(TuningStrategy.Asha, 1, 0.05, 900));
        string[] lines = File.ReadAllLines(_folder.File("trials.csv"));
        string[] header = lines[0].Split(',');
        Assert.Equal(["1", "2", "3", "4"], lines[1..].Select(line => line.Split(',')[Array.IndexOf(header, "rank")]));
        Assert.Equal(["finished", "not promoted", "diverged", "not begun"], lines[1..].Select(line => line.Split(',')[Array.IndexOf(header, "outcome")]));
        Assert.Equal("2:0.09:promoted 8:0.05", lines[1].Split(',')[Array.IndexOf(header, "validation_mae_of_each_rung")]);
        Assert.All(lines, line => Assert.Equal(header.Length, line.Split(',').Length));

        using JsonDocument best = JsonDocument.Parse(File.ReadAllText(_folder.File("best.json")));
        JsonElement set = best.RootElement.GetProperty("sets")[0];
        Assert.Equal((2, 0.05), (set.GetProperty("trial").GetInt32(), set.GetProperty("validation_mae").GetDouble()));
        Assert.Contains("--model schnet --layers 2", set.GetProperty("train_options").GetString(), StringComparison.Ordinal);
        Assert.Equal(Settings("schnet"), Assert.Single(SearchSpaceFile.Read(_folder.File("best-cells.yaml")).Grid(new TrainingOptions { Epochs = 8 })));

        string[] drawn = File.ReadAllLines(_folder.File("tuning.csv"));
        Assert.Equal(["search,graph_steps,best_validation_mae,unit,trial,epochs", "cells,50,0.09,eV,2,2", "cells,900,0.05,eV,2,8"], drawn);
        Assert.True(new FileInfo(_folder.File("tuning.png")).Length > 5000);
        Assert.StartsWith("<", File.ReadAllText(_folder.File("tuning.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Searches_are_measured_by_the_first()
    {
        TuningFiles.WriteComparison(_folder.Path, [("grid", Result(TuningStrategy.Grid, 1, 0.06, 9000)), ("asha", Result(TuningStrategy.Asha, 2, 0.05, 900)), ("poor", Result(TuningStrategy.Asha, 3, 0.07, 450))]);
        string[] lines = File.ReadAllLines(_folder.File("comparison.csv"));
        string[] header = lines[0].Split(',');
        string Cell(int line, string column) => lines[line].Split(',')[Array.IndexOf(header, column)];
        Assert.Equal(["1", "0.1", "0.05"], Enumerable.Range(1, 3).Select(line => Cell(line, "share_of_first")));
        Assert.Equal(["9000", "900", ""], Enumerable.Range(1, 3).Select(line => Cell(line, "graph_steps_to_first")));
        Assert.Equal(["0.06", "0.05", "0.07"], Enumerable.Range(1, 3).Select(line => Cell(line, "best_validation_mae")));
        Assert.Equal(0.01, double.Parse(Cell(3, "difference_from_first"), System.Globalization.CultureInfo.InvariantCulture), 12);
        Assert.True(File.Exists(_folder.File("tuning.svg")));
    }

    [Fact]
    public void Searches_of_two_properties_are_not_compared() => Assert.Contains(
        "band_gap, vbm",
        Assert.Throws<InputException>(() => TuningFiles.WriteComparison(
            _folder.Path, [("a", Result(TuningStrategy.Grid, 1, 1, 1)), ("b", Result(TuningStrategy.Grid, 1, 1, 1) with { Property = Property.ValenceBandMaximum })])).Message,
        StringComparison.Ordinal);

    private static TrainingOptions Settings(string model) => new() { Model = model, Layers = model == "schnet" ? 2 : null, Hidden = 12, Epochs = 8, LearningRate = 3e-4 };

    private static TuningResult Result(TuningStrategy strategy, ulong seed, double best, long graphSteps)
    {
        ImmutableArray<TrialRecord> trials =
        [
            new(2, Settings("schnet"), best, 80, TrialOutcome.Finished, [new(2, 0.09, true), new(8, best, false)], [new(1, 8, 7, best, true)]),
            new(1, Settings("m5"), 0.2, 20, TrialOutcome.NotPromoted, [new(2, 0.2, false)], [new(1, 2, 2, 0.2, false)]),
            new(3, Settings("m6"), null, 10, TrialOutcome.Diverged, [new(2, null, false)], [new(1, 1, 0, null, true)]),
            new(4, Settings("m4"), null, 0, TrialOutcome.NotBegun, [], []),
        ];
        return new TuningResult(
            Property.BandGap, "space", ["model: [m5, schnet]"], strategy, [2, 8], 4, null, 1, seed, 8,
            [new SetTuning("cells", 10, 3, graphSteps, trials, [new TuningPoint(50, 2, 2, 0.09), new TuningPoint(graphSteps, 2, 8, best)])]);
    }
}
