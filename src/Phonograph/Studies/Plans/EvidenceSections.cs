using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Files.Yaml;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Plans;

/// <summary>The sections of a study file that say what the results are held against: hypotheses written before, and published numbers.</summary>
internal static class EvidenceSections
{
    private static readonly string[] HypothesisKeys = ["name", "claim", "better", "than", "trained-on", "on", "loses"];
    private static readonly string[] Claims = ["better", "contrast", "fine-tuned-below", "same-order"];
    private static readonly string[] SchemeHypothesisKeys = ["name", "claim", "on", "than", .. Claims];
    private static readonly string[] PublishedKeys = ["source", "property", "model", "remark", "size", "mae", "spread", "r2"];

    /// <summary>Reads the list <c>hypotheses</c>.</summary>
    internal static ImmutableArray<Hypothesis> Hypotheses(YamlNode list) => [.. PlanValues.List(list, "hypotheses").Select(ReadHypothesis)];

    /// <summary>Reads the list <c>published</c>.</summary>
    internal static ImmutableArray<PublishedResult> Published(YamlNode list) => [.. PlanValues.List(list, "published").Select(ReadPublished)];

    /// <summary>Reads the list <c>hypotheses</c> of the comparison of schemes.</summary>
    internal static ImmutableArray<SchemeHypothesis> SchemeHypotheses(YamlNode list) => [.. PlanValues.List(list, "hypotheses").Select(ReadSchemeHypothesis)];

    private static SchemeHypothesis ReadSchemeHypothesis(YamlNode node)
    {
        node.RequireKeys(SchemeHypothesisKeys, PlanValues.Advice);
        string[] kinds = [.. Claims.Where(key => PlanValues.Find(node, key) is not null)];
        if (kinds.Length != 1 || (kinds[0] == "better") != (PlanValues.Find(node, "than") is not null))
        {
            throw node.Wrong($"{(kinds.Length == 0 ? "no claim" : string.Join(" and ", kinds.Select(kind => $"'{kind}'")))}", "'better' with 'than', or one of 'contrast', 'fine-tuned-below', 'same-order'", PlanValues.Advice);
        }

        SchemeHypothesis Make(SchemeHypothesisKind kind, string first = "", string second = "", double? share = null) => new(Needed(node, "name"), Needed(node, "claim"), kind, first, second, Needed(node, "on"), share);
        YamlNode value = PlanValues.Find(node, kinds[0])!;
        return kinds[0] switch
        {
            "better" => Make(SchemeHypothesisKind.LowerError, Needed(node, "better"), Needed(node, "than")),
            "contrast" => Make(SchemeHypothesisKind.ContrastAboveZero, Needed(node, "contrast")),
            "fine-tuned-below" => PlanValues.RealNumber(value, "fine-tuned-below") is var share and > 0
                ? Make(SchemeHypothesisKind.FineTunedBelow, share: share)
                : throw value.Wrong(value.Describe(), "a share of the error from scratch, above 0", PlanValues.Advice),
            _ => PlanValues.List(value, "same-order") is [var one, var other]
                ? Make(SchemeHypothesisKind.SameOrder, PlanValues.Word(one, "same-order"), PlanValues.Word(other, "same-order"))
                : throw value.Wrong("another number of models", "two models for 'same-order'", PlanValues.Advice),
        };
    }

    private static Hypothesis ReadHypothesis(YamlNode node)
    {
        node.RequireKeys(HypothesisKeys, PlanValues.Advice);
        bool isLoss = PlanValues.Find(node, "loses") is not null;
        string[] unfitting = isLoss ? ["better", "than"] : ["trained-on"];
        if (unfitting.FirstOrDefault(key => PlanValues.Find(node, key) is not null) is { } key)
        {
            throw node.Wrong(isLoss ? $"'{key}' beside 'loses'" : $"'{key}' without 'loses'", "'better', 'than' and 'on', or 'trained-on', 'on' and 'loses'", PlanValues.Advice);
        }

        double? share = PlanValues.Real(node, "loses");
        return share is null or (> 0 and < 1)
            ? new Hypothesis(Needed(node, "name"), Needed(node, "claim"), Needed(node, isLoss ? "trained-on" : "better"), isLoss ? null : Needed(node, "than"), Needed(node, "on"), share)
            : throw node.Wrong($"{PlanValues.Find(node, "loses")!.Text} for 'loses'", "a share between 0 and 1", PlanValues.Advice);
    }

    private static PublishedResult ReadPublished(YamlNode node)
    {
        node.RequireKeys(PublishedKeys, PlanValues.Advice);
        string property = PlanValues.Name(PlanValues.Find(node, "property") ?? throw Missing(node, "property"), "property", [.. Property.All.Select(each => each.Key)]);
        return new PublishedResult(
            Needed(node, "source"), Property.All.Single(each => each.Key == property), Needed(node, "model"), Needed(node, "remark"), PlanValues.Whole(node, "size", 1),
            PlanValues.Real(node, "mae") ?? throw Missing(node, "mae"), PlanValues.Real(node, "spread"), PlanValues.Real(node, "r2"));
    }

    private static string Needed(YamlNode node, string key) => PlanValues.Word(PlanValues.Find(node, key) ?? throw Missing(node, key), key);

    private static InputException Missing(YamlNode node, string key) => node.Wrong($"no '{key}'", $"'{key}' in every entry", PlanValues.Advice);
}
