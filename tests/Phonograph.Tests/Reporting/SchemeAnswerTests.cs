using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Tests.Reporting;

/// <summary>Hypotheses about schemes, answered from made-up numbers whose answers are plain.</summary>
public sealed class SchemeAnswerTests
{
    private const string Frames = SyntheticComparison.Frames;

    [Theory]
    [InlineData(-0.02, 0.01, "holds")]
    [InlineData(0.02, 0.01, "the opposite holds")]
    [InlineData(-0.02, 0.20, "not shown")]
    public void A_lower_error_needs_a_small_p_value_whichever_scheme_was_stored_first(double difference, double p, string expected)
    {
        var hypothesis = new SchemeHypothesis("P1", "better", SchemeHypothesisKind.LowerError, "phonon", "uniform", Frames, null);
        SchemeDifference straight = SyntheticComparison.Difference("phonon", "uniform", difference, p), turned = SyntheticComparison.Difference("uniform", "phonon", -difference, p), elsewhere = straight with { TestedOn = "phonon" };
        Assert.Equal([expected], Verdicts(hypothesis, differences: [straight, elsewhere]));
        Assert.Equal([expected], Verdicts(hypothesis, differences: [turned]));

        // Outside a family there is no corrected p-value: the plain one decides, and the text says so.
        SchemeDifference plain = straight with { AdjustedPValue = double.NaN };
        Assert.Equal([expected], Verdicts(hypothesis, differences: [plain]));
        Assert.Contains("P1 (better): band gap: " + expected + " (m6).", Text(hypothesis, [plain]), StringComparison.Ordinal);
        Assert.Contains("P1 (better): not measured.", Text(hypothesis, [elsewhere]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, 0.02, "holds")]
    [InlineData(-0.01, 0.02, "the opposite holds")]
    [InlineData(0.01, 0.06, "not shown")]
    public void A_sum_of_errors_is_above_zero_or_not(double value, double p, string expected)
    {
        var hypothesis = new SchemeHypothesis("P3", "amplitude", SchemeHypothesisKind.ContrastAboveZero, "a - b", "", Frames, null);
        Assert.Equal([expected], Verdicts(hypothesis, contrasts: [new SchemeContrast("?", "a - b", Property.BandGap, "m6", Frames, new Interval(value, value - 0.005, value + 0.005), p), new SchemeContrast("?", "b - a", Property.BandGap, "m6", Frames, default, p)]));
    }

    [Theory]
    [InlineData(0.3, 0.45, "holds")]
    [InlineData(0.3, 0.55, "not shown")]
    [InlineData(0.6, 0.90, "the opposite holds")]
    public void Fine_tuning_halves_the_error_where_the_interval_of_the_ratio_says_so(double low, double high, string expected)
    {
        var hypothesis = new SchemeHypothesis("P4", "halved", SchemeHypothesisKind.FineTunedBelow, "", "", Frames, 0.5);
        SchemeDifference tuned = SyntheticComparison.Difference("phonon", "phonon", -0.01, 0.01);
        tuned = tuned with { Family = DifferenceFamily.FineTuning, First = new TrainedWay("m6 fine-tuned", "phonon"), Numbers = tuned.Numbers with { Ratio = new Interval((low + high) / 2, low, high) } };
        Assert.Equal([expected], Verdicts(hypothesis, differences: [tuned, SyntheticComparison.Difference("phonon", "uniform", -0.02, 0.01)]));
    }

    [Fact]
    public void Two_models_have_the_same_order_or_another()
    {
        var hypothesis = new SchemeHypothesis("P5", "same order", SchemeHypothesisKind.SameOrder, "m6", "painn", Frames, null);
        SchemeError[] same = [SyntheticComparison.Error("m6", "phonon", 0.05), SyntheticComparison.Error("m6", "uniform", 0.1), SyntheticComparison.Error("painn", "phonon", 0.02), SyntheticComparison.Error("painn", "uniform", 0.03)];
        Assert.Equal(["the same"], Verdicts(hypothesis, errors: same));
        Assert.Equal(["another"], Verdicts(hypothesis, errors: [.. same[..3], SyntheticComparison.Error("painn", "uniform", 0.01)]));
        Assert.Empty(Verdicts(hypothesis, errors: same[..2]));
    }

    private static string[] Verdicts(SchemeHypothesis hypothesis, SchemeDifference[]? differences = null, SchemeContrast[]? contrasts = null, SchemeError[]? errors = null)
    {
        using var folder = new TemporaryFolder();
        ComparisonFiles.Write(folder.Path, SyntheticComparison.Create(hypothesis) with { Differences = [.. differences ?? []], Contrasts = [.. contrasts ?? []], Errors = [.. errors ?? []] });
        return [.. File.ReadAllLines(Path.Combine(folder.Path, "hypotheses.csv")).Skip(1).Select(line => line.Split(',')[5])];
    }

    private static string Text(SchemeHypothesis hypothesis, SchemeDifference[] differences)
    {
        using var folder = new TemporaryFolder();
        ComparisonFiles.Write(folder.Path, SyntheticComparison.Create(hypothesis) with { Differences = [.. differences] });
        return File.ReadAllText(Path.Combine(folder.Path, "comparison.md"));
    }
}
