using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of a verb that trains on a cluster: its description, the dry run, and the hidden one with which a node calls the same command.</summary>
/// <param name="slurm">What <c>--slurm</c> does.</param>
/// <param name="node">Name of the hidden option; its value is the folder of a task.</param>
/// <param name="nodeDescription">What it does.</param>
internal sealed class SlurmOptions(string slurm, string node, string nodeDescription)
{
    private readonly Option<string?> _slurm = new("--slurm") { Description = slurm };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "With --slurm: print the scripts that would be submitted, and train nothing." };
    private readonly Option<string?> _node = new(node) { Description = nodeDescription, Hidden = true };

    /// <summary>Options of a command that stay here, with the number of their values: a node needs none of them.</summary>
    private static readonly Dictionary<string, int> Local = new(StringComparer.Ordinal) { ["--slurm"] = 1, ["--dry-run"] = 0, ["--threads"] = 1, ["--json"] = 0, ["--quiet"] = 0 };

    /// <summary>All options, in the order of the help text.</summary>
    internal IReadOnlyList<Option> All => [_slurm, _dryRun, _node];

    /// <summary>Folder of the task that this process is to do on a node; null on any other machine.</summary>
    internal string? Task(CliRun run) => run.Get(_node);

    /// <summary>Whether scripts are only shown.</summary>
    internal bool IsShown(CliRun run) => run.Get(_dryRun);

    /// <summary>Description of the cluster; null for training here.</summary>
    internal string? File(CliRun run) => run.Get(_slurm);

    /// <summary>How this command is done on the cluster; null for training here. A training is one process, whatever an engine needs.</summary>
    /// <param name="run">The command.</param>
    /// <param name="local">Options that speak of this machine alone.</param>
    /// <exception cref="InputException">The description cannot be used, there is no Slurm, or scripts are to be shown of no cluster.</exception>
    internal ArrayExecution? Execution(CliRun run, params Option[] local) => Execution(run, _node.Name, local);

    /// <summary>The same with another option that a node calls the command with.</summary>
    internal ArrayExecution? Execution(CliRun run, string nodeOption, params Option[] local)
    {
        if (File(run) is not { } file)
        {
            return !IsShown(run) ? null : throw new InputException("--dry-run shows the scripts for a cluster. Give its description with --slurm.");
        }

        ArrayExecution described = SlurmArrays.Execution(run, file, IsShown(run), $"{Arguments(run)} {nodeOption}", local);
        return described with { Cluster = described.Cluster with { Ranks = 1 } };
    }

    /// <summary>Refuses a cluster for what is not trained there.</summary>
    /// <param name="run">The command.</param>
    /// <param name="option">What computes here.</param>
    /// <param name="expected">What a cluster is for.</param>
    /// <exception cref="InputException">A cluster was named.</exception>
    internal void Refuse(CliRun run, string option, string expected)
    {
        if (File(run) is not null || IsShown(run))
        {
            throw new InputException($"--slurm: found it with {option}, which computes here; expected it with {expected}. Leave one of them out.");
        }
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
