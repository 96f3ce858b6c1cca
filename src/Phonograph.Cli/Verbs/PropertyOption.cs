using System.CommandLine;
using Phonograph.Datasets;

namespace Phonograph.Cli.Verbs;

/// <summary>The option <c>--property</c>.</summary>
internal static class PropertyOption
{
    internal static Option<string> Create()
    {
        var option = new Option<string>("--property")
        {
            Description = $"What to learn: {string.Join(", ", Property.All.Select(property => $"{property.Key} ({property.Unit})"))}.",
            Required = true,
        };
        option.AcceptOnlyFromAmong([.. Property.All.Select(property => property.Key)]);
        return option;
    }

    internal static Property Of(string key) => Property.All.Single(property => property.Key == key);
}
