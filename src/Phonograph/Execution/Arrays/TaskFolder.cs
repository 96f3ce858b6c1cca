using Phonograph.Files;

namespace Phonograph.Execution.Arrays;

/// <summary>
/// The folder of one task: <c>task.json</c> says what to compute, <c>started</c> (host, job) appears when a node begins, <c>work/</c> is for files
/// of the work, <c>ends</c> counts earlier ends without a result, one word in a line.
/// </summary>
/// <remarks>
/// Whoever moves the folder away decides: a node that still works in it can no longer rename its <c>work/</c>, and sees that it is not wanted any more.
/// </remarks>
internal sealed class TaskFolder<TTask>
    where TTask : class, IArrayTask<TTask>
{
    private const string StartedFile = "started", EndsFile = "ends", WorkFolder = "work";
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(1);

    private TaskFolder(string path, TTask task) => (Place, Task) = (path, task);

    /// <summary>Where it is now.</summary>
    internal string Place { get; private set; }

    /// <summary>What to compute.</summary>
    internal TTask Task { get; }

    /// <summary>Folder of the work.</summary>
    internal string Work => Path.Combine(Place, WorkFolder);

    /// <summary>Folder of the whole work, while the task is in an array: <c>OWNER/slurm/ARRAY/INDEX</c>.</summary>
    internal string Owner => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Place)))))!;

    /// <summary>Whether a node has begun it.</summary>
    internal bool IsStarted => HasStarted(Place);

    /// <summary>Makes a folder with a task in it.</summary>
    internal static TaskFolder<TTask> Create(string place, TTask task)
    {
        Directory.CreateDirectory(place);
        task.Write(place);
        return new TaskFolder<TTask>(place, task);
    }

    /// <summary>Opens a folder; null when there is no task in it.</summary>
    /// <exception cref="InputException">The task is damaged.</exception>
    internal static TaskFolder<TTask>? TryOpen(string place) => TTask.TryRead(place) is { } task ? new TaskFolder<TTask>(place, task) : null;

    /// <summary>Whether it is still where it was opened; otherwise somebody took it away.</summary>
    internal bool IsHere => File.Exists(TaskFile.PathIn(Place));

    /// <summary>Whether a node has begun the task of a folder.</summary>
    internal static bool HasStarted(string place) => File.Exists(Path.Combine(place, StartedFile));

    /// <summary>Says that a node begins.</summary>
    internal void MarkStarted(string host, string job) => AtomicFile.WriteText(Path.Combine(Place, StartedFile), $"{host} {job}\n");

    /// <summary>What a node does that computes in its own process: says that it begins, works, and stops within a second when the coordinator has given it up, because another one works on the same then.</summary>
    /// <param name="job">What the queue calls the task.</param>
    /// <param name="work">The work; ends with <see cref="OperationCanceledException"/> soon after it is told to.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>False when the task was taken away.</returns>
    internal bool Compute(string job, Action<CancellationToken> work, CancellationToken cancellation)
    {
        MarkStarted(Environment.MachineName, job);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watch = new Timer(
            _ =>
            {
                if (!IsHere)
                {
                    stop.Cancel();
                }
            },
            null, WatchPeriod, WatchPeriod);
        try
        {
            work(stop.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>When a node began, by the file system's clock.</summary>
    internal DateTime StartedUtc => File.GetLastWriteTimeUtc(Path.Combine(Place, StartedFile));

    /// <summary>Earlier ends without a result.</summary>
    internal IReadOnlyList<string> Ends() => Path.Combine(Place, EndsFile) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    /// <summary>Writes an end down.</summary>
    internal void AddEnd(string end) => AtomicFile.WriteText(Path.Combine(Place, EndsFile), string.Concat(Ends().Append(end).Select(line => line + "\n")));

    /// <summary>Takes the folder elsewhere, away from whoever works in it.</summary>
    internal void MoveTo(string place)
    {
        Directory.Move(Place, place);
        Place = place;
    }

    /// <summary>Removes what an earlier start left behind.</summary>
    internal void Clear()
    {
        File.Delete(Path.Combine(Place, StartedFile));
        FolderRemoval.Remove(Work);
    }

    /// <summary>Removes it.</summary>
    internal void Remove() => FolderRemoval.Remove(Place);
}
