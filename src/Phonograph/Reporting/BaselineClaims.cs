using Phonograph.Datasets;
using Phonograph.Learning.Baselines;

namespace Phonograph.Reporting;

/// <summary>The sentences about the network and the simple baselines, made from the numbers; a network that does not beat a baseline is said not to.</summary>
internal static class BaselineClaims
{
    /// <summary>How the network stands against each baseline on test cells of the kind it was trained on.</summary>
    internal static IEnumerable<string> OwnKind(IReadOnlyCollection<BaselineResult> results) =>
        from baseline in BaselineNames.Compared
        let own = results.Where(result => result.Baseline == baseline && result.TrainedOn == result.TestedOn).ToList()
        where own.Count > 0
        select Sentence(baseline, own);

    /// <summary>One property and kind of cells: which baselines the network beats, which it does not; null when none was compared.</summary>
    internal static string? Headline(IReadOnlyCollection<BaselineResult> results, Property property, string kind)
    {
        BaselineResult[] own = [.. results.Where(result => result.Property.Key == property.Key && result.TrainedOn == kind && result.TestedOn == kind)];
        string[] beaten = [.. own.Where(IsBeaten).Select(result => result.Baseline)];
        string[] rest = [.. own.Where(result => !IsBeaten(result)).Select(result => $"{result.Baseline} ({Numbers.InWords(result.Difference, property.Unit)}, {Verdict(result)})")];
        return own.Length == 0 ? null
            : $"Against the other models trained on the same {kind} cells, by the difference of the errors on the same test cells: the network "
                + (beaten.Length == 0 ? "beats none" : $"beats {string.Join(", ", beaten)}")
                + (rest.Length == 0 ? ", that is all of them." : $"; it is not shown to beat {string.Join(", ", rest)}.");
    }

    /// <summary>In a few words, who has the lower error.</summary>
    internal static string Verdict(BaselineResult result) =>
        !double.IsFinite(result.Difference.Value) ? "not computed" : !result.IsDecided ? "undecided" : result.Difference.Value < 0 ? "network better" : "baseline better";

    /// <summary>Names of the baselines with what they are.</summary>
    internal static string Terms(IEnumerable<string> names) => string.Join("; ", BaselineNames.Compared.Where(names.Contains).Select(name => $"{name}: {BaselineNames.Describe(name)}"));

    private static string Sentence(string baseline, List<BaselineResult> own)
    {
        int beaten = own.Count(IsBeaten), worse = own.Count(result => result.IsDecided && result.Difference.Value > 0);
        string[] named = [.. own.Where(result => !IsBeaten(result)).Select(result => $"{StudyView.ShortName(result.Property)} on {result.TrainedOn}{(result.IsDecided ? " (worse)" : "")}")];
        return $"{baseline} ({BaselineNames.Describe(baseline)}): the network has the lower error in {beaten} of {own.Count} comparisons on its own kind of test cells, the higher one in {worse}, and {own.Count - beaten - worse} are undecided"
            + (named.Length == 0 ? "." : $"; not beaten: {string.Join(", ", named)}.");
    }

    private static bool IsBeaten(BaselineResult result) => result.IsDecided && result.Difference.Value < 0;
}
