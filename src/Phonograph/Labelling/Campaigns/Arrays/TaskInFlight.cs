using Phonograph.Execution.Slurm;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>A task that is in the queue or on a node.</summary>
internal sealed class TaskInFlight(TaskFolder folder, ArrayFolder array, int index)
{
    internal TaskFolder Folder => folder;

    internal ArrayFolder Array => array;

    internal int Index => index;

    /// <summary>Looks in a row at which the queue did not know it, or knew it as done although no result is to be seen.</summary>
    internal int Puzzles { get; set; }

    /// <summary>What the queue said last; null before the first look.</summary>
    internal SlurmTaskState? State { get; set; }
}
