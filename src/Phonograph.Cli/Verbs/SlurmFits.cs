using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Fitting.Arrays;
using Phonograph.Studies.Comparisons;

namespace Phonograph.Cli.Verbs;

/// <summary><c>--slurm</c> of the verbs that train many models: fits as tasks of job arrays, before the verb itself reads their models.</summary>
internal static class SlurmFits
{
    private static readonly SlurmOptions Given = new(
        "First train the networks and learn the Hamiltonians as job arrays of Slurm, as this description of the cluster (YAML) says: partition, account, time, memory, cpus, fits-per-task (docs/slurm.md). The folder of models must lie on a file system that nodes share.",
        "--fits",
        "What a task of an array calls on its node: train the fits of this folder.");

    private static readonly Option<string?> Trial = new("--trials-of") { Description = "What a task of an array calls on its node: train the trial of this folder.", Hidden = true };

    /// <summary>All options, in the order of the help text.</summary>
    internal static IReadOnlyList<Option> Options => [.. Given.All, Trial];

    /// <summary>Does what the options ask for: trains the fits on a cluster, or shows the scripts, or trains those of one task.</summary>
    /// <param name="run">The command.</param>
    /// <param name="models">Folder of trained models.</param>
    /// <param name="searches">Makes the searches for settings that go before; none where settings are given.</param>
    /// <param name="requests">Makes all fits; told whether settings that are to be searched are known.</param>
    /// <returns>Exit code when the command is done with that; null when it goes on with the models, trained or not.</returns>
    internal static async Task<int?> DoAsync(CliRun run, string models, Func<ImmutableArray<ComparisonSearch>> searches, Func<bool, ImmutableArray<ModelRequest>> requests)
    {
        if (run.Get(Trial) is { } trial)
        {
            return SlurmArrays.Tell(run, trial, SearchArrays.Work(trial, searches, SlurmArrays.Job, run.Progress, run.Cancellation), "trial");
        }

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

        ArrayExecution trials = Given.Execution(run, Trial.Name)!;
        if (Given.IsShown(run))
        {
            return Show(run, SearchArrays.Plan(searches(), trials), FitArrays.Plan(requests(false), models, execution));
        }

        await SearchArrays.RunAsync(searches(), trials, said => SlurmArrays.Notice(run, said), run.Progress, run.Cancellation);
        await FitArrays.RunAsync(requests(true), models, execution, said => SlurmArrays.Notice(run, said), run.Progress, run.Cancellation);
        return null;
    }

    private static int Show(CliRun run, SearchArrayPlan search, FitArrayPlan plan)
    {
        var counts = new JsonObject { ["fits"] = plan.Fits, ["trained"] = plan.Trained, ["in_flight"] = plan.InFlight, ["to_submit"] = plan.Missing };
        string before = "";
        if (search.Finished < search.Searches)
        {
            counts["trials_to_submit"] = search.Missing;
            before = $"{search.Missing} trials of {search.Searches - search.Finished} searches to submit; after them ";
        }

        return SlurmArrays.Show(
            run, Given.File(run)!, counts, $"{before}{plan.Missing} of {plan.Fits} fits to submit, {plan.Trained} trained, {plan.InFlight} with Slurm already; nothing was submitted", [.. search.Arrays, .. plan.Arrays]);
    }

    /// <summary>Refuses a cluster for what is not trained there.</summary>
    /// <exception cref="InputException">A cluster was named.</exception>
    internal static void Refuse(CliRun run, string option) => Given.Refuse(run, option, "the study itself");
}
