using System.Globalization;
using System.Text;

namespace Phonograph.Execution.Slurm;

/// <summary>Writes the batch script of an array.</summary>
public static class SlurmScript
{
    /// <summary>The script of one array, with Unix line ends.</summary>
    /// <param name="cluster">How jobs are run there.</param>
    /// <param name="resources">What a task may use.</param>
    /// <param name="name">Name of the array; no other array may carry it.</param>
    /// <param name="tasks">Number of tasks; their indices begin with 1.</param>
    /// <param name="folder">Absolute path of the array's folder on the shared file system; task n works in <c>folder/n</c> and writes <c>folder/n.log</c>.</param>
    /// <param name="command">Shell line to which the folder of the task is appended.</param>
    public static string Of(SlurmCluster cluster, SlurmResources resources, string name, int tasks, string folder, string command)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(folder);
        var script = new StringBuilder("#!/bin/bash\n");
        void Option(string text) => script.Append("#SBATCH ").Append(text).Append('\n');
        Option($"--job-name={name}");
        Option(string.Create(CultureInfo.InvariantCulture, $"--array=1-{tasks}{(cluster.Throttle is { } throttle ? $"%{throttle}" : "")}"));
        Option($"--output={Value(folder.Replace("%", "%%", StringComparison.Ordinal) + "/%a.log")}");
        Option("--open-mode=append");
        Option("--no-requeue");
        Option("--nodes=1");
        Option(string.Create(CultureInfo.InvariantCulture, $"--ntasks={cluster.Ranks}"));
        Option(string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={cluster.Cores}"));
        Option(string.Create(CultureInfo.InvariantCulture, $"--mem={resources.MemoryMebibytes}M"));
        Option($"--time={Time(resources.Time)}");
        foreach ((string option, string? value) in new[] { ("partition", cluster.Partition), ("account", cluster.Account), ("qos", cluster.QualityOfService) })
        {
            if (value is not null)
            {
                Option($"--{option}={Value(value)}");
            }
        }

        foreach (string option in cluster.Options)
        {
            Option(option);
        }

        foreach (string module in cluster.Modules)
        {
            script.Append("module load ").Append(Quote(module)).Append(" || exit 2\n");
        }

        foreach (string line in cluster.Setup)
        {
            script.Append(line).Append('\n');
        }

        return script.Append("exec ").Append(command).Append(' ').Append(Quote(folder)).Append("/\"$SLURM_ARRAY_TASK_ID\"\n").ToString();
    }

    /// <summary>A word for the shell, in quotes where it needs them.</summary>
    public static string Quote(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or '=' or ':' or '+' or '@' or ',')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A value in a line of options, which Slurm splits at blanks outside quotes.</summary>
    private static string Value(string text) => text.Any(char.IsWhiteSpace) ? $"\"{text}\"" : text;

    /// <summary>Hours, minutes and seconds; Slurm takes more than 24 hours in this form.</summary>
    private static string Time(TimeSpan time)
    {
        long seconds = (long)Math.Ceiling(time.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
