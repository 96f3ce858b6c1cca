using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Files.Yaml;

namespace Phonograph.Learning.Tuning;

/// <summary>
/// Reads a search space from YAML: for each hyper-parameter one value, a list of values, or a range with <c>low</c>, <c>high</c> and
/// <c>scale</c> (<c>linear</c> or <c>log</c>).
/// </summary>
public static class SearchSpaceFile
{
    private const string Advice = "docs/tuning.md shows a space.";

    /// <summary>Reads a space; its name is the path.</summary>
    /// <exception cref="InputException">The file cannot be read or is no space; the message names the line.</exception>
    public static SearchSpace Read(string path)
    {
        YamlNode root = YamlReader.ReadSettings(path, "hyper-parameters with their values", Advice);
        if (root.Kind != YamlKind.Mapping)
        {
            throw root.Wrong(root.Describe(), "hyper-parameters with their values", Advice);
        }

        root.RequireKeys([.. HyperParameter.All.Select(each => each.Name)], "Epochs, cells and seeds are options of the command. " + Advice);
        return new SearchSpace(path, Dimensions(root));
    }

    /// <summary>The dimensions that a mapping names; keys that are no hyper-parameters are passed over.</summary>
    /// <exception cref="InputException">A value cannot stand for its parameter; the message names the line.</exception>
    internal static ImmutableArray<SearchDimension> Dimensions(YamlNode node) =>
    [
        .. from entry in node.Entries
           orderby entry.Value.Line
           join parameter in HyperParameter.All on entry.Key equals parameter.Name
           select Dimension(parameter, entry.Value),
    ];

    private static SearchDimension Dimension(HyperParameter parameter, YamlNode value)
    {
        switch (value.Kind)
        {
            case YamlKind.Mapping:
                return Range(parameter, value);
            case YamlKind.Sequence when value.Items.Count == 0:
                throw value.Wrong($"an empty list for '{parameter.Name}'", $"at least one value: {parameter.Expected}", Advice);
            case YamlKind.Sequence or YamlKind.Scalar:
                var texts = new List<string>();
                foreach (YamlNode item in value.Kind == YamlKind.Scalar ? [value] : value.Items)
                {
                    if (item.Kind != YamlKind.Scalar || parameter.Objection(item.Text) is not null)
                    {
                        throw item.Wrong(item.Describe(), $"a value of '{parameter.Name}': {parameter.Expected}", Advice);
                    }

                    texts.Add(item.Text);
                }

                return value.Make(() => SearchDimension.List(parameter, texts), Advice);
            default:
                throw value.Wrong($"nothing for '{parameter.Name}'", $"a value, a list or a range: {parameter.Expected}", Advice);
        }
    }

    private static SearchDimension Range(HyperParameter parameter, YamlNode value)
    {
        if (value.Entries.Keys.FirstOrDefault(key => key is not ("low" or "high" or "scale")) is { } unknown)
        {
            throw value.Entries[unknown].Wrong($"the key '{unknown}'", "low, high and scale", Advice);
        }

        double low = End("low"), high = End("high");
        string scale = value.Find("scale")?.Text ?? "linear";
        return scale is "linear" or "log"
            ? value.Make(() => SearchDimension.Range(parameter, low, high, scale == "log"), Advice)
            : throw value.Entries["scale"].Wrong($"the scale '{scale}'", "linear or log", Advice);

        double End(string key)
        {
            YamlNode end = value.Required(key, Advice);
            return parameter.Kind == HyperParameterKind.Name || (end.Kind == YamlKind.Scalar && parameter.Objection(end.Text) is null)
                ? end.Kind == YamlKind.Scalar && double.TryParse(end.Text, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : double.NaN
                : throw end.Wrong(end.Describe(), $"an end of the range of '{parameter.Name}': {parameter.Expected}", Advice);
        }
    }
}
