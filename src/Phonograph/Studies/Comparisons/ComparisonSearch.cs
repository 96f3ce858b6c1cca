using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Learning.Tuning.Arrays;

namespace Phonograph.Studies.Comparisons;

/// <summary>The search for the settings of one network and one property of a comparison, on cells of all schemes in equal parts.</summary>
public sealed class ComparisonSearch
{
    private const string SetName = "all-schemes";

    private ComparisonSearch(ComparedModel model, Property property, string folder, TrainingData data, TuningOptions options) =>
        (Model, Property, Folder, Sets, Options) = (model.Name, property, folder, [new TuningSet(SetName, data)], options);

    /// <summary>Name of the network.</summary>
    public string Model { get; }

    /// <summary>What it learns.</summary>
    public Property Property { get; }

    /// <summary>Folder of the search.</summary>
    public string Folder { get; }

    /// <summary>The cells, as the one set of the search.</summary>
    public ImmutableArray<TuningSet> Sets { get; }

    /// <summary>Settings to try.</summary>
    public TuningOptions Options { get; }

    /// <summary>Whether it was finished before.</summary>
    public bool IsFinished => Known is not null;

    /// <summary>What it chose; null before it is finished.</summary>
    internal TunedSettings? Known => TunedSettings.TryRead(Folder, Options.Space);

    /// <summary>Searches through job arrays and keeps what is chosen; stopped or killed the arrays go on, and the same call finds them.</summary>
    /// <param name="execution">How trials are run.</param>
    /// <param name="notice">Told what the scheduler says.</param>
    /// <param name="progress">Told about graph-steps.</param>
    /// <param name="cancellation">Stops the coordinator; the arrays go on.</param>
    /// <exception cref="InputException">See <see cref="TrialArrays.Run"/>; or every setting diverged.</exception>
    public void Run(ArrayExecution execution, Action<string>? notice = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) =>
        _ = Keep(TrialArrays.Run(Sets, Options, Folder, execution, notice, progress, cancellation: cancellation));

    /// <summary>Searches here and keeps what is chosen.</summary>
    internal TunedSettings RunHere(int? threads, IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        Keep(Tuner.Run(Sets, Options, Folder, threads, progress, cancellation: cancellation));

    /// <summary>The search of a network and a property.</summary>
    internal static ComparisonSearch Of(ComparedModel model, Property property, Split mixed, ComparisonCells cells, GraphLibrary graphs, ComparisonOptions options)
    {
        var data = new TrainingData(property, graphs.Of(mixed.Training, property), graphs.Of(mixed.Validation, property), graphs.Options, cells.Data.Engine, cells.Data.Level);
        (int epochs, int patience) = model.Duration(options.Training);
        var search = new TuningOptions(model.Space(), TuningStrategy.Random)
        {
            Trials = options.Trials,
            Epochs = epochs,
            Patience = patience,
            TrainingSeed = cells.Seed(0),
            Seed = options.Division.Seed,
        };
        string fingerprint = TrainingFingerprint.Of(data, options.Training with { Epochs = epochs, Patience = patience })[..16];
        string folder = Path.Combine(options.CacheFolder, "tuning", FormattableString.Invariant($"{model.Name}-{property.Key}-{options.Trials}-{options.Division.Seed}-{fingerprint}"));
        return new ComparisonSearch(model, property, folder, data, search);
    }

    private TunedSettings Keep(TuningResult result)
    {
        TrialRecord best = result.Sets[0].Best ?? throw new InputException($"Every one of the {Options.Trials} settings of '{Model}' diverged for {Property.Key}. Give other models, or look at the labels.");
        return TunedSettings.Keep(Folder, Options.Space, best);
    }
}
