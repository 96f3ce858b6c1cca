using Phonograph.Execution.Slurm;

namespace Phonograph.Execution.Arrays;

/// <summary>A task that is in the queue or on a node.</summary>
internal sealed class TaskInFlight<TTask>(TaskFolder<TTask> folder, ArrayFolder array, int index)
    where TTask : class, IArrayTask<TTask>
{
    internal TaskFolder<TTask> Folder => folder;

    internal ArrayFolder Array => array;

    internal int Index => index;

    /// <summary>Looks in a row at which the queue did not know it, or knew it as done although no result is to be seen.</summary>
    internal int Puzzles { get; set; }

    /// <summary>What the queue said last; null before the first look.</summary>
    internal SlurmTaskState? State { get; set; }
}
