using Phonograph.Files;

namespace Phonograph.Execution.Slurm;

/// <summary>A queue that runs arrays of tasks: Slurm, or what stands in for it in tests.</summary>
public interface IArrayScheduler
{
    /// <summary>Submits a batch script.</summary>
    /// <param name="script">Path of the script.</param>
    /// <param name="cancellation">Stops the wait; the array may be in the queue nevertheless.</param>
    /// <returns>Number of the array.</returns>
    /// <exception cref="InputException">The queue will never take it: unknown partition, account, option.</exception>
    /// <exception cref="ArraySchedulerException">The queue does not take it now, or did not answer; the array may be in the queue nevertheless.</exception>
    Task<string> SubmitAsync(string script, CancellationToken cancellation);

    /// <summary>The tasks of arrays, those included that ended a short time ago. Tasks that ended long ago are not there.</summary>
    /// <param name="arrays">Names of the arrays.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ArraySchedulerException">The queue did not answer: nothing is known.</exception>
    Task<IReadOnlyList<SlurmTask>> LookAsync(IReadOnlyCollection<string> arrays, CancellationToken cancellation);

    /// <summary>The tasks of arrays as the accounting remembers them; empty where there is no accounting.</summary>
    /// <param name="jobIds">Numbers of the arrays.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ArraySchedulerException">The accounting did not answer.</exception>
    Task<IReadOnlyList<SlurmTask>> RememberAsync(IReadOnlyCollection<string> jobIds, CancellationToken cancellation);

    /// <summary>A few words on how a task ended, for a message; empty when nothing more is known.</summary>
    Task<string> ExplainAsync(string jobId, int index, CancellationToken cancellation);

    /// <summary>Most tasks that an array may have.</summary>
    /// <exception cref="ArraySchedulerException">The queue did not answer.</exception>
    Task<int> LargestArrayAsync(CancellationToken cancellation);
}

/// <summary>The queue did not answer, or does not take an array now; trying later helps.</summary>
public sealed class ArraySchedulerException : IOException
{
    /// <summary>With what the queue said.</summary>
    public ArraySchedulerException(string message)
        : base(message)
    {
    }

    /// <summary>With what the queue said and the error behind it.</summary>
    public ArraySchedulerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a reason.</summary>
    public ArraySchedulerException()
    {
    }
}
