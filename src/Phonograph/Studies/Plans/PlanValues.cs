using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files.Yaml;

namespace Phonograph.Studies.Plans;

/// <summary>Values of the keys of a study file; everything refused names file and line.</summary>
internal static class PlanValues
{
    internal const string Advice = "docs/study-file.md shows a file with every key.";

    /// <summary>The value of a key; null when the key is missing.</summary>
    internal static YamlNode? Find(YamlNode node, string key) => !node.Entries.TryGetValue(key, out YamlNode? value) ? null
        : value.Kind != YamlKind.Empty ? value
        : throw value.Wrong($"nothing for '{key}'", "a value, or the line left out", Advice);

    /// <summary>True for the word that leaves something out.</summary>
    internal static bool IsNone(YamlNode node) => node.Kind == YamlKind.Scalar && node.Text == "none";

    internal static string Word(YamlNode value, string key) => value.Kind == YamlKind.Scalar && value.Text.Length > 0 && !value.Text.Contains('\n', StringComparison.Ordinal)
        ? value.Text
        : throw value.Wrong(value.Describe(), $"one line of text for '{key}'", Advice);

    /// <summary>One of several names.</summary>
    internal static string Name(YamlNode value, string key, IReadOnlyCollection<string> names) => Word(value, key) is var word && names.Contains(word)
        ? word
        : throw value.Wrong($"'{word}' for '{key}'", $"one of {string.Join(", ", names)}", Advice);

    internal static int? Whole(YamlNode node, string key, int least) => Find(node, key) is { } value ? WholeNumber(value, $"a whole number of at least {least} for '{key}'", least) : null;

    internal static int WholeNumber(YamlNode value, string expected, int least) =>
        value.Kind == YamlKind.Scalar && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw value.Wrong(value.Describe(), expected, Advice);

    internal static bool? Flag(YamlNode node, string key) => Find(node, key) is { } value ? Name(value, key, ["true", "false"]) == "true" : null;

    internal static ulong? Seed(YamlNode node, string key) => Find(node, key) is not { } value ? null
        : value.Kind == YamlKind.Scalar && ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
        : throw value.Wrong(value.Describe(), $"a whole number from 0 for '{key}'", Advice);

    internal static double? Real(YamlNode node, string key) => Find(node, key) is { } value ? RealNumber(value, key) : null;

    internal static double RealNumber(YamlNode value, string key) =>
        value.Kind == YamlKind.Scalar && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw value.Wrong(value.Describe(), $"a number for '{key}'", Advice);

    /// <summary>One value or a list of at least one.</summary>
    internal static IReadOnlyList<YamlNode> List(YamlNode value, string key) => value switch
    {
        { Kind: YamlKind.Scalar } => [value],
        { Kind: YamlKind.Sequence, Items.Count: > 0 } => value.Items,
        _ => throw value.Wrong(value.Kind == YamlKind.Sequence ? "an empty list" : value.Describe(), $"a value or a list for '{key}'", Advice),
    };

    /// <summary>Path of a file that exists, relative to the study file.</summary>
    internal static string? File(YamlNode node, string key, string studyFile) => Find(node, key) is { } value ? FileAt(value, key, studyFile) : null;

    /// <summary>Paths of files that exist, relative to the study file; null when the key is missing.</summary>
    internal static ImmutableArray<string>? Files(YamlNode node, string key, string studyFile) => Find(node, key) is { } value ? [.. List(value, key).Select(item => FileAt(item, key, studyFile))] : null;

    private static string FileAt(YamlNode value, string key, string studyFile)
    {
        string path = Path.Combine(Path.GetDirectoryName(studyFile) ?? "", Word(value, key));
        return System.IO.File.Exists(path)
            ? path
            : throw value.Wrong($"'{value.Text}' for '{key}', and no file {path}", "the path of a file, relative to the study file", Advice);
    }
}
