using System.Globalization;

namespace Phonograph.Files.Yaml;

/// <summary>What a node of a YAML text is.</summary>
internal enum YamlKind
{
    /// <summary>Nothing stands there.</summary>
    Empty,

    /// <summary>Text or a number.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Keys with values.</summary>
    Mapping,
}

/// <summary>A node of a YAML text with its line, and readers that name file, line, found and expected when it is not what it should be.</summary>
internal sealed class YamlNode
{
    private readonly string _path;
    private readonly ReadOnlyMemory<char> _text;
    private readonly bool _isFlow;
    private List<YamlNode>? _items;
    private Dictionary<string, YamlNode>? _entries;

    private YamlNode(string path, int line, YamlKind kind, ReadOnlyMemory<char> text, bool isFlow)
    {
        (_path, Line, Kind, _text, _isFlow) = (path, line, kind, text, isFlow);
    }

    /// <summary>Line from 1.</summary>
    internal int Line { get; }

    internal YamlKind Kind { get; }

    /// <summary>Text of a scalar.</summary>
    internal string Text => _text.ToString();

    /// <summary>Items of a sequence; empty for other nodes.</summary>
    internal IReadOnlyList<YamlNode> Items
    {
        get
        {
            if (_items is null && Kind == YamlKind.Sequence && _isFlow)
            {
                _items = YamlFlowParser.Items(_path, _text, Line);
            }

            return _items ?? (IReadOnlyList<YamlNode>)[];
        }
    }

    /// <summary>Keys and values of a mapping in no certain order; empty for other nodes.</summary>
    internal IReadOnlyDictionary<string, YamlNode> Entries
    {
        get
        {
            if (_entries is null && Kind == YamlKind.Mapping && _isFlow)
            {
                _entries = YamlFlowParser.Entries(_path, _text, Line);
            }

            return _entries ?? (IReadOnlyDictionary<string, YamlNode>)System.Collections.ObjectModel.ReadOnlyDictionary<string, YamlNode>.Empty;
        }
    }

    internal static YamlNode Empty(string path, int line) => new(path, line, YamlKind.Empty, default, isFlow: false);

    internal static YamlNode Scalar(string path, int line, ReadOnlyMemory<char> text) => new(path, line, YamlKind.Scalar, text, isFlow: false);

    internal static YamlNode Sequence(string path, int line, List<YamlNode> items) => new(path, line, YamlKind.Sequence, default, isFlow: false) { _items = items };

    internal static YamlNode Mapping(string path, int line, Dictionary<string, YamlNode> entries) => new(path, line, YamlKind.Mapping, default, isFlow: false) { _entries = entries };

    /// <summary>A list or mapping in brackets; its inside is read when it is asked for.</summary>
    internal static YamlNode Flow(string path, int line, ReadOnlyMemory<char> inside, bool isSequence) =>
        new(path, line, isSequence ? YamlKind.Sequence : YamlKind.Mapping, inside, isFlow: true);

    /// <summary>The value of a key, or null when the key is missing or empty.</summary>
    internal YamlNode? Find(string key) => Entries.TryGetValue(key, out YamlNode? value) && value.Kind != YamlKind.Empty ? value : null;

    /// <summary>The value of a key that must be there.</summary>
    internal YamlNode Required(string key, string advice) => Find(key) ?? throw Wrong($"no '{key}'", $"the key '{key}'", advice);

    /// <summary>Items of a sequence of a certain length.</summary>
    internal IReadOnlyList<YamlNode> Sequence(int count, string what) => Kind == YamlKind.Sequence && Items.Count == count
        ? Items
        : throw Wrong(Kind == YamlKind.Sequence ? $"{Items.Count} items" : Describe(), $"{count} items: {what}", "The file is damaged; write it again.");

    /// <summary>A finite number.</summary>
    internal double Real(string what) => Kind == YamlKind.Scalar && double.TryParse(_text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value
        : throw Wrong(Describe(), $"a finite number ({what})", "The file is damaged; write it again.");

    /// <summary>An integer.</summary>
    internal int Integer(string what) => Kind == YamlKind.Scalar && int.TryParse(_text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw Wrong(Describe(), $"an integer ({what})", "The file is damaged; write it again.");

    /// <summary>Finite numbers of a sequence of a certain length, without building its items where it stands in brackets.</summary>
    internal void Reals(Span<double> target, string what)
    {
        if (Kind == YamlKind.Sequence && _isFlow && _items is null && YamlFlowParser.TryReals(_text.Span, target))
        {
            return;
        }

        IReadOnlyList<YamlNode> items = Sequence(target.Length, what);
        for (int index = 0; index < target.Length; index++)
        {
            target[index] = items[index].Real(what);
        }
    }

    /// <summary>An error at this node.</summary>
    internal InputException Wrong(string found, string expected, string advice) => InputException.At(_path, Line, found, expected, advice);

    /// <summary>Refuses everything but a mapping with some of these keys.</summary>
    internal void RequireKeys(IReadOnlyCollection<string> keys, string advice)
    {
        if (Kind != YamlKind.Mapping)
        {
            throw Wrong(Describe(), $"keys with values: {string.Join(", ", keys)}", advice);
        }

        if (Entries.Where(entry => !keys.Contains(entry.Key)).OrderBy(entry => entry.Value.Line).FirstOrDefault() is { Key: { } unknown } entry)
        {
            throw entry.Value.Wrong($"the key '{unknown}'", $"one of {string.Join(", ", keys)}", advice);
        }
    }

    /// <summary>What is made from this node; names the place of what is refused there.</summary>
    internal T Make<T>(Func<T> make, string advice)
    {
        try
        {
            return make();
        }
        catch (InputException error)
        {
            throw new InputException($"{_path}, line {Line}: {error.Message} {advice}", error);
        }
    }

    /// <summary>What stands here, for a message.</summary>
    internal string Describe() => Kind switch
    {
        YamlKind.Empty => "nothing",
        YamlKind.Scalar => _text.Length <= 60 ? $"'{_text}'" : $"'{_text[..57]}...'",
        YamlKind.Sequence => "a list",
        _ => "keys with values",
    };
}
