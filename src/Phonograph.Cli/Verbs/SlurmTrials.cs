using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Tuning;
using Phonograph.Learning.Tuning.Arrays;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph tune --slurm</c>: the trials of a search as tasks of job arrays.</summary>
internal static class SlurmTrials
{
    private static readonly SlurmOptions Given = new(
        "Train the trials as job arrays of Slurm, as this description of the cluster (YAML) says: partition, account, time, memory, cpus (docs/slurm.md). The folder --work must lie on a file system that nodes share.",
        "--trials-of",
        "What a task of an array calls on its node: train the trial of this folder.");

    /// <summary>All options, in the order of the help text.</summary>
    internal static IReadOnlyList<Option> Options => Given.All;

    /// <summary>Whether this process is a task on a node.</summary>
    internal static bool IsNode(CliRun run) => Given.Task(run) is not null;

    /// <summary>Trains the trial of a task.</summary>
    internal static int Work(CliRun run, Func<ImmutableArray<TuningSet>> sets, TuningOptions options)
    {
        string folder = Given.Task(run)!;
        return SlurmArrays.Tell(run, folder, TrialWorker.Run(folder, sets, options, SlurmArrays.Job, run.Progress, run.Cancellation), "trial");
    }

    /// <summary>How trials are trained on the cluster; null for training here.</summary>
    /// <param name="run">The command.</param>
    /// <param name="local">Options that speak of this machine alone.</param>
    internal static ArrayExecution? Execution(CliRun run, params Option[] local) => Given.Execution(run, local);

    /// <summary>Whether scripts are only shown.</summary>
    internal static bool IsShown(CliRun run) => Given.IsShown(run);

    /// <summary>Prints what would be submitted first.</summary>
    internal static int Show(CliRun run, TrialArrayPlan plan) => SlurmArrays.Show(
        run, Given.File(run)!, new JsonObject { ["first_rung_epochs"] = plan.Epochs, ["trials"] = plan.Trials, ["trained"] = plan.Trained, ["in_flight"] = plan.InFlight, ["to_submit"] = plan.Missing },
        $"{plan.Missing} of {plan.Trials} trials to submit for {plan.Epochs} epochs, {plan.Trained} trained, {plan.InFlight} with Slurm already; what the search begins after them follows; nothing was submitted",
        plan.Arrays);

    /// <summary>Refuses a cluster for what is not trained there.</summary>
    /// <exception cref="InputException">A cluster was named.</exception>
    internal static void Refuse(CliRun run, string option) => Given.Refuse(run, option, "a search");
}
