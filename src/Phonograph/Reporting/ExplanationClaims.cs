using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting;

/// <summary>The sentences about what the models look at, made from the numbers.</summary>
internal static class ExplanationClaims
{
    /// <summary>One sentence for each kind of training data: pairs with more and with less importance than bonds.</summary>
    internal static IEnumerable<string> Trainings(StudyExplanation explanation) => explanation.OnAll.Where(training => !training.IsControl).Select(training =>
        $"Trained on {training.Name} (MAE {Numbers.Significant(training.MeanAbsoluteError)} {explanation.Property.Unit}): more of the importance than of the bonds goes to {List(training, pair => pair.IsAboveChance)}; less to {List(training, pair => pair.IsBelowChance)}; "
        + $"undecided: {Names(training, pair => !pair.IsAboveChance && !pair.IsBelowChance)}.");

    /// <summary>The pair that stands out in the best models, beside the controls.</summary>
    internal static string AgainstControls(StudyExplanation explanation)
    {
        if (explanation.OnAll.FirstOrDefault(training => training.Name == explanation.Best) is not { } best)
        {
            return $"The best models (trained on {explanation.Best}) answer alike whatever the bonds: they have no shares of importance.";
        }

        PairShare? first = best.Importance.Pairs.Where(pair => pair.IsAboveChance).MaxBy(pair => pair.Importance.Value - pair.Bonds.Value);
        if (first is null)
        {
            return $"No pair of elements has more importance than bonds in the best models (trained on {explanation.Best}).";
        }

        string[] others = [.. explanation.OnAll.Where(training => training.Name != best.Name).SelectMany(training => training.Importance.Pairs.Where(pair => pair.Name == first.Name).Select(pair =>
            $"{Name(training)} {Numbers.WithInterval(pair.Importance)} ({Against(first.Importance, pair.Importance)})"))];
        return $"In the best models (trained on {explanation.Best}) the pair that stands out most is {first.Name}: {Numbers.WithInterval(first.Importance)} of the importance with {Numbers.Fixed(first.Bonds.Value, 3)} of the bonds. The same pair elsewhere: {string.Join("; ", others)}. "
            + "A difference from the poor and untrained networks belongs to what was learnt; what they share belongs to graph and architecture.";
    }

    /// <summary>What must be known to read the numbers.</summary>
    internal static string Caveat(StudyExplanation explanation)
    {
        ImportanceSeries first = explanation.OnAll.First().Importance;
        string draws = first.Draws == 1 ? "one training draw with 95 % intervals over the cells, which say nothing about training again" : $"{first.Draws} training draws with 95 % intervals over both";
        string[] missing = [.. new[] { StudyExplanation.Poor, StudyExplanation.Untrained }.Where(name => explanation.OnAll.All(training => training.Name != name))];
        string leftOut = missing.Length == 0 ? "" : $"Of the controls, {string.Join(" and ", missing)} networks answer alike whatever the bonds, so that they have no shares and are left out. ";
        return $"Importance: {explanation.Method}. Shares are means over {first.Structures} test cells and {draws}. The poor models have the settings and training cells of the best ones and {explanation.PoorEpochs} passes over them. {leftOut}"
            + "A network without bonds sees graphs unlike those of its training, so that changes without bonds are no statement about the crystal; and in one compound, where every cell has about the same number of bonds of each pair, a constant can move from the bonds of one pair to those of another without changing a prediction. "
            + "Shares are therefore to be compared with the share of the bonds and with the controls, not with zero. Where the largest atom decides (max pooling), only the bonds around few atoms carry gradients.";
    }

    /// <summary>Name of what was explained, for sentences and legends.</summary>
    internal static string Name(ExplainedTraining training) => training.IsControl ? training.Name : "trained on " + training.Name;

    private static string Against(Interval best, Interval other) => other.High < best.Low ? "less than the best" : other.Low > best.High ? "more than the best" : "not told apart from the best";

    private static string List(ExplainedTraining training, Func<PairShare, bool> isMeant)
    {
        string[] pairs = [.. training.Importance.Pairs.Where(isMeant).OrderByDescending(pair => Math.Abs(pair.Importance.Value - pair.Bonds.Value))
            .Select(pair => $"{pair.Name} ({Numbers.WithInterval(pair.Importance)} against {Numbers.Fixed(pair.Bonds.Value, 3)})")];
        return pairs.Length == 0 ? "none" : string.Join(", ", pairs);
    }

    private static string Names(ExplainedTraining training, Func<PairShare, bool> isMeant)
    {
        string[] pairs = [.. training.Importance.Pairs.Where(isMeant).Select(pair => pair.Name)];
        return pairs.Length == 0 ? "none" : string.Join(", ", pairs);
    }
}
