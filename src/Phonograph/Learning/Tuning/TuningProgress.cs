using Phonograph.Execution;

namespace Phonograph.Learning.Tuning;

/// <summary>Adds up graph-steps from all threads. The total is a plan: successive halving may let more trials go on, and early stops save steps.</summary>
internal sealed class TuningProgress(long planned, IProgress<WorkProgress>? progress)
{
    /// <summary>Name of the stage.</summary>
    internal const string Stage = "tune (graph-steps)";

    private readonly Lock _lock = new();
    private long _done, _before;
    private string? _detail;

    /// <summary>Graph-steps that were made now, or by an earlier run.</summary>
    internal void Add(long graphSteps, bool isNow)
    {
        lock (_lock)
        {
            _done += graphSteps;
            _before += isNow ? 0 : graphSteps;
            Report();
        }
    }

    /// <summary>Changes what is said beside the numbers.</summary>
    internal void Tell(string detail)
    {
        lock (_lock)
        {
            _detail = detail;
            Report();
        }
    }

    private void Report() => progress?.Report(new WorkProgress(Stage, _done, Math.Max(planned, _done), _detail, _before));
}
