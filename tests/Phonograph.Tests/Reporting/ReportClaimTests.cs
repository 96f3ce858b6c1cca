using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;

namespace Phonograph.Tests.Reporting;

public sealed class ReportClaimTests
{
    [Fact]
    public void No_advantage_is_claimed_when_the_difference_may_be_chance()
    {
        string page = Page(Study(new Interval(-0.002, -0.008, 0.004)));
        Assert.Contains("tested on all kinds, 280 training configurations: undecided; MAE(phonon) − MAE(random) = −0.0020 eV (95\u00a0% interval −0.0080 to 0.0040 eV), corrected p = 0.40.", page, StringComparison.Ordinal);
        Assert.Contains("Of 1 comparison on the same test cells: 1 undecided.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("gives the lower error", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.020, "phonon")]
    [InlineData(0.020, "random")]
    public void The_winner_is_named_by_the_sign_of_the_difference(double difference, string winner)
    {
        string page = Page(Study(new Interval(difference, difference - 0.005, difference + 0.005)));
        Assert.Contains($"training on {winner} data gives the lower error", page, StringComparison.Ordinal);
        Assert.Contains($"1 decided for {winner} data, 0 undecided", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Winning_on_ones_own_kind_is_said_to_be_no_evidence()
    {
        PairedComparison one = Study(new Interval(-0.02, -0.03, -0.01)).Comparisons[0] with { TestedOn = "phonon" };
        PairedComparison other = one with { TestedOn = "random", Difference = new Interval(0.02, 0.01, 0.03) };
        Assert.Contains("it is no evidence that any kind of training data is the better one", Page(Study(default) with { Comparisons = [one, other] }), StringComparison.Ordinal);
        Assert.DoesNotContain("no evidence", Page(Study(default) with { Comparisons = [one, other with { Difference = new Interval(-0.02, -0.03, -0.01) }] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.02, 0.01, "holds for band gap; not measured for energy per atom, valence band maximum, hydrostatic stress")]
    [InlineData(0.02, 0.01, "the opposite holds for band gap; not measured")]
    [InlineData(-0.02, 0.2, "not shown for band gap; not measured")]
    public void A_hypothesis_is_answered_by_the_corrected_difference_whichever_way_it_was_stored(double difference, double p, string expected)
    {
        var hypothesis = new Hypothesis("H1", "phonon is better", "phonon", "random", "phonon", null);
        PairedComparison one = Study(new Interval(difference, difference - 0.005, difference + 0.005)).Comparisons[0] with { TestedOn = "phonon", AdjustedPValue = p };
        Interval turned = new(-one.Difference.Value, -one.Difference.High, -one.Difference.Low);
        PairedComparison other = one with { TrainedOn = one.ComparedWith, ComparedWith = one.TrainedOn, Difference = turned };
        string[] pages = [.. new[] { one, other }.Select(comparison => Page(Study(default) with { Comparisons = [comparison], Hypotheses = [hypothesis] }))];
        Assert.All(pages, page => Assert.Contains($"H1 (phonon is better): {expected}", page, StringComparison.Ordinal));
        string sign = difference < 0 ? "−" : "";
        Assert.All(pages, page => Assert.Contains($"MAE(phonon) − MAE(random) = {sign}0.0200 eV", page, StringComparison.Ordinal));
        Assert.DoesNotContain("What was written down before", Page(Study(default) with { Hypotheses = [] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.8, 0.9, 0.1, 0.3, "holds for band gap")]
    [InlineData(0.8, 0.9, 0.1, 0.5, "not shown for band gap")]
    [InlineData(0.8, 0.9, 0.5, 0.6, "the opposite holds for band gap")]
    [InlineData(-0.2, 0.1, -0.9, -0.5, "not shown for band gap")]
    public void A_loss_of_a_share_of_R_squared_needs_both_intervals(double ownLow, double ownHigh, double low, double high, string expected)
    {
        StudyResult study = Study(default);
        MetricRecord own = study.Metrics.First(metric => metric.Model != "mean" && metric.Property == Property.BandGap && metric.TrainedOn == "phonon" && metric.TestedOn == "phonon") with { RSquared = new Interval((ownLow + ownHigh) / 2, ownLow, ownHigh) };
        MetricRecord other = own with { TestedOn = "random", RSquared = new Interval((low + high) / 2, low, high) };
        string page = Page(study with { Metrics = [own, other], Hypotheses = [new Hypothesis("H4", "half is lost", "phonon", null, "random", 0.5)] });
        Assert.Contains($"H4 (half is lost): {expected}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_beat_the_mean_baseline_is_said_not_to()
    {
        StudyResult study = Study(default);
        MetricRecord model = study.Metrics.First(metric => metric.Model != "mean" && metric.Property == Property.BandGap && metric.TrainedOn == "phonon" && metric.TestedOn == "phonon");
        study = study with { Metrics = [model with { MeanAbsoluteError = new Interval(0.1, 0.08, 0.12) }, model with { Model = "mean", MeanAbsoluteError = new Interval(0.11, 0.09, 0.13) }] };
        Assert.Contains("the intervals overlap, so that the model is not shown to be better", Page(study), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_does_not_beat_a_simple_baseline_is_said_not_to()
    {
        BaselineResult Result(string baseline, double difference, double p) => new(
            Property.BandGap, "phonon", "phonon", 280, "m4", baseline, new Interval(difference, difference - 0.005, difference + 0.005), p, "test");
        StudyResult study = Study(default) with { BaselineResults = [Result("mean", -0.06, 0.01), Result("ridge-radial", 0.02, 0.01), Result("ridge-modes", -0.002, 0.4)] };
        string page = Page(study);
        Assert.Contains(
            "the network beats mean; it is not shown to beat ridge-radial (0.0200 eV (95\u00a0% interval 0.0150 to 0.0250 eV), baseline better), ridge-modes (−0.0020 eV (95\u00a0% interval −0.0070 to 0.0030 eV), undecided).", page, StringComparison.Ordinal);
        Assert.Contains("the network has the lower error in 0 of 1 comparisons on its own kind of test cells, the higher one in 1, and 0 are undecided; not beaten: Band gap on phonon (worse).", page, StringComparison.Ordinal);
        Assert.Contains("Table 2.", page, StringComparison.Ordinal);
        string won = Page(study with { BaselineResults = [Result("mean", -0.06, 0.01), Result("ridge-radial", -0.02, 0.01)] });
        Assert.Contains("the network beats mean, ridge-radial, that is all of them.", won, StringComparison.Ordinal);
        Assert.Contains("not compared with simple baselines", Page(study with { BaselineResults = [] }), StringComparison.Ordinal);
    }

    private static StudyResult Study(Interval difference) => SyntheticStudy.Create(perCondition: 20) with
    {
        Comparisons = [new PairedComparison(Property.BandGap, "combined", "phonon", "random", 280, difference, difference.Low > 0 || difference.High < 0 ? 0.01 : 0.4, "test")],
        Example = null,
        TrainingCurves = [],
        Configurations = [],
        Predictions = [],
    };

    private static string Page(StudyResult result)
    {
        using var folder = new TemporaryFolder();
        return File.ReadAllText(ReportWriter.Write(result, folder.Path, cancellation: TestContext.Current.CancellationToken).PagePath);
    }
}
