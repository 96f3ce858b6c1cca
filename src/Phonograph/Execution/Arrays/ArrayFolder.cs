using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Execution.Arrays;

/// <summary>
/// The folder of one array below the root of all arrays of a work (<c>slurm/</c>), called after the array: <c>script.sh</c>, folders <c>1</c>, <c>2</c>, ... of its tasks, what they print
/// (<c>1.log</c>, ...), and <c>job-id</c> from the moment the number is known.
/// </summary>
internal sealed class ArrayFolder(string place)
{
    /// <summary>Name of the folder of all arrays of a work.</summary>
    internal const string RootName = "slurm";

    private const string NameBegin = "phonograph-", WaitingFolder = "waiting";
    private const int LogLines = 12, NumberLength = 12;

    /// <summary>Name of the array in the queue.</summary>
    internal string Name => Path.GetFileName(place);

    internal string Place => place;

    internal string Script => Path.Combine(place, "script.sh");

    /// <summary>Number that the queue gave; null when it is not known.</summary>
    internal string? JobId
    {
        get => Path.Combine(place, "job-id") is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        set => AtomicFile.WriteText(Path.Combine(place, "job-id"), value + "\n");
    }

    /// <summary>Folder of the tasks that are in no array.</summary>
    internal static string Waiting(string root) => Path.Combine(root, WaitingFolder);

    /// <summary>A folder for a new array, with a name that no other array has.</summary>
    internal static ArrayFolder New(string root) => Named(root, Guid.NewGuid().ToString("N")[..NumberLength]);

    /// <summary>The folder of an array that is only planned.</summary>
    internal static ArrayFolder Planned(string root) => Named(root, new string('x', NumberLength));

    /// <summary>The arrays of a work, in no order.</summary>
    internal static ArrayFolder[] All(string root) => Directory.Exists(root)
        ? [.. Directory.GetDirectories(root, NameBegin + "*").Select(folder => new ArrayFolder(Path.GetFullPath(folder)))]
        : [];

    /// <summary>Folders of tasks, with their indices.</summary>
    internal IEnumerable<(int Index, string Folder)> Tasks()
    {
        foreach (string folder in Directory.GetDirectories(place))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                yield return (index, folder);
            }
        }
    }

    /// <summary>Folder of the task with an index.</summary>
    internal string TaskPlace(int index) => Path.Combine(place, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>The last lines that a task printed; empty when there are none.</summary>
    internal string LogTail(int index)
    {
        string log = TaskPlace(index) + ".log";
        return File.Exists(log) ? string.Join(" / ", File.ReadLines(log).Where(line => line.Trim().Length > 0).TakeLast(LogLines)) : "";
    }

    /// <summary>Removes it when no task is left in it.</summary>
    internal void RemoveIfEmpty()
    {
        if (!Tasks().Any())
        {
            FolderRemoval.Remove(place);
        }
    }

    private static ArrayFolder Named(string root, string number) => new(Path.Combine(Path.GetFullPath(root), NameBegin + number));
}
