using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Studies;

/// <summary>The learned Hamiltonians of a study, on the same training, validation and test cells as the networks: for the valence band maximum and the band gap.</summary>
public sealed class StudyHamiltonians
{
    private readonly ImmutableDictionary<(string Kind, int Size, int Draw), ImmutableArray<ImmutableArray<Prediction>>> _tested;
    private readonly int _draws;

    private StudyHamiltonians(ImmutableDictionary<(string, int, int), ImmutableArray<ImmutableArray<Prediction>>> tested, int draws, string? reason)
    {
        _tested = tested;
        _draws = draws;
        Reason = reason;
    }

    /// <summary>Why there are none; null where there are.</summary>
    public string? Reason { get; }

    /// <summary>Number of fits.</summary>
    public int Count => _tested.Count;

    /// <summary>Learns one Hamiltonian for every kind of training data at full size, and for every kind of cells at the smaller sizes of the learning curve; what an earlier run learnt is read.</summary>
    public static StudyHamiltonians Train(TrainingDraws draws, Dataset data, StudyOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Hamiltonian is not { } settings)
        {
            return None("not asked for", options);
        }

        var graphs = Graphs(data, settings, cancellation);
        ImmutableArray<LabelledGraph> test = graphs.Of(draws.Test, HamiltonianModel.Properties);
        try
        {
            ImmutableArray<ImmutableArray<ImmutableArray<Prediction>>> results = HamiltonianSchedule.Run(
                Requests(draws, graphs, data, settings, options), new HamiltonianCache(options.CacheFolder), model => model.Beside(test, "test", cancellation), options.SideBySide, progress, cancellation);
            return new StudyHamiltonians(Keys(draws, options).Zip(results, KeyValuePair.Create).ToImmutableDictionary(), options.Draws, null);
        }
        catch (InputException error)
        {
            // A crystal that the form cannot describe: the study goes on without, and says so.
            return None(error.Message, options);
        }
    }

    /// <summary>The Hamiltonians of a study before it is run, for those who learn them elsewhere.</summary>
    /// <param name="options">Data, seeds, settings.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static ImmutableArray<HamiltonianRequest> Requests(StudyOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validated().Hamiltonian is not { } settings)
        {
            return [];
        }

        Dataset data = StudyCells.Read(options);
        return Requests(TrainingDraws.Create(data, options.Seed), Graphs(data, settings, cancellation), data, settings, options);
    }

    /// <summary>True for a property that is predicted.</summary>
    public bool Predicts(Property property) => Reason is null && HamiltonianModel.Properties.Contains(property);

    /// <summary>Test predictions of each draw on one kind of test cells, or on all of them.</summary>
    public ImmutableArray<ImmutableArray<Prediction>> Tested(Property property, string kind, int size, string testedOn) =>
    [
        .. Enumerable.Range(0, _draws).Select(draw => TrainingDraws.Of(_tested[(kind, size, draw)][HamiltonianModel.Properties.IndexOf(property)], testedOn)),
    ];

    private static GraphLibrary Graphs(Dataset data, HamiltonianOptions settings, CancellationToken cancellation) =>
        GraphLibrary.Build(data.Configurations, new GraphOptions { CutoffAngstrom = settings.CutoffAngstrom }, cancellation: cancellation);

    private static ImmutableArray<HamiltonianRequest> Requests(TrainingDraws draws, GraphLibrary graphs, Dataset data, HamiltonianOptions settings, StudyOptions options) =>
    [
        .. Keys(draws, options).Select(key => new HamiltonianRequest(
            $"{HamiltonianModel.Name} {key.Kind} {key.Size} draw {key.Draw + 1}",
            HamiltonianData.Of(draws.Of(key.Kind, key.Draw, key.Size), graphs, data),
            settings with { Seed = draws.DrawSeed(key.Draw) })),
    ];

    private static StudyHamiltonians None(string reason, StudyOptions options) => new(ImmutableDictionary<(string, int, int), ImmutableArray<ImmutableArray<Prediction>>>.Empty, options.Draws, reason);

    private static IEnumerable<(string Kind, int Size, int Draw)> Keys(TrainingDraws draws, StudyOptions options) =>
        from kind in draws.Kinds
        from size in kind == TrainingDraws.Combined ? [draws.FullSize] : StudyFits.Sizes(draws, options).Reverse().ToArray()
        from draw in Enumerable.Range(0, options.Draws)
        select (kind, size, draw);
}
