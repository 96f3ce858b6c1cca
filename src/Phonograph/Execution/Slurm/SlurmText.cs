using System.Globalization;
using System.Text.RegularExpressions;

namespace Phonograph.Execution.Slurm;

/// <summary>Readers of what the commands of Slurm print. Lines that are not as asked for are passed over: commands mix warnings in.</summary>
public static partial class SlurmText
{
    /// <summary>Format to ask <c>squeue --array --noheader</c> for: task, state, reason, node, name of the array.</summary>
    public const string SqueueFormat = "%i|%T|%r|%N|%j";

    /// <summary>Columns to ask <c>sacct --noheader --parsable2 --allocations</c> for.</summary>
    public const string SacctColumns = "JobID,State,NodeList,JobName";

    /// <summary>Tasks in what <c>squeue</c> printed in <see cref="SqueueFormat"/>.</summary>
    public static IReadOnlyList<SlurmTask> Squeue(string text) =>
        [.. Rows(text, 5).Select(row => Task(row[0], row[1], row[2] == "None" ? "" : row[2], row[3], row[4])).OfType<SlurmTask>()];

    /// <summary>Tasks in what <c>sacct</c> printed with <see cref="SacctColumns"/>.</summary>
    public static IReadOnlyList<SlurmTask> Sacct(string text) =>
        [.. Rows(text, 4).Select(row => Task(row[0], row[1], "", row[2] == "None assigned" ? "" : row[2], row[3])).OfType<SlurmTask>()];

    /// <summary>Keys and values of one line of <c>scontrol --oneliner show job</c>. A value ends where the next <c>Key=</c> begins.</summary>
    public static IReadOnlyDictionary<string, string> ScontrolJob(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in KeyAndValue().Matches(line.Trim()))
        {
            values.TryAdd(match.Groups[1].Value, match.Groups[2].Value.Trim());
        }

        return values;
    }

    /// <summary>Keys and values of <c>scontrol show config</c>, one on a line.</summary>
    public static IReadOnlyDictionary<string, string> ScontrolConfig(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values.TryAdd(line[..equals].Trim(), line[(equals + 1)..].Trim());
            }
        }

        return values;
    }

    /// <summary>Number of the job in what <c>sbatch --parsable</c> printed (<c>number</c> or <c>number;cluster</c>); null when there is none.</summary>
    public static string? Sbatch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n').Select(line => line.Trim().Split(';')[0]).LastOrDefault(word => word.Length > 0 && word.All(char.IsAsciiDigit));
    }

    /// <summary>
    /// Whether what <c>sbatch</c> said will pass: limits on the number of jobs, and a controller that is away or slow. A limit that the script itself exceeds
    /// (<c>Requested time limit is invalid (missing or exceeds some limit)</c>) will not.
    /// </summary>
    public static bool IsPassing(string said)
    {
        ArgumentNullException.ThrowIfNull(said);
        bool Says(string word) => said.Contains(word, StringComparison.OrdinalIgnoreCase);
        string[] passing = ["limit", "timed out", "contact", "connect", "temporar", "busy", "try again", "not responding", "available now"];
        return passing.Any(Says) && !Says("invalid") && (!Says("requested") || Says("available now"));
    }

    private static IEnumerable<string[]> Rows(string text, int columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n').Select(line => line.Trim().Split('|')).Where(row => row.Length == columns);
    }

    /// <summary>A task called <c>array_index</c>; null for jobs without an index, for steps and for ranges of tasks that still wait as one.</summary>
    private static SlurmTask? Task(string id, string state, string reason, string node, string array)
    {
        string[] parts = id.Split('_');
        return parts.Length == 2 && parts[0].All(char.IsAsciiDigit) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && SlurmStateName.Parse(state) is { } known
            ? new SlurmTask(parts[0], index, array, known, state, reason, node)
            : null;
    }

    [GeneratedRegex(@"(?<=^|\s)([A-Za-z][\w/:.]*)=(.*?)(?=\s[A-Za-z][\w/:.]*=|$)")]
    private static partial Regex KeyAndValue();
}
