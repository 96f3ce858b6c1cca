using System.Collections.Immutable;

namespace Phonograph.Execution.Arrays;

/// <summary>Tasks of a work that are with a cluster, as their folders tell; the queue is not asked.</summary>
/// <param name="Waiting">Made, and in no array yet.</param>
/// <param name="Queued">In an array; no node has begun them.</param>
/// <param name="Running">Begun by a node; those whose node died count until the coordinator hears of it.</param>
/// <param name="JobIds">Numbers of their arrays as the queue counts them, ascending.</param>
public sealed record ArrayTasks(int Waiting, int Queued, int Running, ImmutableArray<string> JobIds)
{
    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Number of all.</summary>
    internal int Count => Waiting + Queued + Running;

    /// <summary>Looks at the folders.</summary>
    /// <param name="root">Folder of all arrays of the work; it may be missing.</param>
    /// <param name="hasResult">Whether the result of a task is there.</param>
    /// <param name="begun">Tasks that nodes have begun.</param>
    internal static ArrayTasks Of<TTask>(string root, Predicate<TTask> hasResult, out IReadOnlyList<TaskFolder<TTask>> begun)
        where TTask : class, IArrayTask<TTask>
    {
        int queued = 0;
        var running = new List<TaskFolder<TTask>>();
        var ids = new List<string>();
        foreach (ArrayFolder array in ArrayFolder.All(root))
        {
            int before = queued + running.Count;
            foreach ((_, string place) in array.Tasks())
            {
                if (!TaskFolder<TTask>.HasStarted(place))
                {
                    queued++;
                }
                else if (TaskFolder<TTask>.TryOpen(place) is { } folder && !hasResult(folder.Task))
                {
                    running.Add(folder);
                }
            }

            if (queued + running.Count > before && array.JobId is { } id)
            {
                ids.Add(id);
            }
        }

        begun = running;
        string waiting = ArrayFolder.Waiting(root);
        return new ArrayTasks(
            Directory.Exists(waiting) ? Directory.GetDirectories(waiting).Length : 0, queued, running.Count, [.. ids.OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal)]);
    }

    /// <summary>Tasks without a result, in arrays or not.</summary>
    /// <param name="root">Folder of all arrays of the work; it may be missing.</param>
    /// <param name="hasResult">Whether the result of a task is there.</param>
    internal static IEnumerable<TTask> InFlight<TTask>(string root, Predicate<TTask> hasResult)
        where TTask : class, IArrayTask<TTask>
    {
        string waiting = ArrayFolder.Waiting(root);
        return ArrayFolder.All(root).SelectMany(array => array.Tasks()).Select(task => task.Folder)
            .Concat(Directory.Exists(waiting) ? Directory.GetDirectories(waiting) : [])
            .Select(TTask.TryRead).OfType<TTask>().Where(task => !hasResult(task));
    }

    /// <summary>The arrays for a message.</summary>
    internal string Describe() => JobIds.Length > 0 ? $"scancel {string.Join(' ', JobIds)}" : "none is in the queue";
}
