using System.Diagnostics;
using System.Globalization;
using Phonograph.Execution;

namespace Phonograph.Cli.Terminal;

/// <summary>
/// One line with done, total, rate and time left: drawn over itself on a terminal; in a file or a pipe a line of its own every minute, so that the log of a long job says where it stands and
/// that of a short one stays empty. Silent on request.
/// </summary>
internal sealed class ProgressLine : IProgress<WorkProgress>
{
    private readonly bool _isTerminal;
    private readonly TextWriter _writer;
    private readonly TimeSpan _interval;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Started, long Done)> _stages = [];
    private long _lastShown;
    private int _width;

    /// <summary>Progress on stderr.</summary>
    /// <param name="quiet">True for none.</param>
    public ProgressLine(bool quiet)
        : this(quiet, !Console.IsErrorRedirected, Console.Error, Console.IsErrorRedirected ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(200))
    {
    }

    internal ProgressLine(bool quiet, bool isTerminal, TextWriter writer, TimeSpan interval)
    {
        (IsQuiet, _isTerminal, _writer, _interval) = (quiet, isTerminal, writer, interval);
        _lastShown = isTerminal ? 0 : Stopwatch.GetTimestamp();
    }

    /// <summary>True when no progress is wanted.</summary>
    public bool IsQuiet { get; }

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        if (IsQuiet)
        {
            return;
        }

        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();

            // A stage that has less than half done of what it had has begun anew, with a rate of its own; reports of several threads may change places.
            long started = _stages.TryGetValue(value.Stage, out var before) && 2 * value.Done >= before.Done ? before.Started : now;
            _stages[value.Stage] = (started, value.Done);
            bool isLast = _isTerminal && value.Done >= value.Total;
            if (!isLast && Stopwatch.GetElapsedTime(_lastShown, now) < _interval)
            {
                return;
            }

            _lastShown = now;
            string line = Describe(value, Stopwatch.GetElapsedTime(started, now));
            if (_isTerminal)
            {
                _writer.Write("\r" + line.PadRight(_width));
                _width = line.Length;
            }
            else
            {
                _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss}  {line}"));
            }
        }
    }

    /// <summary>A line of its own on stderr, unless quiet was asked for.</summary>
    public void Say(string line)
    {
        if (!IsQuiet)
        {
            Finish();
            _writer.WriteLine(line);
        }
    }

    /// <summary>A line that stays, above the one that moves; nothing where there is no progress.</summary>
    public void Row(string text)
    {
        if (IsQuiet || !_isTerminal)
        {
            return;
        }

        lock (_lock)
        {
            _writer.WriteLine("\r" + text.PadRight(_width));
            _width = 0;
        }
    }

    /// <summary>Ends the line so that other output starts on a new one.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            if (_width > 0)
            {
                _writer.WriteLine();
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
