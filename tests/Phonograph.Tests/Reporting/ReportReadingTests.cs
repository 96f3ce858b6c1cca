using System.Text.RegularExpressions;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;

namespace Phonograph.Tests.Reporting;

/// <summary>What a careful reader of the page needs: digits that mean something, names that are explained, numbers of cells behind a point.</summary>
[Collection<ReportWrittenOnce>]
public sealed partial class ReportReadingTests(WrittenReport report)
{
    [Theory]
    [InlineData(0.272, -532.84, 0.823, "0.27 [−533, 0.82]")]
    [InlineData(0.9954, 0.9921, 0.9979, "0.995 [0.992, 0.998]")]
    [InlineData(-12.34, -47.06, 0.333, "−12.3 [−47.1, 0.33]")]
    public void A_wide_interval_does_not_take_the_digits_from_a_coefficient_of_determination(double value, double low, double high, string shown) =>
        Assert.Contains(shown, Shown(metric => metric with { RSquared = new Interval(value, low, high) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.206222, 0.206155, 0.206289, "0.2062 [0.2062, 0.2063]")]
    [InlineData(0.0617, 0.0304, 0.1043, "0.062 [0.030, 0.104]")]
    [InlineData(7.1, 6.2, 8.4, "7.1 [6.2, 8.4]")]
    public void An_interval_that_is_far_too_narrow_does_not_make_digits(double value, double low, double high, string shown) =>
        Assert.Contains(shown, Shown(metric => metric with { MeanAbsoluteError = new Interval(value, low, high) }), StringComparison.Ordinal);

    [Fact]
    public void The_page_forbids_itself_every_request() =>
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">", report.Page, StringComparison.Ordinal);

    [Fact]
    public void Kinds_of_data_and_abbreviations_are_explained_where_they_are_first_used()
    {
        string summary = report.Page[report.Page.IndexOf("id=\"summary\"", StringComparison.Ordinal)..report.Page.IndexOf("id=\"system\"", StringComparison.Ordinal)];
        Assert.All(
            ["phonon: cells drawn from the thermal vibrations", "random: cells whose atoms are displaced at random", "combined: a share of each", "MAE: mean absolute error", "R²: coefficient of determination"],
            term => Assert.Contains(term, summary, StringComparison.Ordinal));
        Assert.Contains("VBM: valence band maximum, zero: average electrostatic potential", report.Page, StringComparison.Ordinal);
        StudyResult named = Bare(report.Study) with { Hyperparameters = [new HyperparameterRow(Property.BandGap.Key, "m4", "phonon", [new("architecture", "3 convolutions, mean pooling")])] };
        Assert.Contains("model m4: 3 convolutions, mean pooling (settings in Table 5)", Page(named), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_by_temperature_say_how_many_cells_stand_behind_them()
    {
        Assert.Contains("15 test cells stand behind each point. ", report.Page, StringComparison.Ordinal);
        Assert.Contains("3 test cells stand behind each point: fewer than ten say little", Page(SyntheticStudy.Create(perCondition: 20) with { Example = null, TrainingCurves = [], LearningCurves = [] }), StringComparison.Ordinal);
    }

    /// <summary>The text of the page of a study with one changed model, blanks of cells as ordinary ones.</summary>
    private string Shown(Func<MetricRecord, MetricRecord> change)
    {
        StudyResult study = Bare(report.Study) with { Metrics = [change(report.Study.Metrics[0])] };
        return Tags().Replace(Page(study), " ").Replace('\u00a0', ' ');
    }

    /// <summary>The study without most of its figures.</summary>
    private static StudyResult Bare(StudyResult study) => study with { Example = null, TrainingCurves = [], Configurations = [], Predictions = [], LearningCurves = [] };

    private static string Page(StudyResult result)
    {
        using var folder = new TemporaryFolder();
        return File.ReadAllText(ReportWriter.Write(result, folder.Path, cancellation: TestContext.Current.CancellationToken).PagePath);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
