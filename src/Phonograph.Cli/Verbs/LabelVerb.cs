using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Campaigns.Arrays;
using Phonograph.Labelling.Outside;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph label</c>: energies, forces, stresses and band edges from an electronic-structure engine, as a resumable campaign.</summary>
internal static class LabelVerb
{
    private const string Description = """
        Compute energy (eV), forces (eV/Å), stress (eV/Å³, positive under tension) and band edges (eV) of configurations.

        A campaign may be killed at any moment; the same command continues without repeating a finished label.

        Example: phonograph label phonon.xyz.gz uniform.xyz.gz --engine cp2k --level gfn1-xtb --campaign work/xtb --workers 2 --export labelled.xyz.gz
        Example on a cluster: phonograph label phonon.xyz.gz --campaign work/xtb --slurm cluster.yaml --dry-run   (shows the scripts; without --dry-run they are submitted)
        """;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };
    private static readonly Argument<string[]> Configurations = new("configurations") { Description = "Extended XYZ files of configurations; none to go on with those already in the campaign.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Campaign = new("--campaign") { Description = "Folder of the campaign; made when missing." };
    private static readonly Option<string?> Engine = new("--engine") { Description = "Engine; 'phonograph engines' lists them. Default: that of the campaign, cp2k for a new one." };
    private static readonly Option<string?> Level = new("--level") { Description = "Level of theory, with a mesh of k-points as in pbesol/k2x2x2 where Γ is not enough. Default: that of the campaign, the engine's first for a new one." };
    private static readonly Option<string?> Template = new("--template") { Description = "Input of the engine with placeholders such as {{cell}} that is a level of its own (docs/engines.md); with --engine vasp an INCAR." };
    private static readonly Option<string?> WriteTo = new("--write") { Description = "Instead of computing: write for each configuration a folder with the input of --engine vasp into this one; --results takes what comes back." };
    private static readonly Option<int> Workers = new("--workers") { Description = "Jobs computed at the same time.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads of each job.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Ranks = new("--ranks") { Description = "Processes of MPI of each job, started by mpirun or the command in PHONOGRAPH_MPIRUN.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Pin = new("--pin") { Description = "Bind the jobs of each worker to processors of their own, ranks times threads of them." };
    private static readonly Option<double?> Memory = new("--memory") { Description = "Memory that each job needs, GiB: no more workers start than fit into the free memory, one at least." };
    private static readonly Option<int?> Limit = new("--limit") { Description = "Finish at most this many jobs in this run." };
    private static readonly Option<int> Niceness = new("--nice") { Description = "Lower the priority of the engine's processes by this much, 0 to 19.", DefaultValueFactory = _ => 0 };
    private static readonly Option<double> Timeout = new("--timeout") { Description = "Minutes an attempt may take before it is ended and the next rung is tried.", DefaultValueFactory = _ => 30 };
    private static readonly Option<bool> RetryFailed = new("--retry-failed") { Description = "Climb the recovery ladder again for jobs that failed on every rung or were refused by the engine." };
    private static readonly Option<string?> Export = new("--export") { Description = "Write the labelled configurations in input order (extended XYZ, .gz by name)." };
    private static readonly Option<string?> Failures = new("--failures") { Description = "Table of configurations without a label. Default: failures.csv beside the exported file." };
    private static readonly Option<string[]> Results = new("--results")
    {
        Description = "Instead of computing: vasprun.xml files of VASP 5 or 6, or extended XYZ files with REF_energy, REF_forces, REF_stress and band edges (.gz, .xz) that were computed elsewhere. With configurations they are assigned by lattice, elements and places; --level names what they have in common; --export takes the labels.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Known = new("--known")
    {
        Description = "Labelled files that an earlier campaign of the same engine, version and level exported, for example because its folder is lost: configurations that are in them are not computed again.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Slurm = new("--slurm") { Description = "Compute the attempts as job arrays of Slurm, as this description of the cluster (YAML) says: partition, account, time, memory, cpus, modules, throttle." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "With --slurm: print the scripts that would be submitted, and change nothing." };
    private static readonly Option<string?> Attempt = new("--attempt") { Description = "What a task of an array calls on its node: compute the attempt in this folder.", Hidden = true };
    private static readonly Option<string?> Status = new("--status") { Description = "Say where the campaign in this folder stands." };
    private static readonly Option<string?> Pause = new("--pause") { Description = "Stop the engine's processes of the campaign in this folder at once; its cores are free." };
    private static readonly Option<string?> Continue = new("--continue") { Description = "Let a paused campaign run on." };

    internal static Command Create()
    {
        var command = new Command("label", Description)
        {
            Configurations, Campaign, Engine, Level, Template, Workers, Threads, Ranks, Pin, Memory, Limit, Niceness, Timeout, RetryFailed, Known, Export, Failures, Results, WriteTo, Slurm, DryRun, Attempt, Status, Pause, Continue,
        };
        return CliRun.Verb(command, RunAsync);
    }

    private static async Task<int> RunAsync(CliRun run)
    {
        if (run.Get(Pause) is { } pause)
        {
            return Say(run, CampaignPause.Pause(CampaignFolder.Open(pause)), "paused", "engine processes stopped");
        }

        if (run.Get(Continue) is { } resume)
        {
            return Say(run, CampaignPause.Continue(CampaignFolder.Open(resume)), "continued", "engine processes run on");
        }

        if (run.Get(Status) is { } status)
        {
            CampaignFolder campaign = CampaignFolder.Open(status);
            Print(run, CampaignStatus.Of(campaign, EngineChoice.Of(campaign)));
            return 0;
        }

        if (run.Get(Attempt) is { } attempt)
        {
            return await SlurmLabels.WorkAsync(run, attempt);
        }

        if (run.Get(Results) is { Length: > 0 } results)
        {
            return ReadResults(run, results);
        }

        if (run.Get(WriteTo) is { } place)
        {
            int written = EngineChoice.Write(run.Get(Configurations) ?? [], run.Get(Engine), run.Get(Level), run.Get(Template), place);
            Console.Out.WriteLine(run.IsJson
                ? new JsonObject { ["folder"] = place, ["written"] = written }.ToJsonString(Layout)
                : $"{place}: {written} folders for VASP; each needs its POTCAR (POTCAR.recipe)");
            return 0;
        }

        string folder = run.Get(Campaign) ?? throw new InputException("Which campaign? Give its folder with --campaign; it is made when missing.");
        string[] inputs = run.Get(Configurations) ?? [];
        string? file = run.Get(Export);
        if (file is not null)
        {
            OutputPlace.Prepare(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }

        if (run.Get(DryRun))
        {
            string cluster = run.Get(Slurm) ?? throw new InputException("--dry-run shows the scripts for a cluster. Give its description with --slurm.");
            return SlurmLabels.Show(run, cluster, ArrayPlan.Of(folder, inputs, Options(run, folder, inputs)));
        }

        CampaignStatus? computed = inputs.Length > 0 || file is null ? await ComputeAsync(run, folder, inputs) : null;
        if (file is null)
        {
            Print(run, computed!);
            return 0;
        }

        CampaignFolder exported = CampaignFolder.Open(folder);
        IElectronicStructureEngine engine = EngineChoice.Of(exported);
        (int labelled, int unlabelled) = CampaignExport.Write(exported, engine, file, run.Get(Failures));
        Print(run, computed ?? CampaignStatus.Of(exported, engine), new ExportedLabels(file, labelled, unlabelled, run.Get(Failures)));
        return 0;
    }

    private static int ReadResults(CliRun run, string[] files)
    {
        string export = run.Get(Export) ?? throw new InputException("Where to? Give the file of the labelled configurations with --export.");
        string level = run.Get(Level) ?? throw new InputException("Which level? Give a name for what the results have in common with --level, for example pbesol-520eV; sets of different levels are never pooled.");
        OutputPlace.Prepare(Path.GetDirectoryName(Path.GetFullPath(export))!);
        var written = new ExportedLabels(export, 0, 0, run.Get(Failures));
        (int labelled, int unlabelled) = OutsideLabels.Write([.. files.SelectMany(EngineChoice.Results)], run.Get(Configurations) ?? [], level, export, written.FailuresFile);
        Console.Out.WriteLine(run.IsJson
            ? new JsonObject { ["file"] = export, ["labelled"] = labelled, ["without_label"] = unlabelled, ["failures"] = written.FailuresFile }.ToJsonString(Layout)
            : $"{export}: {labelled} labelled configurations; {unlabelled} without a label in {written.FailuresFile}");
        return 0;
    }

    private static async Task<CampaignStatus> ComputeAsync(CliRun run, string folder, string[] inputs)
    {
        CampaignOptions options = Options(run, folder, inputs);
        if (File.Exists(Path.Combine(folder, "campaign.json")) && CampaignFolder.Open(folder).IsPaused)
        {
            Console.Error.WriteLine($"{folder} is paused: nothing is computed until 'phonograph label --continue {folder}'.");
        }

        await using var live = LiveCampaign.Begin(folder, options.Engine, run.Progress.IsQuiet);
        return live is null
            ? await LabelCampaign.RunAsync(folder, inputs, options, run.Progress, run.Cancellation)
            : await LabelCampaign.RunAsync(folder, inputs, options with { Notice = live.Say }, live, run.Cancellation);
    }

    private static CampaignOptions Options(CliRun run, string folder, string[] inputs)
    {
        if (run.Get(Niceness) is < 0 or > 19)
        {
            throw new InputException($"--nice {run.Get(Niceness)}: expected 0 to 19.");
        }

        if (run.Get(Memory) is { } need && !(need is > 0 and < 1e6))
        {
            throw new InputException($"--memory {need}: expected GiB, more than 0.");
        }

        if (run.Get(Limit) is < 1)
        {
            throw new InputException($"--limit {run.Get(Limit)}: expected 1 or more.");
        }

        if (!(run.Get(Timeout) > 0))
        {
            throw new InputException($"--timeout {run.Get(Timeout)}: expected a positive number of minutes.");
        }

        CampaignFolder? known = File.Exists(Path.Combine(folder, "campaign.json")) ? CampaignFolder.Open(folder) : null;
        if (known is null && inputs.Length == 0)
        {
            throw new InputException($"{folder}: no campaign there, and no configurations given. Name extended XYZ files of configurations.");
        }

        (IElectronicStructureEngine engine, string level) = EngineChoice.For(folder, known, run.Get(Engine), run.Get(Level), run.Get(Template), run.Get(Niceness), keepsTemplate: !run.Get(DryRun));
        return new CampaignOptions(engine, level)
        {
            Workers = run.Get(Workers),
            Threads = run.Get(Threads),
            Ranks = run.Get(Ranks),
            IsPinned = run.Get(Pin),
            MemoryOfAJobBytes = run.Get(Memory) is { } gibibytes ? (long)(gibibytes * (1L << 30)) : null,
            Limit = run.Get(Limit),
            Timeout = TimeSpan.FromMinutes(run.Get(Timeout)),
            Arrays = run.Get(Slurm) is { } cluster ? SlurmArrays.Execution(run, cluster, run.Get(DryRun), "label --attempt", Workers, Threads, Ranks, Pin, Memory, Niceness) : null,
            RetryFailed = run.Get(RetryFailed),
            KnownFiles = [.. run.Get(Known) ?? []],
            Notice = said =>
            {
                run.Progress.Finish();
                Console.Error.WriteLine(said);
            },
        };
    }

    private static int Say(CliRun run, int processes, string what, string text)
    {
        Console.Out.WriteLine(run.IsJson
            ? new JsonObject { ["state"] = what, ["engine_processes"] = processes }.ToJsonString(Layout)
            : $"{what}: {processes} {text}");
        return 0;
    }

    private static void Print(CliRun run, CampaignStatus status, ExportedLabels? export = null)
    {
        run.Progress.Finish();
        if (run.IsJson)
        {
            JsonObject document = CampaignStatusOutput.Json(status);
            if (export is not null)
            {
                document["export"] = new JsonObject { ["file"] = export.File, ["labelled"] = export.Labelled, ["without_label"] = export.Unlabelled, ["failures"] = export.FailuresFile };
            }

            Console.Out.WriteLine(document.ToJsonString(Layout));
            return;
        }

        CampaignStatusOutput.Write(Console.Out, status);
        if (export is not null)
        {
            Console.Out.WriteLine($"{export.File}: {export.Labelled} labelled configurations; {export.Unlabelled} without a label in {export.FailuresFile}");
        }
    }

    /// <summary>What an export wrote.</summary>
    private sealed record ExportedLabels(string File, int Labelled, int Unlabelled, string? Failures)
    {
        internal string FailuresFile => Failures ?? Path.Combine(Path.GetDirectoryName(File) ?? "", "failures.csv");
    }
}
