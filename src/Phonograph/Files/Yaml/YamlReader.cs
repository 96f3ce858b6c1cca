namespace Phonograph.Files.Yaml;

/// <summary>
/// Reads the part of YAML 1.2 that phonopy and PyYAML write: blocks of keys and lists, lists and mappings in brackets, quoted and plain texts, comments.
/// Anchors, tags, texts over several lines without quotes and several documents in one file are refused by name. Files of forces have millions of numbers in brackets; these are read
/// only when they are asked for, straight from the text.
/// </summary>
internal sealed class YamlReader
{
    internal const int MaximumDepth = 64;
    private const string Advice = "Correct the line, or write the file again.";
    private readonly string _path, _text;
    private int _at, _line = 1, _column;

    private YamlReader(string path, string text)
    {
        (_path, _text) = (path, text);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="path">File, for messages.</param>
    /// <param name="text">The whole text.</param>
    /// <exception cref="InputException">The text is not in this part of YAML.</exception>
    internal static YamlNode Read(string path, string text)
    {
        var reader = new YamlReader(path, text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text);
        reader.SkipToContent();
        while (!reader.IsAtEnd && reader.IsMarker())
        {
            reader.SkipLine();
            reader.SkipToContent();
        }

        if (reader.IsAtEnd)
        {
            return YamlNode.Empty(path, 1);
        }

        YamlNode root = reader.Block(reader._column, 0);
        if (!reader.IsAtEnd && reader.Rest().SequenceEqual("..."))
        {
            reader.SkipLine();
            reader.SkipToContent();
        }

        return reader.IsAtEnd ? root : throw reader.Wrong(reader.Found(), "the end of the file, or a line with the indentation of one above");
    }

    /// <summary>Reads a file that people write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it describes, for messages.</param>
    /// <param name="advice">What the user can do, for messages.</param>
    /// <exception cref="InputException">The file cannot be read, is no text or is not in this part of YAML.</exception>
    internal static YamlNode ReadSettings(string path, string what, string advice)
    {
        string text = WholeText.Read(path);
        return text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))
            ? throw InputException.At(path, 0, "characters that are no text", what, advice)
            : Read(path, text);
    }

    private bool IsAtEnd => _at >= _text.Length;

    private char Here => _text[_at];

    private bool IsItem => Here == '-' && (_at + 1 == _text.Length || _text[_at + 1] is ' ' or '\n' or '\t');

    /// <summary>A node that begins here, in the given column.</summary>
    private YamlNode Block(int column, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Wrong($"more than {MaximumDepth} levels", "fewer");
        }

        return IsItem ? Sequence(column, depth) : KeyEnd() >= 0 ? Mapping(column, depth) : Value(column - 1);
    }

    private YamlNode Sequence(int column, int depth)
    {
        int line = _line;
        var items = new List<YamlNode>();
        while (!IsAtEnd && _column == column && IsItem)
        {
            int itemLine = _line;
            Advance(1);
            SkipBlanks();
            if (!IsAtLineEnd())
            {
                items.Add(Block(_column, depth + 1));
            }
            else
            {
                SkipToContent();
                items.Add(!IsAtEnd && _column > column ? Block(_column, depth + 1) : YamlNode.Empty(_path, itemLine));
            }
        }

        return YamlNode.Sequence(_path, line, items);
    }

    private YamlNode Mapping(int column, int depth)
    {
        int line = _line;
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (!IsAtEnd && _column == column && !IsItem && !(column == 0 && Rest().SequenceEqual("...")))
        {
            int keyLine = _line, end = KeyEnd();
            if (end < 0)
            {
                throw Wrong(Found(), "a key and a colon");
            }

            ReadOnlyMemory<char> raw = _text.AsMemory(_at, end - _at).Trim();
            string key = (raw.Length > 0 && raw.Span[0] is '"' or '\'' ? YamlQuotes.Unquoted(_path, raw, _line) : raw).ToString();
            Advance(end + 1 - _at);
            SkipBlanks();
            YamlNode value;
            if (!IsAtLineEnd())
            {
                value = Value(column);
            }
            else
            {
                SkipToContent();
                value = IsAtEnd || _column < column || (_column == column && !IsItem) ? YamlNode.Empty(_path, keyLine)
                    : _column == column ? Sequence(column, depth + 1)
                    : Block(_column, depth + 1);
            }

            if (!entries.TryAdd(key, value))
            {
                throw InputException.At(_path, keyLine, $"the key '{key}' a second time", "each key once", "Take one of them out.");
            }
        }

        return YamlNode.Mapping(_path, line, entries);
    }

    /// <summary>A value in brackets, in quotes or plain, on the rest of the line; what continues it must stand right of a column.</summary>
    private YamlNode Value(int column)
    {
        int line = _line;
        YamlNode value;
        switch (Here)
        {
            case '[' or '{':
                int end = YamlFlowParser.End(_path, _text, _at, ref _line);
                value = YamlNode.Flow(_path, line, _text.AsMemory(_at + 1, end - _at - 2), Here == '[');
                _at = end;
                break;
            case '"' or '\'':
                int close = YamlQuotes.End(_path, _text, _at, ref _line);
                value = YamlNode.Scalar(_path, line, YamlQuotes.Unquoted(_path, _text.AsMemory(_at, close - _at), line));
                _at = close;
                break;
            case '&' or '*' or '!' or '|' or '>' or '%' or '@' or '`' or '?':
                throw Wrong(Found(), "a value of the kinds that phonopy writes (numbers, texts, lists, keys)");
            default:
                value = YamlNode.Scalar(_path, line, Plain());
                break;
        }

        SkipBlanks();
        if (!IsAtLineEnd())
        {
            throw Wrong(Found(), "the end of the line");
        }

        SkipToContent();
        return IsAtEnd || _column <= column ? value : throw Wrong(Found(), "a line with the indentation of one above, not the rest of a value");
    }

    private ReadOnlyMemory<char> Plain()
    {
        int start = _at, end = _text.IndexOf('\n', _at);
        end = end < 0 ? _text.Length : end;
        ReadOnlySpan<char> line = _text.AsSpan(start, end - start);
        for (int place = line.IndexOf('#'); place > 0; place = NextHash(line, place))
        {
            if (line[place - 1] is ' ' or '\t')
            {
                end = start + place;
                break;
            }
        }

        ReadOnlyMemory<char> text = _text.AsMemory(start, end - start).TrimEnd();
        if (text.Span.EndsWith(":") || text.Span.Contains(": ", StringComparison.Ordinal))
        {
            throw Wrong(Found(), "one value; a text with a colon in quotes");
        }

        Advance(end - start);
        return text;
    }

    private static int NextHash(ReadOnlySpan<char> line, int place)
    {
        int next = line[(place + 1)..].IndexOf('#');
        return next < 0 ? -1 : place + 1 + next;
    }

    /// <summary>Place of the colon that ends a key beginning here, or -1.</summary>
    private int KeyEnd()
    {
        if (Here is '[' or '{' or '#' or ':')
        {
            return -1;
        }

        int at = _at;
        if (Here is '"' or '\'')
        {
            int line = _line;
            at = YamlQuotes.End(_path, _text, _at, ref line);
            while (at < _text.Length && _text[at] == ' ')
            {
                at++;
            }

            return at < _text.Length && _text[at] == ':' && IsBlankAt(at + 1) ? at : -1;
        }

        for (; at < _text.Length && _text[at] != '\n'; at++)
        {
            if (_text[at] == ':' && IsBlankAt(at + 1))
            {
                return at;
            }

            if (_text[at] == '#' && at > _at && _text[at - 1] is ' ' or '\t')
            {
                return -1;
            }
        }

        return -1;
    }

    private bool IsBlankAt(int at) => at >= _text.Length || _text[at] is ' ' or '\n' or '\t';

    private bool IsMarker() => _column == 0 && (Here == '%' || Rest().SequenceEqual("---"));

    private ReadOnlySpan<char> Rest()
    {
        int end = _text.IndexOf('\n', _at);
        return _text.AsSpan(_at, (end < 0 ? _text.Length : end) - _at).TrimEnd();
    }

    private string Found()
    {
        string rest = Rest().ToString();
        return rest.Length == 0 ? "an empty line" : rest.Length <= 60 ? $"'{rest}'" : $"'{rest[..57]}...'";
    }

    private bool IsAtLineEnd() => IsAtEnd || Here is '\n' or '#';

    private void Advance(int count)
    {
        _at += count;
        _column += count;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && Here is ' ' or '\t')
        {
            Advance(1);
        }
    }

    private void SkipLine()
    {
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    /// <summary>Goes to the first character of the next line with content; leaves the rest of this line, which must be blank or a comment.</summary>
    private void SkipToContent()
    {
        while (!IsAtEnd)
        {
            if (Here == '\n')
            {
                _line++;
                _at++;
                _column = 0;
            }
            else if (Here == ' ')
            {
                Advance(1);
            }
            else if (Here == '#')
            {
                SkipLine();
            }
            else if (Here == '\t')
            {
                // A tab before content would make its column a matter of taste.
                SkipBlanks();
                if (!IsAtLineEnd())
                {
                    throw Wrong("a tab before the first character", "blanks");
                }
            }
            else
            {
                return;
            }
        }
    }

    private InputException Wrong(string found, string expected) => InputException.At(_path, _line, found, expected, Advice);
}
