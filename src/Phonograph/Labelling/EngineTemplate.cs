using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Phonograph.Files;

namespace Phonograph.Labelling;

/// <summary>
/// An input file of the user's own in the language of an engine, with placeholders such as <c>{{cell}}</c> where the engine puts what belongs to the crystal
/// (docs/engines.md). Everything else in it is a level of theory.
/// </summary>
public sealed partial class EngineTemplate
{
    private EngineTemplate(string path, string text)
    {
        FileName = System.IO.Path.GetFileName(path);
        Path = path;
        Text = text;
    }

    /// <summary>Name of the file without its folder; the name of the level begins with it.</summary>
    public string FileName { get; }

    /// <summary>The text, as it stands in the file.</summary>
    public string Text { get; }

    /// <summary>Where it was read, for messages.</summary>
    internal string Path { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="InputException">The file does not exist, or its name does not fit into that of a level.</exception>
    public static EngineTemplate Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file. Give the path of an input of the engine with placeholders (docs/engines.md).");
        }

        var template = new EngineTemplate(path, File.ReadAllText(path));
        return PlainName().IsMatch(template.FileName)
            ? template
            : throw new InputException($"{path}: the name of a template becomes that of a level: letters, digits, '.', '_' and '-' only. Rename the file.");
    }

    /// <summary>Name of the level: the file's name and the beginning of a SHA-256 over its text and whatever else decides the numbers.</summary>
    /// <param name="attachments">Contents of further files, for example pseudopotentials, in the order the template names them.</param>
    internal string LevelName(params IEnumerable<byte[]> attachments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Text));
        foreach (byte[] attachment in attachments)
        {
            hash.AppendData(SHA256.HashData(attachment));
        }

        return $"{FileName}@{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
    }

    /// <summary>Refuses a template that lacks a placeholder, has one twice, or has one that the engine does not know.</summary>
    /// <param name="engine">Name of the engine.</param>
    /// <param name="required">Placeholders that must be there, with the place they belong in.</param>
    /// <param name="optional">Those that may be.</param>
    /// <exception cref="InputException">It does.</exception>
    internal void Check(string engine, IReadOnlyDictionary<string, string> required, IReadOnlyDictionary<string, string> optional)
    {
        string[] found = [.. Placeholder().Matches(Text).Select(match => match.Groups["name"].Value)];
        if (required.Keys.FirstOrDefault(name => !found.Contains(name)) is { } missing)
        {
            throw new InputException($"{Path}: found no placeholder {{{{{missing}}}}}; expected it {required[missing]}, where {engine} puts what belongs to the configuration. Add the line.");
        }

        if (found.FirstOrDefault(name => !required.ContainsKey(name) && !optional.ContainsKey(name)) is { } unknown)
        {
            throw InputException.At(Path, LineOf(unknown), $"{{{{{unknown}}}}}", $"one of {string.Join(", ", required.Keys.Concat(optional.Keys).Select(name => $"{{{{{name}}}}}"))}", "Write the setting itself there.");
        }

        if (found.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
        {
            throw InputException.At(Path, LineOf(twice), $"{{{{{twice}}}}} more than once", "each placeholder once", "Take the others out.");
        }
    }

    /// <summary>Whether a placeholder is there.</summary>
    internal bool Has(string name) => Text.Contains($"{{{{{name}}}}}", StringComparison.Ordinal);

    /// <summary>The input for one crystal.</summary>
    internal string Fill(IReadOnlyDictionary<string, string> values) => Placeholder().Replace(Text, match => values[match.Groups["name"].Value]);

    private int LineOf(string name) => Text.AsSpan(0, Text.IndexOf($"{{{{{name}}}}}", StringComparison.Ordinal)).Count('\n') + 1;

    [GeneratedRegex(@"\{\{(?<name>[^{}\n]*)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+$")]
    private static partial Regex PlainName();
}
