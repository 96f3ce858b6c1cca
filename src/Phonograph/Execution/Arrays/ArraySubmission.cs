using Phonograph.Execution.Slurm;
using Phonograph.Files;

namespace Phonograph.Execution.Arrays;

/// <summary>Makes arrays of tasks and submits them, and finds those that an earlier coordinator submitted.</summary>
/// <remarks>
/// A coordinator may be killed between the submission and the moment the number is on the disk. Therefore each array carries a name of its own, under which
/// the queue is asked. An array the queue does not know is taken apart; should it come to the queue after all, its tasks find no folders and end.
/// </remarks>
internal sealed class ArraySubmission<TTask>(string root, ArrayExecution arrays, Action<string> notice)
    where TTask : class, IArrayTask<TTask>
{
    private bool _isRefused;

    /// <summary>Submits waiting tasks, those with equal needs together.</summary>
    /// <param name="waiting">Tasks in no array; those that were submitted are taken out.</param>
    /// <param name="flying">Tasks in arrays; those that were submitted are added.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Tasks for which the queue will never give the time or memory that they need by now, with its words; they wait on.</returns>
    /// <exception cref="InputException">The queue will never take the script, whose needs are those of the description.</exception>
    internal async Task<IReadOnlyList<(TaskFolder<TTask> Task, string Said)>> SubmitAsync(List<TaskFolder<TTask>> waiting, List<TaskInFlight<TTask>> flying, CancellationToken cancellation)
    {
        var refused = new List<(TaskFolder<TTask>, string)>();
        if (waiting.Count == 0)
        {
            return refused;
        }

        try
        {
            int largest = await arrays.Scheduler.LargestArrayAsync(cancellation);
            foreach (IGrouping<SlurmResources, TaskFolder<TTask>> group in waiting.ToArray().GroupBy(Resources))
            {
                foreach (TaskFolder<TTask>[] chunk in group.Chunk(Math.Min(largest, arrays.Cluster.Tasks)))
                {
                    try
                    {
                        flying.AddRange(await SubmitAsync(chunk, group.Key, cancellation));
                        waiting.RemoveAll(chunk.Contains);
                    }
                    catch (InputException error) when (group.Key != arrays.Cluster.ResourcesAfter(0, 0))
                    {
                        TakeBack(chunk);
                        refused.AddRange(chunk.Select(task => (task, error.Message)));
                    }
                }
            }

            _isRefused = false;
        }
        catch (ArraySchedulerException error)
        {
            if (!_isRefused)
            {
                notice($"{error.Message} Trying again every {arrays.Cluster.Poll.TotalSeconds:0.#} s.");
            }

            _isRefused = true;
        }

        return refused;
    }

    /// <summary>Finds the tasks of an earlier coordinator, finished ones too, and clears away what is none.</summary>
    /// <exception cref="ArraySchedulerException">The queue did not answer although it must be asked for an array.</exception>
    internal async Task<(IReadOnlyList<TaskInFlight<TTask>> Flying, IReadOnlyList<TaskFolder<TTask>> Waiting)> FindEarlierAsync(CancellationToken cancellation)
    {
        var flying = new List<TaskInFlight<TTask>>();
        string place = ArrayFolder.Waiting(root);
        OutputPlace.Prepare(place);
        foreach (ArrayFolder array in ArrayFolder.All(root))
        {
            TaskInFlight<TTask>[] tasks = [.. array.Tasks().Select(task => Open(task.Folder) is { } folder ? new TaskInFlight<TTask>(folder, array, task.Index) : null).OfType<TaskInFlight<TTask>>()];
            if (tasks.Length > 0 && array.JobId is null && !await FindJobIdAsync(array, cancellation))
            {
                TakeBack(tasks.Select(task => task.Folder));
                tasks = [];
            }

            flying.AddRange(tasks);
            array.RemoveIfEmpty();
        }

        return (flying, [.. Directory.GetDirectories(place).Select(Open).OfType<TaskFolder<TTask>>()]);
    }

    private SlurmResources Resources(TaskFolder<TTask> folder)
    {
        var ends = TaskEnds.Of(folder.Ends());
        return arrays.Cluster.ResourcesAfter(ends.TimeOuts, ends.MemoryLacks);
    }

    /// <summary>Opens the folder of a task; one without a task is removed.</summary>
    private static TaskFolder<TTask>? Open(string place)
    {
        TaskFolder<TTask>? folder = TaskFolder<TTask>.TryOpen(place);
        if (folder is null)
        {
            FolderRemoval.Remove(place);
        }

        return folder;
    }

    private async Task<IReadOnlyList<TaskInFlight<TTask>>> SubmitAsync(TaskFolder<TTask>[] tasks, SlurmResources resources, CancellationToken cancellation)
    {
        ArrayFolder array = ArrayFolder.New(root);
        Directory.CreateDirectory(array.Place);
        for (int index = 1; index <= tasks.Length; index++)
        {
            tasks[index - 1].MoveTo(array.TaskPlace(index));
        }

        AtomicFile.WriteText(array.Script, SlurmScript.Of(arrays.Cluster, resources, array.Name, tasks.Length, array.Place, arrays.Command));
        try
        {
            array.JobId = await arrays.Scheduler.SubmitAsync(array.Script, cancellation);
        }
        catch (ArraySchedulerException)
        {
            // An answer may be lost on its way: only the queue knows whether it took the array.
            if (!await FindJobIdAsync(array, cancellation))
            {
                TakeBack(tasks);
                array.RemoveIfEmpty();
                throw;
            }
        }

        return [.. tasks.Select((task, index) => new TaskInFlight<TTask>(task, array, index + 1))];
    }

    private void TakeBack(IEnumerable<TaskFolder<TTask>> tasks)
    {
        foreach (TaskFolder<TTask> task in tasks)
        {
            task.MoveTo(Path.Combine(ArrayFolder.Waiting(root), task.Task.Name));
            task.Clear();
        }
    }

    private async Task<bool> FindJobIdAsync(ArrayFolder array, CancellationToken cancellation)
    {
        if (await arrays.Scheduler.LookAsync([array.Name], cancellation) is not [{ } task, ..])
        {
            return false;
        }

        array.JobId = task.JobId;
        return true;
    }
}
