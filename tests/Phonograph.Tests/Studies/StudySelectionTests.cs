using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Learning.Training;
using Phonograph.Studies;
using Phonograph.Testing;
using Phonograph.Tests.Datasets;

namespace Phonograph.Tests.Studies;

public sealed class StudySelectionTests
{
    private static readonly TrainingOptions Settings = new() { Hidden = 4, Epochs = 3, Patience = 3 };

    [Fact]
    public void The_labels_of_test_cells_change_nothing()
    {
        using var folder = new TemporaryFolder();
        List<ExtendedXyzFrame> frames = LabelledFrames.Study(12);
        ImmutableArray<SettingsTrial> before = Run(folder, frames, "before");
        HashSet<string> test = [.. TrainingDraws.Create(Dataset.Read([folder.File("before.xyz")]), seed: 1).Test.Select(cell => cell.Id)];
        ImmutableArray<SettingsTrial> after = Run(folder, [.. frames.Select(frame => test.Contains(frame.Info["id"]) ? Other(frame) : frame)], "after");
        Assert.Equal(Errors(before), Errors(after));
        Assert.NotEqual(Errors(before), Errors(Run(folder, [.. frames.Select(frame => test.Contains(frame.Info["id"]) ? frame : Other(frame))], "others")));
    }

    [Fact]
    public void The_lowest_validation_error_comes_first()
    {
        using var folder = new TemporaryFolder();
        ImmutableArray<SettingsTrial> trials = Run(folder, LabelledFrames.Study(12), "cells");
        Assert.Equal(3, trials.Length);
        Assert.Equal(trials.Select(trial => trial.MeanError).Order(), trials.Select(trial => trial.MeanError));
        Assert.All(trials, trial => Assert.Equal(2, trial.ValidationMeanAbsoluteErrors.Length));
    }

    [Fact]
    public void Every_published_architecture_is_a_candidate() =>
        Assert.Equal(["m1", "m2", "m3", "m4", "m5", "m6"], StudySelection.Candidates(Settings).Select(candidate => candidate.Model).Distinct());

    private static ImmutableArray<SettingsTrial> Run(TemporaryFolder folder, List<ExtendedXyzFrame> frames, string name)
    {
        string cells = folder.File(name + ".xyz");
        ExtendedXyz.Write(cells, frames);
        var options = new StudyOptions { DataFiles = [cells], CacheFolder = folder.File(name), Draws = 2, Training = Settings };
        return StudySelection.Run(options, [Settings, Settings with { Model = "m2" }, Settings with { LearningRate = 1e-2 }]);
    }

    private static ExtendedXyzFrame Other(ExtendedXyzFrame frame)
    {
        double gap = double.Parse(frame.Info["band_gap_eV"], CultureInfo.InvariantCulture);
        return frame with { Info = frame.Info.SetItem("band_gap_eV", (3 - gap).ToString("R", CultureInfo.InvariantCulture)) };
    }

    private static IEnumerable<(string Model, double Rate, string Errors)> Errors(IEnumerable<SettingsTrial> trials) =>
        trials.Select(trial => (trial.Settings.Model, trial.Settings.LearningRate, string.Join(' ', trial.ValidationMeanAbsoluteErrors)));
}
