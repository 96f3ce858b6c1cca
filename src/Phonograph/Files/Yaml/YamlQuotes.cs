using System.Text;

namespace Phonograph.Files.Yaml;

/// <summary>Texts in single or double quotes.</summary>
internal static class YamlQuotes
{
    /// <summary>Place after the closing quote of the text that begins at a place.</summary>
    internal static int End(string path, ReadOnlySpan<char> text, int start, ref int line)
    {
        char quote = text[start];
        int firstLine = line;
        for (int at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\n')
            {
                line++;
            }
            else if (text[at] == '\\' && quote == '"')
            {
                at++;
            }
            else if (text[at] == quote)
            {
                if (quote == '"' || at + 1 == text.Length || text[at + 1] != quote)
                {
                    return at + 1;
                }

                at++;
            }
        }

        throw InputException.At(path, firstLine, $"a text in quotes ({quote}) without its end", $"the closing {quote}", "Close the quotes, or write the file again.");
    }

    /// <summary>The text between the quotes: escapes replaced, line breaks folded to blanks.</summary>
    internal static ReadOnlyMemory<char> Unquoted(string path, ReadOnlyMemory<char> quoted, int line)
    {
        ReadOnlyMemory<char> inside = quoted[1..^1];
        bool isDouble = quoted.Span[0] == '"';
        if (inside.Span.IndexOfAny(isDouble ? '\\' : '\'', '\n') < 0)
        {
            return inside;
        }

        var text = new StringBuilder();
        ReadOnlySpan<char> source = inside.Span;
        for (int at = 0; at < source.Length; at++)
        {
            if (source[at] == '\n')
            {
                while (text.Length > 0 && text[^1] is ' ' or '\t' or '\r')
                {
                    text.Length--;
                }

                text.Append(' ');
                while (at + 1 < source.Length && char.IsWhiteSpace(source[at + 1]))
                {
                    at++;
                }
            }
            else if (isDouble && source[at] == '\\')
            {
                at++;
                text.Append(source[at] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '0' => '\0',
                    '"' or '\\' or '/' or ' ' => source[at],
                    _ => throw InputException.At(path, line, $"'\\{source[at]}'", "one of \\n \\t \\r \\0 \\\" \\\\", "Write the character itself."),
                });
            }
            else
            {
                text.Append(source[at]);
                at += !isDouble && source[at] == '\'' ? 1 : 0;
            }
        }

        return text.ToString().AsMemory();
    }
}
