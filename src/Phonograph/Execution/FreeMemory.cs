using System.Globalization;

namespace Phonograph.Execution;

/// <summary>Memory that new programs may use on this machine now.</summary>
public static class FreeMemory
{
    private const string Statistics = "/proc/meminfo";

    /// <summary>Bytes that programs may take without swapping, no more than the limit of a container: what Linux estimates (proc(5), MemAvailable); elsewhere what the runtime sees.</summary>
    public static long AvailableBytes
    {
        get
        {
            GCMemoryInfo seen = GC.GetGCMemoryInfo();
            long said = File.Exists(Statistics) ? Available(File.ReadAllText(Statistics)) ?? long.MaxValue : seen.TotalAvailableMemoryBytes - seen.MemoryLoadBytes;
            return Math.Max(0, Math.Min(said, seen.TotalAvailableMemoryBytes));
        }
    }

    /// <summary>Reads the estimate in a text of the form of <c>/proc/meminfo</c>, bytes; null when there is none.</summary>
    public static long? Available(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? line = text.Split('\n').FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length == 3 && words[2] == "kB" && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * 1024 : null;
    }

    /// <summary>How many jobs of equal need fit into a memory: no more than asked for, and one at least.</summary>
    /// <param name="jobs">Jobs asked for.</param>
    /// <param name="bytesOfAJob">Need of each, bytes.</param>
    /// <param name="availableBytes">Memory, bytes.</param>
    public static int Fitting(int jobs, long bytesOfAJob, long availableBytes) => (int)Math.Clamp(availableBytes / Math.Max(1, bytesOfAJob), 1, Math.Max(1, jobs));
}
