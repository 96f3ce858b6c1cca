using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>What became of a hypothesis for one property.</summary>
/// <param name="Hypothesis">The hypothesis.</param>
/// <param name="Property">What is predicted.</param>
/// <param name="Verdict"><c>holds</c>, <c>the opposite holds</c>, <c>not shown</c> or <c>not measured</c>.</param>
/// <param name="Evidence">The numbers behind the verdict.</param>
internal sealed record HypothesisAnswer(Hypothesis Hypothesis, Property Property, string Verdict, string Evidence)
{
    private const string Holds = "holds", Opposite = "the opposite holds", NotShown = "not shown", NotMeasured = "not measured";

    /// <summary>The answers of a study, hypothesis by hypothesis.</summary>
    internal static IEnumerable<HypothesisAnswer> All(StudyView view) =>
        from hypothesis in view.Result.Hypotheses
        from property in Property.All
        let answer = hypothesis.LosesShare is { } share ? Loss(view, hypothesis, property, share) : Better(view, hypothesis, property)
        select new HypothesisAnswer(hypothesis, property, answer.Verdict, answer.Evidence);

    /// <summary>What became of one hypothesis, in a sentence.</summary>
    internal static string Sentence(IGrouping<Hypothesis, HypothesisAnswer> answers)
    {
        IEnumerable<string> parts = new[] { Holds, Opposite, NotShown, NotMeasured }
            .Select(verdict => (verdict, Names: answers.Where(answer => answer.Verdict == verdict).Select(answer => answer.Property.Title.ToLowerInvariant()).ToArray()))
            .Where(part => part.Names.Length > 0).Select(part => $"{part.verdict} for {(part.Names.Length == Property.All.Count ? "all properties" : string.Join(", ", part.Names))}");
        return $"{answers.Key.Name} ({answers.Key.Claim}): {string.Join("; ", parts)}.";
    }

    private static (string Verdict, string Evidence) Better(StudyView view, Hypothesis hypothesis, Property property)
    {
        PairedComparison? found = view.Result.Comparisons.FirstOrDefault(comparison => comparison.Property.Key == property.Key && comparison.TestedOn == hypothesis.TestedOn
            && ((comparison.TrainedOn == hypothesis.TrainedOn && comparison.ComparedWith == hypothesis.ComparedWith) || (comparison.TrainedOn == hypothesis.ComparedWith && comparison.ComparedWith == hypothesis.TrainedOn)));
        if (found is null || !double.IsFinite(found.Difference.Value))
        {
            return (NotMeasured, Numbers.Missing);
        }

        Interval d = found.Difference;
        Interval difference = found.TrainedOn == hypothesis.TrainedOn ? d : new Interval(-d.Value, -d.High, -d.Low);
        string verdict = !found.IsDecided ? NotShown : difference.Value < 0 ? Holds : Opposite;
        return (verdict, $"MAE({hypothesis.TrainedOn}) − MAE({hypothesis.ComparedWith}) = {Numbers.InWords(difference, property.Unit)}, corrected p = {Numbers.Significant(found.AdjustedPValue, 2)}");
    }

    /// <summary>Held against the ends of both intervals: the loss holds where even the best case of the other cells is below what would be left in the worst case of the own ones.</summary>
    private static (string Verdict, string Evidence) Loss(StudyView view, Hypothesis hypothesis, Property property, double share)
    {
        if (view.Metric(property, hypothesis.TrainedOn, hypothesis.TrainedOn) is not { } own || view.Metric(property, hypothesis.TrainedOn, hypothesis.TestedOn) is not { } other
            || !double.IsFinite(own.RSquared.Value) || !double.IsFinite(other.RSquared.Value))
        {
            return (NotMeasured, Numbers.Missing);
        }

        double left = 1 - share;
        string verdict = own.RSquared.Low > 0 && other.RSquared.High < left * own.RSquared.Low ? Holds : other.RSquared.Low > left * own.RSquared.High ? Opposite : NotShown;
        return (verdict, $"R² {Numbers.RSquaredInWords(own.RSquared)} on {Claims.Kind(hypothesis.TrainedOn)}, {Numbers.RSquaredInWords(other.RSquared)} on {Claims.Kind(hypothesis.TestedOn)}");
    }
}
