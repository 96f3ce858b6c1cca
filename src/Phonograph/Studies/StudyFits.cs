using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Training;

namespace Phonograph.Studies;

/// <summary>All trained models of a study, by property, kind of training data, training size and draw.</summary>
public sealed class StudyFits
{
    private readonly ImmutableDictionary<FitKey, FitResult> _results;

    private StudyFits(ImmutableDictionary<FitKey, FitResult> results, int draws)
    {
        _results = results;
        Draws = draws;
    }

    /// <summary>Number of draws.</summary>
    public int Draws { get; }

    /// <summary>Number of fits.</summary>
    public int Count => _results.Count;

    /// <summary>
    /// Trains every property on every kind of data at full size, and the band gap on every kind of cells at the smaller sizes of the
    /// learning curve; what an earlier run trained is read.
    /// </summary>
    public static StudyFits Train(
        TrainingDraws draws, GraphLibrary graphs, Dataset data, StudyOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(options);
        FitKey[] keys = [.. Keys(draws, options)];
        ImmutableArray<FitRequest> requests = Requests(draws, graphs, data, options);
        ImmutableArray<FitResult> results = FitSchedule.Run(requests, new FitCache(options.CacheFolder), options.SideBySide, progress, cancellation);
        return new StudyFits(keys.Zip(results, KeyValuePair.Create).ToImmutableDictionary(), options.Draws);
    }

    /// <summary>What <see cref="Train"/> trains.</summary>
    public static ImmutableArray<FitRequest> Requests(TrainingDraws draws, GraphLibrary graphs, Dataset data, StudyOptions options) =>
        [.. Keys(draws, options).Select(key => Request(key, draws, graphs, data, options))];

    /// <summary>The fits of a study before it is run, for those who train them elsewhere: the models of every property, kind of training data, size and draw, without the poor ones that are explained beside them.</summary>
    /// <param name="options">Data, seeds, settings.</param>
    /// <param name="progress">Told about graphs.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Files.InputException">Data or options cannot be used.</exception>
    public static ImmutableArray<FitRequest> Requests(StudyOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        Dataset data = StudyCells.Read(options);
        return Requests(TrainingDraws.Create(data, options.Seed), GraphLibrary.Build(data.Configurations, options.Graph, progress, cancellation), data, options);
    }

    /// <summary>Sizes of the learning curve, rising.</summary>
    public static ImmutableArray<int> Sizes(TrainingDraws draws, StudyOptions options)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(options);
        return [.. options.LearningCurveShares.Select(share => Math.Max(2, (int)Math.Round(share * draws.FullSize))).Distinct()];
    }

    /// <summary>The fit of one draw.</summary>
    public FitResult this[Property property, string kind, int size, int draw] => _results[new FitKey(property, kind, size, draw)];

    /// <summary>Test predictions of each draw on one kind of test cells, or on all of them.</summary>
    public ImmutableArray<ImmutableArray<Prediction>> Tested(Property property, string kind, int size, string testedOn) =>
    [
        .. Enumerable.Range(0, Draws).Select(draw => TrainingDraws.Of(this[property, kind, size, draw].Test(), testedOn)),
    ];

    private static IEnumerable<FitKey> Keys(TrainingDraws draws, StudyOptions options)
    {
        // The learning curve comes first: its largest point is the band-gap model of the table.
        foreach (int size in Sizes(draws, options).Where(size => size < draws.FullSize))
        {
            foreach (string kind in draws.Schemes)
            {
                for (int draw = 0; draw < options.Draws; draw++)
                {
                    yield return new FitKey(Property.BandGap, kind, size, draw);
                }
            }
        }

        foreach (Property property in Property.All)
        {
            foreach (string kind in draws.Kinds)
            {
                for (int draw = 0; draw < options.Draws; draw++)
                {
                    yield return new FitKey(property, kind, draws.FullSize, draw);
                }
            }
        }
    }

    /// <summary>A model of the band gap at full size like that of a draw, but stopped after some passes: a control that has learnt little.</summary>
    internal static FitRequest Stopped(string kind, int draw, int epochs, TrainingDraws draws, GraphLibrary graphs, Dataset data, StudyOptions options) => Request(
        new FitKey(Property.BandGap, kind, draws.FullSize, draw), draws, graphs, data, options with { Training = options.Training with { Epochs = epochs, WarmupEpochs = 0 } });

    private static FitRequest Request(FitKey key, TrainingDraws draws, GraphLibrary graphs, Dataset data, StudyOptions options)
    {
        Split split = draws.Of(key.Kind, key.Draw, key.Size);
        var training = new TrainingData(key.Property, graphs.Of(split.Training, key.Property), graphs.Of(split.Validation, key.Property), graphs.Options, data.Engine, data.Level);
        return new FitRequest(
            $"{key.Property.Key} {key.Kind} {key.Size} draw {key.Draw + 1}", training, options.Training with { Seed = draws.DrawSeed(key.Draw) }, graphs.Of(split.Test, key.Property));
    }

    private sealed record FitKey(Property Property, string Kind, int Size, int Draw);
}
