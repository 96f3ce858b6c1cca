using Phonograph.Datasets;

namespace Phonograph.Reporting.Comparisons;

/// <summary>What became of a hypothesis about schemes for one property and model.</summary>
/// <param name="Hypothesis">The hypothesis.</param>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">The model, both for an order.</param>
/// <param name="Verdict"><c>holds</c>, <c>the opposite holds</c> or <c>not shown</c>; an order, which has no p-value, is <c>the same</c> or <c>another</c>.</param>
/// <param name="Evidence">The numbers behind the verdict.</param>
internal sealed record SchemeAnswer(SchemeHypothesis Hypothesis, Property Property, string Model, string Verdict, string Evidence)
{
    private const double Significance = 0.05;
    private const string Holds = "holds", Opposite = "the opposite holds", NotShown = "not shown";

    /// <summary>The answers of a comparison, hypothesis by hypothesis; none for what was not measured.</summary>
    internal static IEnumerable<SchemeAnswer> All(ComparisonResult result) => result.Hypotheses.SelectMany(hypothesis => hypothesis.Kind switch
    {
        SchemeHypothesisKind.LowerError => Lower(result, hypothesis),
        SchemeHypothesisKind.ContrastAboveZero => Contrast(result, hypothesis),
        SchemeHypothesisKind.FineTunedBelow => FineTuned(result, hypothesis),
        _ => Order(result, hypothesis),
    });

    /// <summary>What became of each hypothesis, in a sentence.</summary>
    internal static IEnumerable<string> Sentences(ComparisonResult result)
    {
        ILookup<SchemeHypothesis, SchemeAnswer> answers = All(result).ToLookup(answer => answer.Hypothesis);
        return result.Hypotheses.Select(hypothesis => $"{hypothesis.Name} ({hypothesis.Claim}): " + (answers[hypothesis].Any()
            ? string.Join("; ", answers[hypothesis].GroupBy(answer => answer.Property).Select(property => $"{property.Key.Title.ToLowerInvariant()}: {string.Join(", ", property.GroupBy(answer => answer.Verdict).Select(verdict => $"{verdict.Key} ({string.Join(", ", verdict.Select(answer => answer.Model))})"))}"))
            : "not measured") + ".");
    }

    private static IEnumerable<SchemeAnswer> Lower(ComparisonResult result, SchemeHypothesis hypothesis) =>
        from row in result.Differences
        where row.TestedOn == hypothesis.TestedOn && row.First.Model == row.Second.Model
        let isTurned = row.First.Scheme == hypothesis.Second && row.Second.Scheme == hypothesis.First
        where isTurned || (row.First.Scheme == hypothesis.First && row.Second.Scheme == hypothesis.Second)
        let isCorrected = double.IsFinite(row.AdjustedPValue)
        let p = isCorrected ? row.AdjustedPValue : row.Numbers.PValue
        let isLower = (row.Numbers.Difference.Value < 0) != isTurned
        select new SchemeAnswer(
            hypothesis, row.Property, row.First.Model, p >= Significance ? NotShown : isLower ? Holds : Opposite,
            $"MAE({row.First.Scheme}) − MAE({row.Second.Scheme}) = {Numbers.InWords(row.Numbers.Difference, row.Property.Unit)}, {(isCorrected ? "corrected " : "")}p = {Numbers.Significant(p, 2)}{(row.Numbers.IsSmall ? ", small" : "")}");

    private static IEnumerable<SchemeAnswer> Contrast(ComparisonResult result, SchemeHypothesis hypothesis) =>
        from row in result.Contrasts
        where row.TestedOn == hypothesis.TestedOn && row.Formula == hypothesis.First
        select new SchemeAnswer(
            hypothesis, row.Property, row.Model, row.PValue >= Significance ? NotShown : row.Value.Value > 0 ? Holds : Opposite,
            $"{row.Formula} = {Numbers.InWords(row.Value, row.Property.Unit)}, p = {Numbers.Significant(row.PValue, 2)}");

    private static IEnumerable<SchemeAnswer> FineTuned(ComparisonResult result, SchemeHypothesis hypothesis) =>
        from row in result.Differences
        where row.Family == DifferenceFamily.FineTuning && row.TestedOn == hypothesis.TestedOn
        let ratio = row.Numbers.Ratio
        select new SchemeAnswer(
            hypothesis, row.Property, $"{row.Second.Model} ({row.First.Scheme})", ratio.High < hypothesis.Share ? Holds : ratio.Low > hypothesis.Share ? Opposite : NotShown,
            $"error fine-tuned over from scratch {Numbers.WithInterval(ratio)}, at most {Numbers.Plain(hypothesis.Share ?? double.NaN)} claimed");

    private static IEnumerable<SchemeAnswer> Order(ComparisonResult result, SchemeHypothesis hypothesis) =>
        from property in Property.All
        let first = result.Order(property, hypothesis.First, hypothesis.TestedOn)
        let second = result.Order(property, hypothesis.Second, hypothesis.TestedOn)
        where !first.IsEmpty && !second.IsEmpty
        select new SchemeAnswer(
            hypothesis, property, $"{hypothesis.First} and {hypothesis.Second}", first.SequenceEqual(second) ? "the same" : "another",
            $"{string.Join(" < ", first)}; {string.Join(" < ", second)}");
}
