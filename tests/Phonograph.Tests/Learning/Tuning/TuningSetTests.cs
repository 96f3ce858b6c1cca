using System.Collections.Immutable;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Testing;
using Phonograph.Tests.Datasets;

namespace Phonograph.Tests.Learning.Tuning;

public sealed class TuningSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Test_cells_take_no_part_whatever_their_labels_say()
    {
        Split division = Division("plain", id => 1);
        var test = division.Test.Select(cell => cell.Id).ToHashSet();
        Assert.Equal(12, test.Count);
        Split spoilt = Division("spoilt", id => test.Contains(id) ? 1000 : 1);
        Assert.Equal(test, spoilt.Test.Select(cell => cell.Id).ToHashSet());
        Assert.All(spoilt.Test, cell => Assert.True(cell.BandGapElectronvolt > 500));

        TuningSet set = Draw([Source("all", division)], null)[0], other = Draw([Source("all", spoilt)], null)[0];
        Assert.Equal(68, set.Data.Training.Length + set.Data.Validation.Length);
        Assert.DoesNotContain(set.Data.Training.Concat(set.Data.Validation), each => test.Contains(each.Configuration));
        Assert.Equal(TrainingFingerprint.Of(set.Data, new TrainingOptions()), TrainingFingerprint.Of(other.Data, new TrainingOptions()));

        TuningOptions options = new(SearchSpaceFile.Read(_folder.Write("space.yaml", "hidden: [4, 8]")), TuningStrategy.Grid) { Epochs = 2 };
        TuningResult[] results = [.. new[] { set, other }.Select((each, number) => Tuner.Run([each], options, _folder.File($"work-{number}"), cancellation: TestContext.Current.CancellationToken))];
        Assert.Equal(results[0].Sets[0].Trials.Select(trial => trial.ValidationMeanAbsoluteError), results[1].Sets[0].Trials.Select(trial => trial.ValidationMeanAbsoluteError));
    }

    [Fact]
    public void Sets_get_equally_many_cells_in_the_shares_of_a_division()
    {
        Split division = Division("plain", id => 1);
        TuningSource[] sources = [Source("phonon", division.OfClass("phonon")), Source("random", division.OfClass("random")), Source("combined", division)];
        Assert.All(Draw(sources, 40), set => Assert.Equal((28, 6), (set.Data.Training.Length, set.Data.Validation.Length)));
        Assert.All(Draw(sources, null), set => Assert.Equal((28, 6), (set.Data.Training.Length, set.Data.Validation.Length)));
        Assert.All(Draw(sources, 20), set => Assert.Equal((14, 3), (set.Data.Training.Length, set.Data.Validation.Length)));
        TuningSet combined = Draw(sources, 20)[2];
        Assert.Equal(7, combined.Data.Training.Count(each => each.Scheme == "phonon"));
        Assert.All(Draw(sources, 20).Zip(Draw(sources, 20)), pair => Assert.Equal(TrainingFingerprint.Of(pair.First.Data, new TrainingOptions()), TrainingFingerprint.Of(pair.Second.Data, new TrainingOptions())));
    }

    [Theory]
    [InlineData(200, "--cells 200: needs 140 training and 30 validation cells; 'phonon' has 28 and 6")]
    [InlineData(2, "Ask for more")]
    public void Numbers_of_cells_that_no_set_has_are_refused(int cells, string part) => Assert.Contains(
        part, Assert.Throws<InputException>(() => Draw([Source("phonon", Division("plain", id => 1).OfClass("phonon"))], cells)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_sets_of_one_name_are_refused()
    {
        Split division = Division("plain", id => 1);
        Assert.Contains("'a'", Assert.Throws<InputException>(() => Draw([Source("a", division), Source("a", division)], null)).Message, StringComparison.Ordinal);
    }

    private static TuningSource Source(string name, Split division) => new(name, division, "tight-binding", "model-1");

    private static ImmutableArray<TuningSet> Draw(IReadOnlyList<TuningSource> sources, int? cells) => TuningSet.Draw(sources, Property.BandGap, cells, seed: 0, cancellation: TestContext.Current.CancellationToken);

    /// <summary>40 phonon-informed and 40 random cells, with a factor on the band gap of each.</summary>
    private Split Division(string name, Func<string, double> factor)
    {
        IEnumerable<ExtendedXyzFrame> frames = Enumerable.Range(0, 80).Select(index =>
        {
            bool isPhonon = index < 40;
            string id = $"cell-{index}";
            ExtendedXyzFrame frame = LabelledFrames.Frame(id, isPhonon ? "phonon" : "uniform", isPhonon ? 300 : null, isPhonon ? null : 0.4, (ulong)index);
            string gap = (double.Parse(frame.Info["band_gap_eV"], System.Globalization.CultureInfo.InvariantCulture) * factor(id)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return frame with { Info = frame.Info.SetItem("band_gap_eV", gap) };
        });
        string path = _folder.File(name + ".xyz");
        ExtendedXyz.Write(path, frames);
        return Split.Create(Dataset.Read([path]).Configurations, new SplitOptions { Seed = 0 });
    }
}
