using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>What all verbs with <c>--slurm</c> share: the cluster's description, the program as a node calls it, the scripts for <c>--dry-run</c>.</summary>
internal static class SlurmArrays
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>What the queue calls this task, on a node.</summary>
    internal static string Job => $"{Environment.GetEnvironmentVariable("SLURM_ARRAY_JOB_ID")}_{Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID")}".Trim('_');

    /// <summary>Says what the scheduler said.</summary>
    internal static void Notice(CliRun run, string said)
    {
        run.Progress.Finish();
        Console.Error.WriteLine(said);
    }

    /// <summary>Says how a task of trainings ended on its node.</summary>
    internal static int Tell(CliRun run, string folder, bool isFinished, string what)
    {
        run.Progress.Finish();
        Console.Out.WriteLine(isFinished ? "finished" : $"{folder}: no such {what}; the coordinator took the task back");
        return 0;
    }

    /// <summary>How work is done on the cluster of a file.</summary>
    /// <param name="run">The command.</param>
    /// <param name="file">Description of the cluster.</param>
    /// <param name="isShown">Whether it is only shown, which needs no Slurm.</param>
    /// <param name="arguments">Arguments of this program that do one task when its folder is appended.</param>
    /// <param name="local">Options that speak of this machine alone.</param>
    internal static ArrayExecution Execution(CliRun run, string file, bool isShown, string arguments, params Option[] local)
    {
        if (local.FirstOrDefault(option => run.Arguments.GetResult(option) is OptionResult { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} speaks of this machine; with --slurm the description of the cluster says it (cpus, ranks, throttle, tasks). Leave {given.Name} away.");
        }

        SlurmCluster cluster = SlurmClusterFile.Read(file);
        return new ArrayExecution(cluster, isShown ? new SlurmScheduler() : SlurmScheduler.Find(), $"{cluster.Program ?? ThisProgram()} {arguments}");
    }

    /// <summary>Prints what would be submitted.</summary>
    /// <param name="run">The command.</param>
    /// <param name="file">Description of the cluster.</param>
    /// <param name="counts">Numbers for <c>--json</c>.</param>
    /// <param name="text">The same in a sentence.</param>
    /// <param name="arrays">Arrays.</param>
    internal static int Show(CliRun run, string file, JsonObject counts, string text, IReadOnlyList<PlannedArray> arrays)
    {
        run.Progress.Finish();
        if (run.IsJson)
        {
            counts.Insert(0, "cluster", file);
            counts["arrays"] = new JsonArray([.. arrays.Select(JsonNode (array) => new JsonObject { ["tasks"] = array.Tasks, ["times"] = array.Times, ["script"] = array.Script })]);
            Console.Out.WriteLine(counts.ToJsonString(Layout));
            return 0;
        }

        Console.Out.WriteLine(text);
        foreach (PlannedArray array in arrays)
        {
            Console.Out.WriteLine($"\n{array.Times} x sbatch, {array.Tasks} tasks:");
            Console.Out.Write(array.Script);
        }

        return 0;
    }

    /// <summary>This very program as a shell line: the host of .NET with it where it runs in one.</summary>
    private static string ThisProgram()
    {
        string process = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? $"{SlurmScript.Quote(process)} {SlurmScript.Quote(Path.Combine(AppContext.BaseDirectory, "Phonograph.Cli.dll"))}"
            : SlurmScript.Quote(process);
    }
}
