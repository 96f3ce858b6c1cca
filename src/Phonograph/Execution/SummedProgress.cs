namespace Phonograph.Execution;

/// <summary>Adds up the progress of parts that run at the same time, as one stage.</summary>
/// <param name="stage">Name of the stage.</param>
/// <param name="parts">Number of parts.</param>
/// <param name="progress">Told about the sums.</param>
public sealed class SummedProgress(string stage, int parts, IProgress<WorkProgress> progress)
{
    private readonly Lock _lock = new();
    private readonly WorkProgress?[] _last = new WorkProgress?[parts];

    /// <summary>Progress of a part.</summary>
    /// <param name="part">Number of the part, from 0.</param>
    public IProgress<WorkProgress> Part(int part) => new ProgressListener(value => Report(part, value));

    private void Report(int part, WorkProgress value)
    {
        lock (_lock)
        {
            _last[part] = value;
            WorkProgress[] known = [.. _last.OfType<WorkProgress>()];
            int finished = known.Count(each => each.Done >= each.Total);
            progress.Report(new WorkProgress(stage, known.Sum(each => each.Done), known.Sum(each => each.Total), $"{finished} of {parts} finished", known.Sum(each => each.DoneBefore)));
        }
    }
}
