using System.Diagnostics;

namespace Phonograph.Execution;

/// <summary>A stage of a longer job.</summary>
/// <param name="Name">Its name in <see cref="WorkProgress.Stage"/>.</param>
/// <param name="Share">Its expected share of the time of the job; only ratios of shares matter.</param>
/// <param name="Times">How often the stage runs from beginning to end, each time with a total of its own.</param>
public sealed record WorkStage(string Name, double Share, int Times = 1);

/// <summary>How far a job of several stages is, in expected time.</summary>
/// <param name="Done">What this run has done.</param>
/// <param name="Left">What is left, in the same measure.</param>
/// <param name="Elapsed">Time since it began.</param>
public readonly record struct WorkExtent(double Done, double Left, TimeSpan Elapsed)
{
    /// <summary>Time left, should the rest go as what is done went; null before anything is done.</summary>
    public TimeSpan? TimeLeft => Done > 0 ? Elapsed * (Left / Done) : null;
}

/// <summary>
/// Adds to the progress of each stage how far the whole job is. What an earlier run finished counts neither as done nor as left, stages that do not occur drop out when a later one begins, and stages without a share pass through.
/// </summary>
/// <param name="stages">The stages in the order in which they run.</param>
/// <param name="progress">Told about every step.</param>
public sealed class StagedProgress(IReadOnlyList<WorkStage> stages, IProgress<WorkProgress> progress) : IProgress<WorkProgress>
{
    private readonly Lock _lock = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private double _finished, _before, _done;
    private int _place = -1, _time;

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            int place = Place(value.Stage);
            if (place >= Math.Max(_place, 0))
            {
                double done = Fraction(value.Done, value.Total), before = Fraction(value.DoneBefore, value.Total);
                if (place > _place)
                {
                    Finish();
                    (_place, _time, _before) = (place, 0, before);
                }
                else if (done < _done && _time + 1 < stages[place].Times)
                {
                    Finish();
                    (_time, _before) = (_time + 1, before);
                }

                // A stage may learn bit by bit what an earlier run did; work that it saves later, by stopping early, is work of this run.
                _before = value.Done == value.DoneBefore ? before : _before;
                _done = Math.Max(done, _before);
            }

            progress.Report(value with { Whole = _place < 0 ? null : Extent() });
        }
    }

    private int Place(string name)
    {
        for (int place = 0; place < stages.Count; place++)
        {
            if (stages[place].Name == name)
            {
                return place;
            }
        }

        return -1;
    }

    private double Share => stages[_place].Share / stages[_place].Times;

    private void Finish() => _finished += _place < 0 ? 0 : Share * (1 - _before);

    private WorkExtent Extent() => new(
        _finished + Share * Math.Max(0, _done - _before),
        Share * (stages[_place].Times - _time - _done) + stages.Skip(_place + 1).Sum(stage => stage.Share),
        Stopwatch.GetElapsedTime(_started));

    private static double Fraction(long done, long total) => total <= 0 ? 1 : Math.Clamp((double)done / total, 0, 1);
}
