using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Reporting.Comparisons;
using Phonograph.Studies;
using Phonograph.Studies.Comparisons;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph study compare</c>: the controlled comparison of sampling schemes.</summary>
internal static class StudyCompareVerb
{
    private const string Description = """
        Train models on the same number of cells of each sampling scheme and test them on the same cells and on molecular dynamics: errors, paired differences with corrections for several tests and for overlapping draws, thermal means, learning curves (energies in eV, stress in GPa).

        May be killed at any moment; the same command continues, and neither that nor the number of threads changes a number. Baselines take part without being named.

        Example: phonograph study compare cells.xyz.gz --frames frames.xyz.gz --size 64 --validation 16 --draws 10 --models m6,hamiltonian --output run/compared
        """;

    private static readonly ComparisonOptions Defaults = new() { DataFiles = [], CacheFolder = "" };

    private static readonly Argument<string[]> Data = new("data")
    {
        Description = "Labelled cells (extended XYZ, .gz by name) of one engine and level; the key 'scheme' of each cell says how it was drawn.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Frames = Files("--frames", "Labelled frames of molecular dynamics (scheme 'dynamics'): test cells only.");
    private static readonly Option<string> Output = new("--output", "-o") { Description = "Folder for comparison.json, CSV tables and comparison.md.", Required = true };
    private static readonly Option<int> Size = new("--size") { Description = "Training cells of each scheme and draw.", DefaultValueFactory = _ => Defaults.TrainingSize };
    private static readonly Option<int> Validation = new("--validation") { Description = "Validation cells of each scheme and draw.", DefaultValueFactory = _ => Defaults.ValidationSize };
    private static readonly Option<int> Draws = new("--draws") { Description = "Training draws behind every number.", DefaultValueFactory = _ => Defaults.Draws };
    private static readonly Option<string?> Curve = new("--curve") { Description = "Smaller numbers of training cells, for learning curves, with commas between them: 16,32.", HelpName = "N,..." };
    private static readonly Option<bool> EqualSteps = new("--equal-steps") { Description = "Train on the smaller numbers of cells of --curve for as many steps as on --size, not for as many epochs." };
    private static readonly Option<string> Models = new("--models")
    {
        Description = $"Models, with commas between them: {string.Join(", ", ComparedModel.Names)}. 'published' is m1 to m6, of which --trials chooses one.",
        HelpName = "NAME,...",
        DefaultValueFactory = _ => "m6",
    };

    private static readonly Option<string?> Properties = new("--properties") { Description = $"Properties, with commas between them. Default: {string.Join(",", Property.All.Select(property => property.Key))}.", HelpName = "NAME,..." };
    private static readonly Option<string?> Schemes = new("--schemes") { Description = "Schemes to compare, with commas between them. Default: all with cells to train on.", HelpName = "NAME,..." };
    private static readonly Option<string?> Pairs = new("--pairs")
    {
        Description = "Pairs of schemes whose errors are compared: phonon:uniform,phonon:einstein. Default: the registered ones (docs/comparison.md).",
        HelpName = "A:B,...",
    };

    private static readonly Option<int> Trials = new("--trials")
    {
        Description = "Settings to try for each model and property, on cells of all schemes in equal parts; at most 24 for a single architecture. 0: the settings below.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int> Hidden = new("--hidden") { Description = "Features per node, without --trials.", DefaultValueFactory = _ => Defaults.Training.Hidden };
    private static readonly Option<double> LearningRate = new("--learning-rate") { Description = "First learning rate of Adam, without --trials.", DefaultValueFactory = _ => Defaults.Training.LearningRate };
    private static readonly Option<double> Dropout = new("--dropout") { Description = "Share of pooled features set to zero in training, without --trials.", DefaultValueFactory = _ => Defaults.Training.Dropout };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "Largest number of passes over the training cells.", DefaultValueFactory = _ => Defaults.Training.Epochs };
    private static readonly Option<int> Patience = new("--patience") { Description = "Passes without improvement on the validation cells before training stops.", DefaultValueFactory = _ => Defaults.Training.Patience };
    private static readonly Option<double> Cutoff = CutoffOption.Create("Longest edge of a graph, Å.");
    private static readonly Option<string[]> Start = Files("--start", "Model files of one property each, to fine-tune beside training from scratch; refused when they have seen a test cell.");
    private static readonly Option<string[]> AtRest = Files("--at-rest", "Labelled cells at rest: labels become shifts from the one of the same composition, as compounds need it.");
    private static readonly Option<string?> Constants = new("--force-constants") { Description = "FORCE_CONSTANTS of the supercell, for the baselines on mode amplitudes; with --unit-cell." };
    private static readonly Option<string?> UnitCell = new("--unit-cell") { Description = "POSCAR of the unit cell, with --force-constants." };
    private static readonly Option<int> Resamples = new("--resamples") { Description = "Resamples of every bootstrap.", DefaultValueFactory = _ => Defaults.Resamples };
    private static readonly Option<string?> Cache = new("--cache") { Description = "Folder of trained models and searches. Default: models/ in the output folder." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Fits done side by side. Default: the number of processors." };

    internal static Command Create()
    {
        var command = new Command("compare", Description) { Data };
        foreach (Option option in (Option[])[Frames, Output, Size, Validation, Draws, Curve, EqualSteps, Models, Properties, Schemes, Pairs, Trials, Hidden, LearningRate, Dropout, Epochs, Patience, Cutoff, .. DivisionSettings.All, Start, AtRest, Constants, UnitCell, Resamples, Cache, Threads, .. SlurmFits.Options])
        {
            command.Add(option);
        }

        return CliRun.Verb(command, async run =>
        {
            ComparisonOptions options = Read(run).Validated();
            if (await SlurmFits.DoAsync(run, options.CacheFolder, () => SchemeComparison.Searches(options, run.Progress, run.Cancellation), areKnown => StudyVerb.Requests(options, areKnown, run.Progress, run.Cancellation)) is { } done)
            {
                return done;
            }

            OutputPlace.Prepare(run.Get(Output));
            OutputPlace.Prepare(options.CacheFolder);
            ComparisonResult result = SchemeComparison.Run(options, new StagedProgress(StudyStages.OfComparison(options), run.Progress), run.Cancellation);
            ImmutableArray<string> files = ComparisonFiles.Write(run.Get(Output), result);
            run.Progress.Finish();
            Print(run, result, files);
            return 0;
        });
    }

    private static ComparisonOptions Read(CliRun run)
    {
        if (run.Get(Threads) is < 1)
        {
            throw new InputException($"--threads {run.Get(Threads)}: expected 1 or more.");
        }

        if (run.Get(Constants) is null != run.Get(UnitCell) is null)
        {
            throw new InputException("--force-constants and --unit-cell: found one of them; expected both, or neither.");
        }

        string[] given = [.. run.Get(Data), .. run.Get(Frames) ?? []];
        return new ComparisonOptions
        {
            DataFiles = [.. given],
            AtRestFiles = [.. run.Get(AtRest) ?? []],
            ForceConstantsFile = run.Get(Constants),
            UnitCellFile = run.Get(UnitCell),
            Schemes = [.. Names(run.Get(Schemes))],
            Pairs = [.. Names(run.Get(Pairs)).Select(Pair)],
            Models = [.. Names(run.Get(Models)).Select(ComparedModel.Of)],
            Properties = run.Get(Properties) is { } properties ? [.. Names(properties).Select(PropertyOf)] : [.. Property.All],
            Division = DivisionSettings.Read(run),
            TrainingSize = run.Get(Size),
            ValidationSize = run.Get(Validation),
            CurveSizes = [.. Names(run.Get(Curve)).Select(Number)],
            EqualSteps = run.Get(EqualSteps),
            Draws = run.Get(Draws),
            Resamples = run.Get(Resamples),
            Training = Defaults.Training with { Hidden = run.Get(Hidden), LearningRate = run.Get(LearningRate), Dropout = run.Get(Dropout), Epochs = run.Get(Epochs), Patience = run.Get(Patience) },
            Trials = run.Get(Trials),
            StartFiles = [.. run.Get(Start) ?? []],
            Graph = new GraphOptions { CutoffAngstrom = CutoffOption.Check(run.Get(Cutoff)) },
            CacheFolder = run.Get(Cache) ?? Path.Combine(run.Get(Output), "models"),
            SideBySide = run.Get(Threads),
            Command = Command(run),
        };
    }

    /// <summary>The command without what changes no number: threads, places, output.</summary>
    private static string Command(CliRun run)
    {
        var kept = new List<string> { "phonograph" };
        string[] tokens = [.. run.Arguments.Tokens.Select(token => token.Value)];
        for (int place = 0; place < tokens.Length; place++)
        {
            if (tokens[place] is "--threads" or "--cache" or "--output" or "-o" or "--slurm")
            {
                place++;
            }
            else if (tokens[place] is not ("--quiet" or "--json"))
            {
                kept.Add(tokens[place].Contains(' ', StringComparison.Ordinal) ? $"\"{tokens[place]}\"" : tokens[place]);
            }
        }

        return string.Join(' ', kept);
    }

    private static void Print(CliRun run, ComparisonResult result, ImmutableArray<string> files)
    {
        if (run.IsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { files, errors = result.Errors.Length, differences = result.Differences.Length, decided = result.Differences.Count(row => row.IsDecided), notes = result.Notes }));
            return;
        }

        SchemeDifference[] decided = [.. result.Differences.Where(row => row.IsDecided)];
        Console.Out.WriteLine($"{result.Errors.Length} errors on {result.TestSets.Length} test sets, {result.Differences.Length} differences, {decided.Length} of them decided at 5 % after Holm");
        foreach (string file in files)
        {
            Console.Out.WriteLine(file);
        }
    }

    private static Option<string[]> Files(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true, HelpName = "FILE..." };

    private static string[] Names(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new InputException($"--curve: found '{text}'; expected whole numbers with commas between them, for example 16,32.");

    private static Property PropertyOf(string key) => Property.All.FirstOrDefault(property => property.Key == key)
        ?? throw new InputException($"--properties: found '{key}'; expected some of {string.Join(", ", Property.All.Select(property => property.Key))}.");

    private static SchemePair Pair(string text) => text.Split(':') is [{ Length: > 0 } first, { Length: > 0 } second]
        ? new SchemePair(first, second, $"{first} against {second}", IsInFamily: true)
        : throw new InputException($"--pairs: found '{text}'; expected two schemes with a colon between them, for example phonon:uniform.");
}
