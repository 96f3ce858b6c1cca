using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Tuning;
using Phonograph.Learning.Tuning.Arrays;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph tune</c>: searches models and settings for training.</summary>
internal static class TuneVerb
{
    private const string Description = """
        Search models and hyper-parameters for training, judged by validation cells alone; test cells are never looked at. Several sets of cells get the same trials and the same budget, side by side.

        May be killed at any moment; the same command continues, and neither that nor the number of threads changes a number.

        Examples: phonograph tune cells.xyz.gz --property band_gap --strategy asha --work run/tune --output run/tuned
                  phonograph tune cells.xyz.gz --property band_gap --kinds phonon,random --space space.yaml --trials 60 --work run/kinds --output run/kinds-tuned
                  phonograph tune --compare run/grid run/asha --output run/compared
        """;

    private static readonly Argument<string[]> Data = new("data")
    {
        Description = "Extended XYZ files of labelled configurations (.gz by name). NAME=FILE puts a file into the set of that name; sets are compared.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Kinds = new("--kinds") { Description = "Compare these kinds of cells of the data: phonon, random, combined, with commas between them.", HelpName = "KIND,..." };
    private static readonly Option<int?> Cells = new("--cells") { Description = "Cells of each set: 70 % of this number train, 15 % validate, 15 % stay for a test. Default: as many as the smallest set has." };
    private static readonly Option<ulong> SplitSeed = new("--split-seed") { Description = "Seed of the division, as in 'phonograph train', and of the choice of --cells." };
    private static readonly Option<double> Cutoff = CutoffOption.Create("Longest edge of a graph, Å.");
    private static readonly Option<int?> Threads = new("--threads") { Description = "Trainings at the same time, each on one thread. Default: the number of processors." };
    private static readonly Option<string?> Work = new("--work") { Description = "Folder of the search: losses and checkpoints of every trial. Made when missing; the same command continues what is there." };
    private static readonly Option<string> Output = new("--output") { Description = "Folder for trials.csv, best.json, best-SET.yaml, tune.json and the figure tuning (svg, png, csv).", Required = true };
    private static readonly Option<string[]> Compare = new("--compare")
    {
        Description = "Instead of a search: put finished ones side by side (their output folders, the first is the measure); writes comparison.csv and the figure tuning.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FOLDER...",
    };

    internal static Command Create()
    {
        Option<string> property = PropertyOption.CreateOne();
        property.Required = false;
        var command = new Command("tune", Description) { Data, property };
        foreach (Option option in (Option[])[Kinds, .. SearchSettings.All, Cells, SplitSeed, Cutoff, Threads, Work, Output, Compare, .. SlurmTrials.Options])
        {
            command.Options.Add(option);
        }

        return CliRun.Verb(command, run => Task.FromResult(run.Get(Compare) is { Length: > 0 } folders
            ? CompareSearches(run, folders)
            : Search(run, PropertyOption.Of(run.Get(property) ?? throw new InputException("--property: found nothing; expected what to learn, for example band_gap.")))));
    }

    private static int Search(CliRun run, Property property)
    {
        string work = run.Get(Work) ?? throw new InputException("--work: found nothing; expected the folder of the search. It is made when missing, and the same command continues what is there.");
        double cutoff = CutoffOption.Check(run.Get(Cutoff));
        if (run.Get(Threads) is < 1 or > 256)
        {
            throw new InputException($"--threads {run.Get(Threads)}: expected 1 to 256.");
        }

        TuningOptions options = SearchSettings.Read(run);
        _ = options.Settings();
        string[] given = run.Get(Data) ?? [];
        ImmutableArray<TuningSource> sources = TuningSources.Read(given, run.Get(Kinds), run.Get(SplitSeed));
        if (SlurmTrials.IsNode(run))
        {
            return SlurmTrials.Work(run, Sets, options);
        }

        ArrayExecution? cluster = SlurmTrials.Execution(run, Threads);
        if (cluster is not null && SlurmTrials.IsShown(run))
        {
            return SlurmTrials.Show(run, TrialArrays.Plan(Sets(), options, work, cluster));
        }

        OutputPlace.Prepare(run.Get(Output));
        ImmutableArray<TuningSet> sets = Sets();
        var lines = new TuningLines(run, property);
        TuningResult result = cluster is null
            ? Tuner.Run(sets, options, work, run.Get(Threads), run.Progress, lines, run.Cancellation)
            : TrialArrays.Run(sets, options, work, cluster, said => SlurmArrays.Notice(run, said), run.Progress, lines, run.Cancellation);
        ImmutableArray<string> files = TuningFiles.Write(run.Get(Output), result);
        run.Progress.Finish();
        bool isPlain = run.Get(Kinds) is null && sets.Length == 1;
        TuningOutput.Print(run, result, files, isPlain ? string.Join(' ', given.Select(each => TuningSources.Named(each).File)) : "DATA", run.Get(SplitSeed), cutoff);
        return result.Sets.All(set => set.Best is not null) ? 0 : 1;

        ImmutableArray<TuningSet> Sets() => TuningSet.Draw(sources, property, run.Get(Cells), run.Get(SplitSeed), new GraphOptions { CutoffAngstrom = cutoff }, run.Progress, run.Cancellation);
    }

    private static int CompareSearches(CliRun run, string[] folders)
    {
        SlurmTrials.Refuse(run, Compare.Name);
        (string, TuningResult)[] searches = [.. folders.Select(folder => (Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), TuningResultFile.Read(folder)))];
        OutputPlace.Prepare(run.Get(Output));
        TuningOutput.PrintComparison(run, searches, TuningFiles.WriteComparison(run.Get(Output), searches));
        return 0;
    }
}
