using System.Globalization;
using System.Text;

namespace Phonograph.Reporting;

/// <summary>Puts HTML together; every text passes through the encoder.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Text with the characters of HTML escaped; a number and its per cent sign stay on one line.</summary>
    internal static string Escape(string text)
    {
        return text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace(" %", "\u00a0%", StringComparison.Ordinal);
    }

    /// <summary>Markup as it stands.</summary>
    internal HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>An element that holds text.</summary>
    internal HtmlText Element(string name, string text, string? cssClass = null)
    {
        _text.Append('<').Append(name);
        if (cssClass is not null)
        {
            _text.Append(" class=\"").Append(cssClass).Append('"');
        }

        _text.Append('>').Append(Escape(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>A list of sentences; nothing for none.</summary>
    internal HtmlText List(IEnumerable<string> sentences)
    {
        string[] all = [.. sentences];
        if (all.Length > 0)
        {
            _text.Append("<ul>\n");
            foreach (string sentence in all)
            {
                Element("li", sentence);
            }

            _text.Append("</ul>\n");
        }

        return this;
    }

    /// <summary>A table that the reader can sort by its columns.</summary>
    /// <param name="caption">What it shows, with its label.</param>
    /// <param name="header">Column titles; one that starts with <c>#</c> is a column of numbers.</param>
    /// <param name="rows">Cells.</param>
    internal HtmlText Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<HtmlCell>> rows)
    {
        _text.Append("<div class=\"table\" tabindex=\"0\"><table class=\"sortable\"><caption>").Append(Escape(caption)).Append("</caption><thead><tr>");
        foreach (string title in header)
        {
            bool isNumber = title.StartsWith('#');
            _text.Append(isNumber ? "<th class=\"number\" scope=\"col\">" : "<th scope=\"col\">").Append(Escape(isNumber ? title[1..] : title)).Append("</th>");
        }

        _text.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<HtmlCell> row in rows)
        {
            _text.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                _text.Append(header[i].StartsWith('#') ? "<td class=\"number\"" : "<td");
                if (row[i].SortBy is { } key)
                {
                    _text.Append(" data-sort=\"").Append(double.IsFinite(key) ? key.ToString("R", CultureInfo.InvariantCulture) : "").Append('"');
                }

                _text.Append('>').Append(header[i].StartsWith('#') ? OnOneLine(Escape(row[i].Text)) : Escape(row[i].Text)).Append("</td>");
            }

            _text.Append("</tr>\n");
        }

        _text.Append("</tbody></table></div>\n");
        return this;
    }

    /// <summary>A number stays on one line, and so does its interval; the interval may stand below the number where there is little room.</summary>
    private static string OnOneLine(string text) => text.Replace(' ', '\u00a0').Replace("\u00a0[", " [", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

/// <summary>A cell of a table: what it shows and, for numbers, what it is sorted by.</summary>
internal readonly record struct HtmlCell(string Text, double? SortBy = null)
{
    /// <summary>A cell of text.</summary>
    public static implicit operator HtmlCell(string text) => new(text);
}
