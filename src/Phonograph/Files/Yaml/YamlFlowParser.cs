using System.Globalization;

namespace Phonograph.Files.Yaml;

/// <summary>Reads lists and mappings in brackets: <c>[ 1.0, 2.0, 3.0 ]</c>, <c>{a: 1, b: [2, 3]}</c>.</summary>
internal static class YamlFlowParser
{
    private const string Advice = "Correct the brackets, or write the file again.";

    /// <summary>Place after the bracket that closes the one at a place.</summary>
    /// <param name="path">File, for messages.</param>
    /// <param name="text">Text.</param>
    /// <param name="start">Place of the opening bracket.</param>
    /// <param name="line">Line of the opening bracket; that of the closing one afterwards.</param>
    internal static int End(string path, ReadOnlySpan<char> text, int start, ref int line)
    {
        int firstLine = line;
        Span<char> open = stackalloc char[YamlReader.MaximumDepth];
        int depth = 0;
        for (int at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '[' or '{':
                    if (depth == open.Length)
                    {
                        throw InputException.At(path, line, $"more than {open.Length} brackets inside one another", "fewer", Advice);
                    }

                    open[depth++] = text[at];
                    break;
                case ']' or '}':
                    if (open[--depth] != (text[at] == ']' ? '[' : '{'))
                    {
                        throw InputException.At(path, line, $"'{text[at]}'", open[depth] == '[' ? "']'" : "'}'", Advice);
                    }

                    if (depth == 0)
                    {
                        return at + 1;
                    }

                    break;
                case '\n':
                    line++;
                    break;
                case '#' when at > 0 && char.IsWhiteSpace(text[at - 1]):
                    int end = text[at..].IndexOf('\n');
                    at = end < 0 ? text.Length : at + end - 1;
                    break;
                case '"' or '\'':
                    at = YamlQuotes.End(path, text, at, ref line) - 1;
                    break;
            }
        }

        throw InputException.At(path, firstLine, $"'{text[start]}' without its closing bracket", text[start] == '[' ? "']'" : "'}'", Advice);
    }

    /// <summary>Reads plain numbers; false when there is anything else, or another count.</summary>
    internal static bool TryReals(ReadOnlySpan<char> inside, Span<double> target)
    {
        for (int index = 0; index < target.Length; index++)
        {
            int comma = inside.IndexOf(',');
            if ((comma < 0) != (index == target.Length - 1))
            {
                return false;
            }

            ReadOnlySpan<char> token = comma < 0 ? inside : inside[..comma];
            if (!double.TryParse(token.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out target[index]) || !double.IsFinite(target[index]))
            {
                return false;
            }

            inside = comma < 0 ? default : inside[(comma + 1)..];
        }

        return true;
    }

    internal static List<YamlNode> Items(string path, ReadOnlyMemory<char> inside, int line)
    {
        var items = new List<YamlNode>();
        foreach ((ReadOnlyMemory<char> part, int at) in Parts(path, inside, line))
        {
            items.Add(Value(path, part, at));
        }

        return items;
    }

    internal static Dictionary<string, YamlNode> Entries(string path, ReadOnlyMemory<char> inside, int line)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach ((ReadOnlyMemory<char> part, int at) in Parts(path, inside, line))
        {
            int keyEnd = 0, ignored = at;
            if (part.Length > 0 && part.Span[0] is '"' or '\'')
            {
                keyEnd = YamlQuotes.End(path, part.Span, 0, ref ignored);
            }

            int colon = part.Span[keyEnd..].IndexOf(':');
            if (colon < 0)
            {
                throw InputException.At(path, at, $"'{part}'", "a key, a colon and a value", Advice);
            }

            string key = Value(path, part[..(keyEnd + colon)], at).Text;
            if (!entries.TryAdd(key, Value(path, part[(keyEnd + colon + 1)..], at)))
            {
                throw InputException.At(path, at, $"the key '{key}' a second time", "each key once", "Take one of them out.");
            }
        }

        return entries;
    }

    private static YamlNode Value(string path, ReadOnlyMemory<char> part, int line)
    {
        ReadOnlyMemory<char> text = part.Trim();
        if (text.Length == 0)
        {
            return YamlNode.Empty(path, line);
        }

        int end = line;
        return text.Span[0] switch
        {
            '[' or '{' when End(path, text.Span, 0, ref end) == text.Length => YamlNode.Flow(path, line, text[1..^1], text.Span[0] == '['),
            '"' or '\'' when YamlQuotes.End(path, text.Span, 0, ref end) == text.Length => YamlNode.Scalar(path, line, YamlQuotes.Unquoted(path, text, line)),
            '[' or '{' or '"' or '\'' => throw InputException.At(path, line, $"'{text}'", "a comma after the closing bracket or quote", Advice),
            _ => YamlNode.Scalar(path, line, text),
        };
    }

    /// <summary>What stands between the commas, without comments; an empty last part is left out.</summary>
    private static IEnumerable<(ReadOnlyMemory<char> Part, int Line)> Parts(string path, ReadOnlyMemory<char> inside, int line)
    {
        int start = 0, partLine = line;
        for (int at = 0; at < inside.Length; at++)
        {
            switch (inside.Span[at])
            {
                case '[' or '{':
                    at = End(path, inside.Span, at, ref line) - 1;
                    break;
                case '"' or '\'':
                    at = YamlQuotes.End(path, inside.Span, at, ref line) - 1;
                    break;
                case '\n':
                    line++;
                    break;
                case '#' when at > 0 && char.IsWhiteSpace(inside.Span[at - 1]):
                    // A comment ends the part; what follows in the next line begins a new one or is the rest of the list.
                    int end = inside.Span[at..].IndexOf('\n');
                    ReadOnlyMemory<char> rest = end < 0 ? default : inside[(at + end)..];
                    inside = string.Concat(inside.Span[..at], rest.Span).AsMemory();
                    at--;
                    break;
                case ',':
                    yield return (inside[start..at].Trim(), partLine);
                    start = at + 1;
                    partLine = line;
                    break;
            }
        }

        if (inside[start..].Trim().Length > 0)
        {
            yield return (inside[start..].Trim(), partLine);
        }
    }
}
