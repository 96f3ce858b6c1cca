using System.Collections.Immutable;
using System.Globalization;

namespace Phonograph.Execution;

/// <summary>Processors that this program may use, as the kernel numbers them, and how they are dealt out to jobs side by side.</summary>
public static class Processors
{
    private const string Statistics = "/proc/self/status", Line = "Cpus_allowed_list:";

    /// <summary>The program that binds another one to processors; null where there is none.</summary>
    public static string? Binder { get; } = OperatingSystem.IsLinux() ? ExternalProgram.Find("taskset") : null;

    /// <summary>Processors this program is bound to itself, rising; those of a container or a batch job where there is one. Elsewhere than on Linux all of the machine.</summary>
    public static ImmutableArray<int> Allowed =>
        File.Exists(Statistics) && File.ReadLines(Statistics).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is { } found
            ? Parse(found[Line.Length..])
            : [.. Enumerable.Range(0, Environment.ProcessorCount)];

    /// <summary>Reads a list of the kernel's form, <c>0-3,8,10-11</c> (cpuset(7), List format).</summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static ImmutableArray<int> Parse(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var numbers = new SortedSet<int>();
        foreach (string part in list.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int[] ends = [.. part.Split('-').Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
            numbers.UnionWith(ends.Length <= 2 && ends[0] <= ends[^1] ? Enumerable.Range(ends[0], ends[^1] - ends[0] + 1) : throw new FormatException($"'{part}' is no range of processors."));
        }

        return [.. numbers];
    }

    /// <summary>Deals out processors: each job has its own, neighbours together.</summary>
    /// <param name="allowed">What there is.</param>
    /// <param name="jobs">Jobs side by side.</param>
    /// <param name="each">Processors of each.</param>
    /// <returns>One set for each job; null when there are not enough.</returns>
    public static ImmutableArray<ImmutableArray<int>>? Deal(ImmutableArray<int> allowed, int jobs, int each) => (long)jobs * each > allowed.Length
        ? null
        : [.. Enumerable.Range(0, jobs).Select(job => ImmutableArray.Create(allowed.AsSpan(job * each, each)))];
}
