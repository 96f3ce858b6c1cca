using System.Text;

namespace Phonograph.Crystals.Formats;

/// <summary>
/// The key=value grammar of an extended XYZ comment line (https://github.com/libAtoms/extxyz): values are bare words or stand in quotes,
/// braces or brackets; a backslash protects the next character; a key without value is true.
/// </summary>
internal static class CommentLine
{
    private const string Special = "\"'{}[]=\\,";

    /// <summary>Keys and values in their order, without quotes.</summary>
    /// <exception cref="FormatException">A quote or bracket is not closed.</exception>
    internal static List<KeyValuePair<string, string>> Parse(string line)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        int at = 0;
        while (true)
        {
            SkipBlanks(line, ref at);
            if (at == line.Length)
            {
                return pairs;
            }

            string key = Word(line, ref at, stopAtEquals: true);
            int behindKey = at;
            SkipBlanks(line, ref at);
            if (at < line.Length && line[at] == '=')
            {
                at++;
                SkipBlanks(line, ref at);
                pairs.Add(new(key, at < line.Length ? Word(line, ref at, stopAtEquals: false) : ""));
            }
            else
            {
                at = behindKey;
                pairs.Add(new(key, "T"));
            }
        }
    }

    /// <summary>A key or value as it is written: in quotes where it needs them.</summary>
    internal static string Write(string text)
    {
        if (text.Length > 0 && !text.Any(character => char.IsWhiteSpace(character) || Special.Contains(character, StringComparison.Ordinal)))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (char character in text.ReplaceLineEndings("\n"))
        {
            quoted.Append(character switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", _ => character.ToString() });
        }

        return quoted.Append('"').ToString();
    }

    private static void SkipBlanks(string line, ref int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }
    }

    private static string Word(string line, ref int at, bool stopAtEquals)
    {
        char close = line[at] switch { '"' => '"', '\'' => '\'', '{' => '}', '[' => ']', _ => '\0' };
        return close == '\0' ? Bare(line, ref at, stopAtEquals) : Enclosed(line, ref at, close);
    }

    private static string Bare(string line, ref int at, bool stopAtEquals)
    {
        int start = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]) && !(stopAtEquals && line[at] == '='))
        {
            at++;
        }

        return line[start..at];
    }

    private static string Enclosed(string line, ref int at, char close)
    {
        char open = line[at];
        var text = new StringBuilder();
        int depth = 1;
        for (at++; at < line.Length; at++)
        {
            char character = line[at];
            if (character == '\\' && at + 1 < line.Length)
            {
                at++;
                text.Append(line[at] == 'n' ? '\n' : line[at]);
                continue;
            }

            depth += character == close ? -1 : character == open ? 1 : 0;
            if (depth == 0)
            {
                at++;
                return text.ToString();
            }

            text.Append(character);
        }

        throw new FormatException($"a {open} that is never closed");
    }
}
