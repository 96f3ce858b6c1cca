using System.Globalization;
using System.Text;

namespace Phonograph.Cli.Terminal;

/// <summary>Lines at the end of a terminal that are written over each time they are shown (cursor up, erase line, erase below of ECMA-48).</summary>
/// <param name="terminal">Where to.</param>
internal sealed class LiveTable(TextWriter terminal)
{
    private const string Escape = "\u001b[";
    private int _shown;

    /// <summary>Shows lines in the place of those shown before. What is wider or higher than the terminal is cut, so that every line takes one row and all rows can be reached again.</summary>
    /// <param name="lines">The lines, without line ends.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of the terminal.</param>
    internal void Show(IReadOnlyList<string> lines, int width, int height)
    {
        int rows = Math.Min(lines.Count, Math.Max(1, height - 1)), columns = Math.Max(1, width - 1);
        var text = new StringBuilder();
        Return(text, height);
        for (int row = 0; row < rows; row++)
        {
            bool isCut = row == rows - 1 && rows < lines.Count;
            string line = isCut ? $"... {lines.Count - rows + 1} more lines" : lines[row];
            text.Append(line.Length > columns ? line.AsSpan(0, columns) : line).Append('\n');
        }

        _shown = rows;
        terminal.Write(text);
        terminal.Flush();
    }

    /// <summary>Takes the lines away.</summary>
    /// <param name="height">Rows of the terminal.</param>
    internal void Clear(int height)
    {
        var text = new StringBuilder();
        Return(text, height);
        _shown = 0;
        terminal.Write(text);
        terminal.Flush();
    }

    /// <summary>To the first of the lines, with everything from there erased. Lines that a terminal made smaller has pushed out at the top stay where they are.</summary>
    private void Return(StringBuilder text, int height)
    {
        text.Append('\r');
        int up = Math.Min(_shown, Math.Max(0, height - 1));
        if (up > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Escape}{up}A");
        }

        text.Append(Escape).Append('J');
    }
}
