using System.Diagnostics;
using System.Globalization;
using Phonograph.Execution;

namespace Phonograph.Cli.Terminal;

/// <summary>One line on stderr with done, total, rate and time left; silent when stderr is not a terminal or on request.</summary>
internal sealed class ProgressLine(bool quiet) : IProgress<WorkProgress>
{
    /// <summary>True when no progress is wanted.</summary>
    public bool IsQuiet => quiet;

    private readonly bool _silent = quiet || Console.IsErrorRedirected;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Started, long Done)> _stages = [];
    private long _lastShown;
    private int _width;

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        if (_silent)
        {
            return;
        }

        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();

            // A stage that has less than half done of what it had has begun anew, with a rate of its own; reports of several threads may change places.
            long started = _stages.TryGetValue(value.Stage, out var before) && 2 * value.Done >= before.Done ? before.Started : now;
            _stages[value.Stage] = (started, value.Done);
            if (value.Done < value.Total && Stopwatch.GetElapsedTime(_lastShown, now).TotalMilliseconds < 200)
            {
                return;
            }

            _lastShown = now;
            string line = Describe(value, Stopwatch.GetElapsedTime(started, now));
            Console.Error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
    }

    /// <summary>A line of its own on stderr, unless quiet was asked for.</summary>
    public void Say(string line)
    {
        if (!quiet)
        {
            Finish();
            Console.Error.WriteLine(line);
        }
    }

    /// <summary>A line that stays, above the one that moves; nothing where there is no progress.</summary>
    public void Row(string text)
    {
        if (_silent)
        {
            return;
        }

        lock (_lock)
        {
            Console.Error.WriteLine("\r" + text.PadRight(_width));
            _width = 0;
        }
    }

    /// <summary>Ends the line so that other output starts on a new one.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            if (!_silent && _width > 0)
            {
                Console.Error.WriteLine();
                _width = 0;
            }
        }
    }

    internal static string Describe(WorkProgress value, TimeSpan elapsed)
    {
        double rate = elapsed.TotalSeconds > 0 ? (value.Done - value.DoneBefore) / elapsed.TotalSeconds : 0;
        string left = rate > 0 ? Duration(TimeSpan.FromSeconds((value.Total - value.Done) / rate)) : "?";
        string speed = rate >= 1 ? rate.ToString("0.0", CultureInfo.InvariantCulture) + "/s" : (rate * 60).ToString("0.0", CultureInfo.InvariantCulture) + "/min";
        string line = string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Done}/{value.Total}  {speed}  {left} left");
        if (value.Whole?.TimeLeft is { } inAll)
        {
            line = $"{line}, about {Duration(inAll)} in all";
        }

        return value.Detail is null ? line : $"{line}  {value.Detail}";
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
