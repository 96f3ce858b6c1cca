using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>
/// The sentences of the report, made from the numbers. A difference is asserted only where its corrected p-value is below 5 %; otherwise the
/// sentence says that it is undecided.
/// </summary>
internal static class Claims
{
    /// <summary>How well a model predicts one test set, against the spread of the labels and the mean baseline.</summary>
    internal static string Accuracy(MetricRecord metric, MetricRecord? baseline)
    {
        Property property = metric.Property;
        Interval share = StudyView.ErrorOverSpread(metric);
        string sentence =
            $"Trained on {metric.TrainingSize} {metric.TrainedOn} configurations, model {metric.Model} predicts the {Lower(property)} of {metric.TestCount} test cells ({Kind(metric.TestedOn)}) "
            + $"with a mean absolute error of {Numbers.InWords(metric.MeanAbsoluteError, property.Unit)}, that is {Numbers.Significant(share.Value, 2)} of their label spread of "
            + $"{Numbers.Significant(metric.LabelStandardDeviation.Value)} {property.Unit}; R² is {Numbers.RSquaredInWords(metric.RSquared)}.";
        return baseline is null ? sentence : sentence + " " + AgainstBaseline(metric, baseline);
    }

    /// <summary>Whether a model beats the answer that ignores the structure.</summary>
    internal static string AgainstBaseline(MetricRecord metric, MetricRecord baseline)
    {
        string answer = $"Always answering the mean training label gives {Numbers.InWords(baseline.MeanAbsoluteError, metric.Property.Unit)}";
        return (metric.MeanAbsoluteError, baseline.MeanAbsoluteError) switch
        {
            var (model, mean) when model.High < mean.Low => $"{answer}; the model is better, the intervals do not overlap.",
            var (model, mean) when model.Low > mean.High => $"{answer}; the model is worse than that.",
            _ => $"{answer}; the intervals overlap, so that the model is not shown to be better.",
        };
    }

    /// <summary>Whether one kind of training data beats another.</summary>
    internal static string Comparison(PairedComparison comparison)
    {
        string unit = comparison.Property.Unit;
        string difference = $"{Numbers.InWords(comparison.Difference, unit)}";
        string where = $"{comparison.Property.Title}, tested on {Kind(comparison.TestedOn)}, {comparison.TrainingSize} training configurations";
        if (!double.IsFinite(comparison.Difference.Value))
        {
            return $"{where}: not computed.";
        }

        string p = $"corrected p {(comparison.AdjustedPValue < 0.001 ? "< 0.001" : "= " + Numbers.Significant(comparison.AdjustedPValue, 2))}";
        return comparison.IsDecided
            ? $"{where}: training on {Winner(comparison)} data gives the lower error; MAE({comparison.TrainedOn}) − MAE({comparison.ComparedWith}) = {difference}, {p}."
            : $"{where}: undecided; MAE({comparison.TrainedOn}) − MAE({comparison.ComparedWith}) = {difference}, {p}.";
    }

    /// <summary>How many of a list of comparisons are decided, and for whom.</summary>
    internal static string Tally(IReadOnlyCollection<PairedComparison> comparisons)
    {
        if (comparisons.Count == 0)
        {
            return "No two kinds of training data were compared on the same test cells; nothing is claimed about which is better.";
        }

        IEnumerable<string> decided = comparisons.Where(comparison => comparison.IsDecided).GroupBy(Winner)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} decided for {group.Key} data");
        int undecided = comparisons.Count(comparison => !comparison.IsDecided);
        return $"Of {comparisons.Count} {(comparisons.Count == 1 ? "comparison" : "comparisons")} on the same test cells: {string.Join(", ", decided.Append($"{undecided} undecided"))}. "
            + $"Decided means a p-value below 5 % after the correction named in {TableNumber.Comparisons}; the intervals are 95 % each, without it.";
    }

    /// <summary>Says that wins on one's own kind of test cells are no evidence, where that is what the numbers show; else null.</summary>
    internal static string? OwnKind(IReadOnlyCollection<PairedComparison> comparisons)
    {
        string[] own = [.. comparisons.Where(comparison => comparison.IsDecided && Winner(comparison) == comparison.TestedOn).Select(Winner).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return own.Length > 1
            ? $"Each of {string.Join(" and ", own)} is better on test cells of its own kind. That shows that the kinds of cells differ; it is no evidence that any kind of training data is the better one."
            : null;
    }

    /// <summary>How many models beat the answer that ignores the structure.</summary>
    internal static string BaselineTally(StudyView view)
    {
        var pairs = (from property in Property.All
                     from kind in view.TrainingKinds
                     let metric = view.Metric(property, kind, kind)
                     let baseline = view.Baseline(property, kind, kind)
                     where metric is not null && baseline is not null
                     select (metric, baseline)).ToList();
        int better = pairs.Count(pair => pair.metric.MeanAbsoluteError.High < pair.baseline.MeanAbsoluteError.Low);
        int worse = pairs.Count(pair => pair.metric.MeanAbsoluteError.Low > pair.baseline.MeanAbsoluteError.High);
        return pairs.Count == 0
            ? "No model was compared with the mean baseline on its own kind of test cells."
            : $"Of {pairs.Count} models tested on their own kind {better} {(better == 1 ? "has" : "have")} a mean absolute error below that of always answering the mean training label, with intervals that do not overlap; "
              + $"{worse} {(worse == 1 ? "is" : "are")} worse than that answer; for {pairs.Count - better - worse} the intervals overlap.";
    }

    /// <summary>In one word, how a model stands against the mean baseline.</summary>
    internal static string BaselineVerdict(MetricRecord metric, MetricRecord? baseline) =>
        baseline is null || !double.IsFinite(baseline.MeanAbsoluteError.Value) || !double.IsFinite(metric.MeanAbsoluteError.Value) ? "not compared"
        : metric.MeanAbsoluteError.High < baseline.MeanAbsoluteError.Low ? "better"
        : metric.MeanAbsoluteError.Low > baseline.MeanAbsoluteError.High ? "worse"
        : "undecided";

    /// <summary>At how many ends of learning curves the error still falls.</summary>
    internal static string CurveTally(IReadOnlyCollection<LearningCurve> curves)
    {
        LearningCurve[] ended = [.. curves.Where(curve => curve.Points.Length > 1)];
        int falling = ended.Count(curve => curve.Points[^1].MeanAbsoluteError.High < curve.Points[^2].MeanAbsoluteError.Low);
        return $"Between the two largest training sets the mean absolute error falls with intervals that do not overlap in {falling} of {ended.Length} learning curves of the band gap; "
            + "where the intervals overlap, neither a further fall nor a plateau is shown.";
    }

    /// <summary>In a few words, whether the error still falls at the end of a learning curve.</summary>
    internal static string CurveVerdict(LearningCurve curve) => curve.Points.Length < 2 ? "one size only"
        : curve.Points[^1].MeanAbsoluteError.High < curve.Points[^2].MeanAbsoluteError.Low ? "fell"
        : curve.Points[^1].MeanAbsoluteError.Low > curve.Points[^2].MeanAbsoluteError.High ? "rose"
        : "undecided";

    /// <summary>
    /// The data-efficiency claim in both directions: the smallest set of one kind whose error interval lies below that of the largest set of
    /// the other, on the same test set.
    /// </summary>
    internal static string Efficiency(LearningCurve first, LearningCurve second)
    {
        LearningCurvePoint largest = second.Points[^1];
        LearningCurvePoint? enough = first.Points.FirstOrDefault(point => point.MeanAbsoluteError.High < largest.MeanAbsoluteError.Low);
        string unit = first.Property.Unit;
        string reference = $"{largest.TrainingSize} {second.TrainedOn} configurations ({Numbers.WithInterval(largest.MeanAbsoluteError)} {unit})";
        return enough is null
            ? $"No number of {first.TrainedOn} configurations tried has an error interval below that of {reference}."
            : $"{enough.TrainingSize} {first.TrainedOn} configurations ({Numbers.WithInterval(enough.MeanAbsoluteError)} {unit}) give a lower error than {reference}; the intervals do not overlap.";
    }

    /// <summary>What was drawn and what was lost.</summary>
    internal static string CensusSentence(IReadOnlyCollection<StratumSummary> census)
    {
        int drawn = census.Sum(row => row.Drawn), labelled = census.Sum(row => row.Labelled), metallic = census.Sum(row => row.Metallic);
        int failed = census.Sum(row => row.Failures.Sum(failure => failure.Count));
        string sentence = $"Of {drawn} drawn configurations {labelled} carry a label ({Numbers.Fixed(100.0 * labelled / Math.Max(1, drawn), 1)} %), {failed} failed with a recorded reason, and {metallic} of the labelled ones are metallic.";
        int unexplained = drawn - labelled - failed;
        return unexplained == 0 ? sentence : sentence + $" {unexplained} drawn configurations have neither a label nor a recorded failure.";
    }

    /// <summary>Name of a kind of test data within a sentence.</summary>
    internal static string Kind(string kind) => kind switch { StudyView.Combined => "all kinds", TrajectoryPlace.Scheme => "molecular dynamics", _ => kind };

    private static string Winner(PairedComparison comparison) => comparison.Difference.Value < 0 ? comparison.TrainedOn : comparison.ComparedWith;

    private static string Lower(Property property) => char.ToLowerInvariant(property.Title[0]) + property.Title[1..];
}
