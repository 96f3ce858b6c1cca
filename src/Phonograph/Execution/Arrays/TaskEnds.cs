using Phonograph.Execution.Slurm;

namespace Phonograph.Execution.Arrays;

/// <summary>What follows from the ends of a task that gave no result: the rule of requeueing.</summary>
/// <param name="TimeOuts">Ends by the time limit.</param>
/// <param name="MemoryLacks">Ends for lack of memory.</param>
/// <param name="Losses">All other ends: the node failed, the task was preempted, cancelled, or ended without saying why.</param>
public sealed record TaskEnds(int TimeOuts, int MemoryLacks, int Losses)
{
    /// <summary>Counts ends by their states in Slurm's words; words it does not document are losses.</summary>
    public static TaskEnds Of(IEnumerable<string> states)
    {
        SlurmTaskState?[] known = [.. states.Select(SlurmStateName.Parse)];
        int timeOuts = known.Count(state => state == SlurmTaskState.TimedOut), memoryLacks = known.Count(state => state == SlurmTaskState.OutOfMemory);
        return new TaskEnds(timeOuts, memoryLacks, known.Length - timeOuts - memoryLacks);
    }

    /// <summary>Why the task is given up: <c>timeout</c>, <c>out-of-memory</c> or <c>interrupted</c>; null when it is submitted again.</summary>
    public string? GivenUp(SlurmRetries retries)
    {
        ArgumentNullException.ThrowIfNull(retries);
        return TimeOuts > retries.TimeOuts ? "timeout" : MemoryLacks > retries.MemoryLacks ? "out-of-memory" : Losses > retries.Losses ? "interrupted" : null;
    }
}
