using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Learning.Tuning;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph tune</c> that decide the trials, apart from the data.</summary>
internal static class SearchSettings
{
    private static readonly TuningOptions Defaults = new(SearchSpace.Published, TuningStrategy.Asha);

    private static readonly Option<string> Space = new("--space")
    {
        Description = "What may be tried: 'published' (m1 to m6 × 4 widths × 5 learning rates × 4 dropouts = 480 settings), or a YAML file (docs/tuning.md).",
        HelpName = "published|FILE",
        DefaultValueFactory = _ => SearchSpace.PublishedName,
    };

    private static readonly Option<string> Strategy = new("--strategy")
    {
        Description = "grid: all settings to the end; random: random settings to the end; asha: random settings for a few epochs, of which the best go on (asynchronous successive halving, arXiv 1810.05934).",
        DefaultValueFactory = _ => "asha",
    };

    private static readonly Option<int?> Trials = new("--trials") { Description = "Number of settings to try. Default: all of a space of lists." };
    private static readonly Option<long?> Budget = new("--budget") { Description = "Most graph-steps (training graphs × epochs, over all trials) of each set; no limit when not given." };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "Epochs of a training that goes to its end.", DefaultValueFactory = _ => Defaults.Epochs };
    private static readonly Option<int> Patience = new("--patience") { Description = "Epochs without improvement on the validation cells before a training stops.", DefaultValueFactory = _ => Defaults.Patience };
    private static readonly Option<int?> FirstRung = new("--first-rung") { Description = "Epochs before the first judgement of asha. Default: --epochs over the third power of --reduction." };
    private static readonly Option<int> Reduction = new("--reduction") { Description = "Of so many trials of asha one goes on, to so many times the epochs; 3 or 4 is usual.", DefaultValueFactory = _ => Defaults.Reduction };
    private static readonly Option<int> Seeds = new("--seeds") { Description = "Trainings of each settings; their mean error counts.", DefaultValueFactory = _ => Defaults.Seeds };
    private static readonly Option<ulong> TrainingSeed = new("--training-seed") { Description = "Seed of the first training of each settings; further ones follow it.", DefaultValueFactory = _ => Defaults.TrainingSeed };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the list of settings.", DefaultValueFactory = _ => Defaults.Seed };
    private static readonly Option<int> VirtualWorkers = new("--virtual-workers")
    {
        Description = "Workers of the virtual time in which asha decides: a part of the method. More threads than this are of no use.",
        DefaultValueFactory = _ => Defaults.VirtualWorkers,
    };

    static SearchSettings() => Strategy.AcceptOnlyFromAmong("grid", "random", "asha");

    /// <summary>All of them, in the order of the help text.</summary>
    internal static ImmutableArray<Option> All { get; } = [Space, Strategy, Trials, Budget, Epochs, Patience, FirstRung, Reduction, Seeds, TrainingSeed, Seed, VirtualWorkers];

    internal static TuningOptions Read(CliRun run) => new TuningOptions(
        run.Get(Space) == SearchSpace.PublishedName ? SearchSpace.Published : SearchSpaceFile.Read(run.Get(Space)), Enum.Parse<TuningStrategy>(run.Get(Strategy), ignoreCase: true))
    {
        Trials = run.Get(Trials),
        BudgetGraphSteps = run.Get(Budget),
        Epochs = run.Get(Epochs),
        Patience = run.Get(Patience),
        FirstRungEpochs = run.Get(FirstRung),
        Reduction = run.Get(Reduction),
        Seeds = run.Get(Seeds),
        TrainingSeed = run.Get(TrainingSeed),
        Seed = run.Get(Seed),
        VirtualWorkers = run.Get(VirtualWorkers),
    }.Validated();
}
