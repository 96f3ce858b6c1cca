using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Arrays;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph label --slurm</c>: attempts as tasks of job arrays.</summary>
internal static class SlurmLabels
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>How the attempts are computed on the cluster of a file.</summary>
    /// <param name="run">The command.</param>
    /// <param name="file">Description of the cluster.</param>
    /// <param name="isShown">Whether it is only shown, which needs no Slurm.</param>
    /// <param name="local">Options that speak of this machine alone.</param>
    internal static ArrayExecution Execution(CliRun run, string file, bool isShown, params Option[] local)
    {
        if (local.FirstOrDefault(option => run.Arguments.GetResult(option) is OptionResult { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} speaks of this machine; with --slurm the description of the cluster says it (cpus, ranks, throttle, tasks). Leave {given.Name} away.");
        }

        SlurmCluster cluster = SlurmClusterFile.Read(file);
        return new ArrayExecution(cluster, isShown ? new SlurmScheduler() : SlurmScheduler.Find(), $"{cluster.Program ?? ThisProgram()} label --attempt");
    }

    /// <summary>What a task calls on its node.</summary>
    internal static async Task<int> WorkAsync(CliRun run, string folder)
    {
        string job = $"{Environment.GetEnvironmentVariable("SLURM_ARRAY_JOB_ID")}_{Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID")}".Trim('_');
        ArrayWorkerEnd end = await ArrayWorker.RunAsync(folder, campaign => EngineChoice.Of(campaign), job, run.Cancellation);
        Console.Out.WriteLine(end switch
        {
            ArrayWorkerEnd.Finished => "finished",
            ArrayWorkerEnd.Withdrawn => $"{folder}: no such attempt; it was taken back, or is finished",
            _ => "the engine was ended from outside; nothing is kept",
        });
        return end == ArrayWorkerEnd.Interrupted ? 1 : 0;
    }

    /// <summary>Prints what would be submitted.</summary>
    internal static int Show(CliRun run, string file, ArrayPlan plan)
    {
        run.Progress.Finish();
        if (run.IsJson)
        {
            Console.Out.WriteLine(new JsonObject
            {
                ["cluster"] = file,
                ["jobs"] = plan.Jobs,
                ["in_flight"] = plan.InFlight,
                ["arrays"] = new JsonArray([.. plan.Arrays.Select(JsonNode (array) => new JsonObject { ["tasks"] = array.Tasks, ["times"] = array.Times, ["script"] = array.Script })]),
            }.ToJsonString(Layout));
            return 0;
        }

        Console.Out.WriteLine($"{plan.Jobs} jobs to submit, {plan.InFlight} with Slurm already; nothing was submitted");
        foreach (PlannedArray array in plan.Arrays)
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
