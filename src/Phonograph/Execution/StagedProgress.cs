using System.Collections.Immutable;
using System.Diagnostics;

namespace Phonograph.Execution;

/// <summary>A stage of a longer job.</summary>
/// <param name="Name">Its name in <see cref="WorkProgress.Stage"/>.</param>
/// <param name="Shares">Its expected share of the time of the job, for each time that it runs from beginning to end, with a total of its own; only ratios of shares matter.</param>
public sealed record WorkStage(string Name, ImmutableArray<double> Shares)
{
    /// <summary>A stage that runs once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="share">Its share.</param>
    public WorkStage(string name, double share)
        : this(name, [share])
    {
    }

    /// <summary>Its share, all times together.</summary>
    public double Share => Shares.Sum();
}

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
                else if (done < _done && _time + 1 < stages[place].Shares.Length)
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

    private double Share => stages[_place].Shares[_time];

    private void Finish() => _finished += _place < 0 ? 0 : Share * (1 - _before);

    private WorkExtent Extent() => new(
        _finished + Share * Math.Max(0, _done - _before),
        stages[_place].Shares.Skip(_time).Sum() - (Share * _done) + stages.Skip(_place + 1).Sum(stage => stage.Share),
        Stopwatch.GetElapsedTime(_started));

    private static double Fraction(long done, long total) => total <= 0 ? 1 : Math.Clamp((double)done / total, 0, 1);
}
