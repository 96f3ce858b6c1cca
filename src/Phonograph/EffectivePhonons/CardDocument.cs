using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Files;

namespace Phonograph.EffectivePhonons;

/// <summary>One of the JSON files that a card is made of; what it lacks is said with its name.</summary>
internal sealed class CardDocument
{
    private const string Advice = "Write it again with the command that made it.";
    private readonly string _path;
    private readonly JsonObject _root;

    private CardDocument(string path, JsonObject root) => (_path, _root) = (path, root);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is missing or no JSON object.</exception>
    internal static CardDocument Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file. Give a folder that 'phonograph phonons effective --output' wrote.");
        }

        try
        {
            return new CardDocument(path, JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is no object."));
        }
        catch (JsonException error)
        {
            throw new InputException($"{path}: damaged JSON ({error.Message}). {Advice}", error);
        }
    }

    internal string Text(string key) => Node(key) is JsonValue value ? value.ToString() : throw Wrong(key, "a text");

    internal string Number(string key) => Real(key).ToString("G7", CultureInfo.InvariantCulture);

    internal bool Flag(string key) => Node(key).GetValueKind() is JsonValueKind.True or JsonValueKind.False ? Node(key).GetValue<bool>() : throw Wrong(key, "true or false");

    /// <summary>A number; NaN where one is not known and stands as null or text.</summary>
    internal double Real(string key) => Node(key, mayBeNull: true)?.GetValueKind() == JsonValueKind.Number ? _root[key]!.GetValue<double>() : double.NaN;

    internal ImmutableArray<double> Reals(string key) =>
        [.. Items(key).Select(item => item is null ? double.NaN : item.GetValueKind() == JsonValueKind.Number ? item.GetValue<double>() : throw Wrong(key, "numbers"))];

    internal int Count(string key) => Items(key).Count;

    /// <summary>Texts of a list; none where it is missing.</summary>
    internal ImmutableArray<string> Texts(string key) => _root[key] is null ? [] : [.. Items(key).Select(item => item?.ToString() ?? "")];

    private JsonArray Items(string key) => Node(key) as JsonArray ?? throw Wrong(key, "a list");

    private JsonNode Node(string key) => Node(key, mayBeNull: false)!;

    private JsonNode? Node(string key, bool mayBeNull) => _root.TryGetPropertyValue(key, out JsonNode? node) && (mayBeNull || node is not null)
        ? node
        : throw InputException.At(_path, 0, $"no '{key}'", "what 'phonograph phonons' of this version writes", Advice);

    private InputException Wrong(string key, string expected)
    {
        string found = _root[key]!.ToJsonString();
        return InputException.At(_path, 0, $"'{(found.Length > 40 ? found[..40] + "..." : found)}' for '{key}'", expected, Advice);
    }
}
