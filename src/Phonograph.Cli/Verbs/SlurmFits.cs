using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Fitting.Arrays;

namespace Phonograph.Cli.Verbs;

/// <summary><c>--slurm</c> of the verbs that train many networks: fits as tasks of job arrays, before the verb itself reads their models.</summary>
internal static class SlurmFits
{
    private static readonly Option<string?> Slurm = new("--slurm")
    {
        Description = "First train the networks as job arrays of Slurm, as this description of the cluster (YAML) says: partition, account, time, memory, cpus, fits-per-task (docs/slurm.md). The folder of models must lie on a file system that nodes share.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "With --slurm: print the scripts that would be submitted, and train nothing." };
    private static readonly Option<string?> Fits = new("--fits") { Description = "What a task of an array calls on its node: train the fits of this folder.", Hidden = true };

    /// <summary>Options of a command that stay here, with the number of their values: a node needs none of them.</summary>
    private static readonly Dictionary<string, int> Local = new(StringComparer.Ordinal) { ["--slurm"] = 1, ["--dry-run"] = 0, ["--threads"] = 1, ["--json"] = 0, ["--quiet"] = 0 };

    /// <summary>All options, in the order of the help text.</summary>
    internal static IReadOnlyList<Option> Options { get; } = [Slurm, DryRun, Fits];

    /// <summary>Does what the options ask for: trains the fits on a cluster, or shows the scripts, or trains those of one task.</summary>
    /// <param name="run">The command.</param>
    /// <param name="models">Folder of trained models.</param>
    /// <param name="requests">Makes all fits; told whether settings that must be searched before may be searched now.</param>
    /// <returns>Exit code when the command is done with that; null when it goes on with the models, trained or not.</returns>
    internal static async Task<int?> DoAsync(CliRun run, string models, Func<bool, ImmutableArray<FitRequest>> requests)
    {
        if (run.Get(Fits) is { } folder)
        {
            return Work(run, folder, requests);
        }

        if (run.Get(Slurm) is not { } file)
        {
            if (run.Get(DryRun))
            {
                throw new InputException("--dry-run shows the scripts for a cluster. Give its description with --slurm.");
            }

            FitArrays.RefuseTwoPlaces(models);
            return null;
        }

        ArrayExecution described = SlurmArrays.Execution(run, file, run.Get(DryRun), $"{Arguments(run)} {Fits.Name}");
        // A fit is one process, whatever an engine needs.
        ArrayExecution execution = described with { Cluster = described.Cluster with { Ranks = 1 } };
        if (run.Get(DryRun))
        {
            FitArrayPlan plan = FitArrays.Plan(requests(false), models, execution);
            return SlurmArrays.Show(
                run, file, new JsonObject { ["fits"] = plan.Fits, ["trained"] = plan.Trained, ["in_flight"] = plan.InFlight, ["to_submit"] = plan.Missing },
                $"{plan.Missing} of {plan.Fits} fits to submit, {plan.Trained} trained, {plan.InFlight} with Slurm already; nothing was submitted", plan.Arrays);
        }

        await FitArrays.RunAsync(
            requests(true), models, execution,
            said =>
            {
                run.Progress.Finish();
                Console.Error.WriteLine(said);
            },
            run.Progress, run.Cancellation);
        return null;
    }

    /// <summary>Refuses a cluster for what is not trained there.</summary>
    /// <exception cref="InputException">A cluster was named.</exception>
    internal static void Refuse(CliRun run, string option)
    {
        if (run.Get(Slurm) is not null || run.Get(DryRun))
        {
            throw new InputException($"--slurm: found it with {option}, which computes here; expected it with the study itself. Leave one of them out.");
        }
    }

    private static int Work(CliRun run, string folder, Func<bool, ImmutableArray<FitRequest>> requests)
    {
        FitWorkerEnd end = FitWorker.Run(folder, () => requests(false), SlurmArrays.Job, run.Progress, run.Cancellation);
        run.Progress.Finish();
        Console.Out.WriteLine(end == FitWorkerEnd.Finished ? "finished" : $"{folder}: no such fits; they were taken back");
        return 0;
    }

    /// <summary>The command as it was given, for the shell of a node, which begins in the same folder.</summary>
    private static string Arguments(CliRun run)
    {
        var kept = new List<string>();
        string[] tokens = [.. run.Arguments.Tokens.Select(token => token.Value)];
        for (int place = 0; place < tokens.Length; place++)
        {
            if (Local.TryGetValue(tokens[place], out int values))
            {
                place += values;
            }
            else
            {
                kept.Add(SlurmScript.Quote(tokens[place]));
            }
        }

        return string.Join(' ', kept);
    }
}
