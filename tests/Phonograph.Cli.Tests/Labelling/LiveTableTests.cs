using System.Globalization;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>What a user sees in a terminal while labels are computed: the table of the campaign, drawn over itself, and in the end only the last one.</summary>
public sealed class LiveTableTests : IDisposable
{
    private const int Rows = 30, Columns = 100;
    private readonly TemporaryFolder _folder = new();

    /// <summary>Longer than the table rests between two looks.</summary>
    private readonly FakeCp2k _program = RecordedEngine.Create(before: "sleep 3");

    public void Dispose()
    {
        _folder.Dispose();
        _program.Dispose();
    }

    [Fact]
    public void A_terminal_shows_the_table_of_the_campaign_while_it_runs_and_one_table_in_the_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs Linux with script(1)");
        RecordedEngine.WriteCells(_folder, 2);
        const string Label = "label cells.xyz --engine cp2k --level gfn1-xtb --campaign work ";
        PhonographProgram.Answer shown = Run(Label + "--limit 1", "sh", "-c", $"script -qec \"stty rows {Rows} cols {Columns}; $*\" /dev/null", "sh");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("in flight", shown.Output, StringComparison.Ordinal);
        Assert.Contains("1 running, ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("label: ", shown.Output, StringComparison.Ordinal);
        string[] screen = Screen(shown.Output), printed = Run("label --status work").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("label: 1/", screen[0], StringComparison.Ordinal);
        Assert.Equal(printed, screen[1..]);

        // Without a terminal, and when quiet, nothing of it is written.
        PhonographProgram.Answer plain = Run(Label + "--limit 1");
        Assert.Equal((0, ""), (plain.ExitCode, plain.Errors));
        Assert.DoesNotContain('\u001b', plain.Output);
        Assert.DoesNotContain("\u001b[J", Run(Label + "--quiet", "sh", "-c", "script -qec \"$*\" /dev/null", "sh").Output, StringComparison.Ordinal);
    }

    private PhonographProgram.Answer Run(string command, params string[] through) => PhonographProgram.Run(_folder.Path, command, [("PHONOGRAPH_CP2K", _program.ProgramPath)], through);

    /// <summary>What stands on a terminal after a text with line ends, carriage returns, cursor-up and erase-below.</summary>
    private static string[] Screen(string text)
    {
        var lines = new List<string> { "" };
        int row = 0, column = 0;
        for (int place = 0; place < text.Length; place++)
        {
            char letter = text[place];
            if (letter == '\u001b' && place + 1 < text.Length && text[place + 1] == '[')
            {
                int end = text.IndexOfAny([.. "ABCDEFGHJKSTfhlmnrsu"], place + 2);
                if (text[end] == 'A')
                {
                    row = Math.Max(0, row - int.Parse(text.AsSpan(place + 2, end - place - 2), CultureInfo.InvariantCulture));
                }
                else if (text[end] == 'J')
                {
                    lines[row] = lines[row][..Math.Min(column, lines[row].Length)];
                    lines.RemoveRange(row + 1, lines.Count - row - 1);
                }

                place = end;
            }
            else if (letter == '\n')
            {
                row++;
                if (row == lines.Count)
                {
                    lines.Add("");
                }
            }
            else if (letter == '\r')
            {
                column = 0;
            }
            else if (!char.IsControl(letter))
            {
                string before = lines[row].PadRight(column);
                lines[row] = before[..column] + letter + (column + 1 < before.Length ? before[(column + 1)..] : "");
                column++;
            }
        }

        return [.. lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
