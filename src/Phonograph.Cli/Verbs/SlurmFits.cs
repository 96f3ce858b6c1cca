using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Fitting.Arrays;

namespace Phonograph.Cli.Verbs;

/// <summary><c>--slurm</c> of the verbs that train many networks: fits as tasks of job arrays, before the verb itself reads their models.</summary>
internal static class SlurmFits
{
    private static readonly SlurmOptions Given = new(
        "First train the networks as job arrays of Slurm, as this description of the cluster (YAML) says: partition, account, time, memory, cpus, fits-per-task (docs/slurm.md). The folder of models must lie on a file system that nodes share.",
        "--fits",
        "What a task of an array calls on its node: train the fits of this folder.");

    /// <summary>All options, in the order of the help text.</summary>
    internal static IReadOnlyList<Option> Options => Given.All;

    /// <summary>Does what the options ask for: trains the fits on a cluster, or shows the scripts, or trains those of one task.</summary>
    /// <param name="run">The command.</param>
    /// <param name="models">Folder of trained models.</param>
    /// <param name="requests">Makes all fits; told whether settings that must be searched before may be searched now.</param>
    /// <returns>Exit code when the command is done with that; null when it goes on with the models, trained or not.</returns>
    internal static async Task<int?> DoAsync(CliRun run, string models, Func<bool, ImmutableArray<FitRequest>> requests)
    {
        if (Given.Task(run) is { } folder)
        {
            FitWorkerEnd end = FitWorker.Run(folder, () => requests(false), SlurmArrays.Job, run.Progress, run.Cancellation);
            return SlurmArrays.Tell(run, folder, end == FitWorkerEnd.Finished, "fits");
        }

        if (Given.Execution(run) is not { } execution)
        {
            FitArrays.RefuseTwoPlaces(models);
            return null;
        }

        if (Given.IsShown(run))
        {
            FitArrayPlan plan = FitArrays.Plan(requests(false), models, execution);
            return SlurmArrays.Show(
                run, Given.File(run)!, new JsonObject { ["fits"] = plan.Fits, ["trained"] = plan.Trained, ["in_flight"] = plan.InFlight, ["to_submit"] = plan.Missing },
                $"{plan.Missing} of {plan.Fits} fits to submit, {plan.Trained} trained, {plan.InFlight} with Slurm already; nothing was submitted", plan.Arrays);
        }

        await FitArrays.RunAsync(requests(true), models, execution, said => SlurmArrays.Notice(run, said), run.Progress, run.Cancellation);
        return null;
    }

    /// <summary>Refuses a cluster for what is not trained there.</summary>
    /// <exception cref="InputException">A cluster was named.</exception>
    internal static void Refuse(CliRun run, string option) => Given.Refuse(run, option, "the study itself");
}
