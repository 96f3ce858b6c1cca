using Phonograph.Cli.Terminal;
using Phonograph.Execution;

namespace Phonograph.Cli.Tests.Terminal;

public sealed class ProgressLineTests
{
    [Fact]
    public void In_a_log_each_report_that_is_due_is_a_line_of_its_own_with_the_time()
    {
        string[] lines = Written(isTerminal: false, TimeSpan.Zero, 1, 2, 3).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^\d\d:\d\d:\d\d  fits: [123]/3  .* left$", line));
    }

    [Fact]
    public void The_log_of_a_short_job_stays_empty() => Assert.Empty(Written(isTerminal: false, TimeSpan.FromMinutes(1), 1, 2, 3));

    [Fact]
    public void On_a_terminal_the_line_is_drawn_over_itself_and_the_end_of_a_stage_is_always_shown()
    {
        Assert.Equal(3, Written(isTerminal: true, TimeSpan.Zero, 1, 2, 3).Split('\r').Length - 1);

        // The first report and the last; what comes between is too soon.
        string written = Written(isTerminal: true, TimeSpan.FromHours(1), 1, 2, 3);
        Assert.DoesNotContain("fits: 2/3", written, StringComparison.Ordinal);
        Assert.Contains("\rfits: 3/3", written, StringComparison.Ordinal);
        Assert.EndsWith(Environment.NewLine, written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Quiet_is_quiet(bool isTerminal) => Assert.Empty(Written(isTerminal, TimeSpan.Zero, quiet: true, 1, 2, 3));

    private static string Written(bool isTerminal, TimeSpan interval, params int[] done) => Written(isTerminal, interval, quiet: false, done);

    private static string Written(bool isTerminal, TimeSpan interval, bool quiet, params int[] done)
    {
        using var writer = new StringWriter();
        var line = new ProgressLine(quiet, isTerminal, writer, interval);
        foreach (int each in done)
        {
            line.Report(new WorkProgress("fits", each, 3));
        }

        line.Finish();
        return writer.ToString();
    }
}
