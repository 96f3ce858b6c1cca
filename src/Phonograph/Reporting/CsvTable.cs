using System.Text;

namespace Phonograph.Reporting;

/// <summary>A table for a CSV file (RFC 4180, line feeds).</summary>
internal sealed class CsvTable(params string[] header)
{
    private readonly List<string[]> _rows = [];

    internal int RowCount => _rows.Count;

    internal void Add(params string[] cells)
    {
        if (cells.Length != header.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {header.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string[] row in _rows.Prepend(header))
        {
            text.AppendJoin(',', row.Select(Cell)).Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
