using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Models;

namespace Phonograph.Cli.Verbs;

/// <summary>The options <c>--property</c> and <c>--head</c>.</summary>
internal static class PropertyOption
{
    internal static readonly Option<string> Head = new("--head")
    {
        Description = "How the band gap is put out: direct, or as the difference of the band edges, which both are learnt (edges; vbm is then predicted too).",
        DefaultValueFactory = _ => "direct",
    };

    static PropertyOption() => Head.AcceptOnlyFromAmong("direct", "edges");

    /// <summary>One property.</summary>
    internal static Option<string> CreateOne()
    {
        var option = new Option<string>("--property") { Description = $"What to learn: {Names}.", Required = true };
        option.AcceptOnlyFromAmong([.. Property.All.Select(property => property.Key)]);
        return option;
    }

    /// <summary>One property or several.</summary>
    internal static Option<string> CreateSeveral()
    {
        var option = new Option<string>("--property")
        {
            Description = $"What to learn: {Names}. Several, with commas and no blanks between them, are learnt by one network.",
            Required = true,
        };
        option.Validators.Add(result =>
        {
            foreach (string key in (result.Tokens.Count > 0 ? result.Tokens[0].Value : "").Split(',').Where(key => Property.All.All(property => property.Key != key)))
            {
                result.AddError($"Argument '{key}' not recognized. Must be one of: {string.Join(' ', Property.All.Select(property => $"'{property.Key}'"))}");
            }
        });
        return option;
    }

    /// <summary>The property of a key.</summary>
    internal static Property Of(string key) => Property.All.Single(property => property.Key == key);

    /// <summary>What to learn, the valence band maximum added where the head needs it.</summary>
    /// <exception cref="InputException">A property is named twice, or the head needs another one.</exception>
    internal static ImmutableArray<Property> Of(CliRun run, Option<string> option)
    {
        ImmutableArray<Property> properties = [.. run.Get(option).Split(',').Select(Of)];
        if (HeadOf(run) == TargetHead.Edges && properties.Contains(Property.BandGap) && !properties.Contains(Property.ValenceBandMaximum))
        {
            properties = properties.Add(Property.ValenceBandMaximum);
        }

        TargetScales.Check(properties, HeadOf(run));
        return properties;
    }

    private static string Names => string.Join(", ", Property.All.Select(property => $"{property.Key} ({property.Unit})"));

    internal static TargetHead HeadOf(CliRun run) => run.Get(Head) == "edges" ? TargetHead.Edges : TargetHead.Direct;
}
