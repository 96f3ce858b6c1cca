using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Labelling.Campaigns.Arrays;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph label --slurm</c>: attempts as tasks of job arrays.</summary>
internal static class SlurmLabels
{
    /// <summary>What a task calls on its node.</summary>
    internal static async Task<int> WorkAsync(CliRun run, string folder)
    {
        ArrayWorkerEnd end = await ArrayWorker.RunAsync(folder, campaign => EngineChoice.Of(campaign), SlurmArrays.Job, run.Cancellation);
        Console.Out.WriteLine(end switch
        {
            ArrayWorkerEnd.Finished => "finished",
            ArrayWorkerEnd.Withdrawn => $"{folder}: no such attempt; it was taken back, or is finished",
            _ => "the engine was ended from outside; nothing is kept",
        });
        return end == ArrayWorkerEnd.Interrupted ? 1 : 0;
    }

    /// <summary>Prints what would be submitted.</summary>
    internal static int Show(CliRun run, string file, ArrayPlan plan) => SlurmArrays.Show(
        run, file, new JsonObject { ["jobs"] = plan.Jobs, ["in_flight"] = plan.InFlight }, $"{plan.Jobs} jobs to submit, {plan.InFlight} with Slurm already; nothing was submitted", plan.Arrays);
}
