using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;

namespace Phonograph.Studies.Comparisons;

/// <summary>Predictions for every test cell, by model, property, scheme, size and draw: networks, fine-tuned networks, learned Hamiltonians and baselines, all trained on the same cells.</summary>
internal sealed class ComparisonFits
{
    private readonly Dictionary<FitKey, ImmutableArray<Prediction>> _predictions = [];
    private readonly ComparisonCells _cells;
    private readonly ComparisonOptions _options;
    private readonly FitKey[] _grid;
    private readonly List<string> _notes = [];

    private ComparisonFits(ComparisonCells cells, ComparisonOptions options)
    {
        (_cells, _options) = (cells, options);
        _grid =
        [
            .. from size in options.Sizes
               from scheme in cells.Schemes
               from draw in Enumerable.Range(0, options.Draws)
               select new FitKey("", Property.BandGap, scheme, size, draw),
        ];
    }

    /// <summary>Compared models with predictions, in the order of tables.</summary>
    internal ImmutableArray<(string Model, Property Property)> Models { get; private set; } = [];

    /// <summary>Fine-tuned models, with the model trained from scratch that each is held against.</summary>
    internal ImmutableArray<(string FineTuned, string Scratch, Property Property)> FineTuned { get; private set; } = [];

    /// <summary>What was left out, in sentences.</summary>
    internal IReadOnlyList<string> Notes => _notes;

    /// <summary>Trains or reads everything.</summary>
    internal static ComparisonFits Train(
        ComparisonCells cells, ComparisonSettings settings, ImmutableArray<FineTuning> starts, GraphLibrary graphs, ComparisonOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var fits = new ComparisonFits(cells, options);
        fits.TrainNetworks(settings, starts, graphs, progress, cancellation);
        if (options.Models.Any(model => model.IsHamiltonian))
        {
            fits.LearnHamiltonians(progress, cancellation);
        }

        fits.FitBaselines(graphs, progress, cancellation);
        fits.Models = [.. fits._predictions.Keys.Select(key => (key.Model, key.Property)).Distinct()];
        fits.LeaveOutWhatCannotPredict();
        fits.FineTuned = [.. starts.Select(start => (start.Name, start.Scratch, start.Property))];
        return fits;
    }

    /// <summary>Test predictions of each draw, on one test set.</summary>
    internal ImmutableArray<ImmutableArray<Prediction>> Of(string model, Property property, string scheme, int size, TestSet tested) =>
        [.. Enumerable.Range(0, _options.Draws).Select(draw => tested.Of(_predictions[new FitKey(model, property, scheme, size, draw)]))];

    /// <summary>The networks that <see cref="Train"/> trains.</summary>
    internal static ImmutableArray<FitRequest> Requests(ComparisonCells cells, ComparisonSettings settings, ImmutableArray<FineTuning> starts, GraphLibrary graphs, ComparisonOptions options) =>
        [.. new ComparisonFits(cells, options).Networks(settings, starts, graphs).Select(each => each.Request)];

    /// <summary>The Hamiltonians that <see cref="Train"/> learns.</summary>
    internal static ImmutableArray<HamiltonianRequest> Hamiltonians(ComparisonCells cells, ComparisonOptions options, CancellationToken cancellation)
    {
        var fits = new ComparisonFits(cells, options);
        return options.Models.Any(model => model.IsHamiltonian) && fits.HasBandEdges ? fits.Hamiltonians(fits.HamiltonianGraphs(cancellation)) : [];
    }

    private List<(FitKey Key, FitRequest Request)> Networks(ComparisonSettings settings, ImmutableArray<FineTuning> starts, GraphLibrary graphs)
    {
        var requests = new List<(FitKey Key, FitRequest Request)>();
        foreach (Property property in _options.Properties)
        {
            ImmutableArray<LabelledGraph> test = graphs.Of(_cells.Division.Test, property);
            foreach (ComparedModel model in _options.Models.Where(model => !model.IsHamiltonian))
            {
                TrainingOptions chosen = settings[model.Name, property];
                requests.AddRange(_grid.Select(place => Request(place with { Model = model.Name, Property = property }, chosen, null, graphs, test)));
                foreach (FineTuning start in starts.Where(start => start.Scratch == model.Name && start.Property == property))
                {
                    requests.AddRange(_grid.Select(place => Request(place with { Model = start.Name, Property = property }, start.Settings(chosen), start.Start, graphs, test)));
                }
            }
        }

        return requests;
    }

    private void TrainNetworks(ComparisonSettings settings, ImmutableArray<FineTuning> starts, GraphLibrary graphs, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        List<(FitKey Key, FitRequest Request)> requests = Networks(settings, starts, graphs);
        ImmutableArray<ImmutableArray<Prediction>> tested = FitSchedule.Run(
            [.. requests.Select(each => each.Request)], new FitCache(_options.CacheFolder), result => result.Test(), _options.SideBySide, progress, cancellation);
        foreach ((FitKey key, ImmutableArray<Prediction> predictions) in requests.Select(each => each.Key).Zip(tested))
        {
            _predictions.Add(key, predictions);
        }
    }

    private (FitKey, FitRequest) Request(FitKey key, TrainingOptions settings, StartModel? start, GraphLibrary graphs, ImmutableArray<LabelledGraph> test)
    {
        Split split = _cells.Draw(key.Scheme, key.Draw, key.Size);
        var data = new TrainingData(key.Property, graphs.Of(split.Training, key.Property), graphs.Of(split.Validation, key.Property), graphs.Options, _cells.Data.Engine, _cells.Data.Level) { Start = start };
        return (key, new FitRequest($"{key.Property.Key} {key.Model} {key.Scheme} {key.Size} draw {key.Draw + 1}", data, _options.At(key.Size, settings) with { Seed = _cells.Seed(key.Draw) }, test));
    }

    /// <summary>Whether labels are band edges, not their shifts from the cell at rest.</summary>
    private bool HasBandEdges => _options.AtRestFiles.IsEmpty;

    private GraphLibrary HamiltonianGraphs(CancellationToken cancellation) =>
        GraphLibrary.Build(_cells.Data.Configurations, new GraphOptions { CutoffAngstrom = _options.Hamiltonian.CutoffAngstrom }, cancellation: cancellation);

    private ImmutableArray<HamiltonianRequest> Hamiltonians(GraphLibrary graphs) =>
    [
        .. _grid.Select(key => new HamiltonianRequest(
            $"{HamiltonianModel.Name} {key.Scheme} {key.Size} draw {key.Draw + 1}",
            HamiltonianData.Of(_cells.Draw(key.Scheme, key.Draw, key.Size), graphs, _cells.Data),
            _options.Hamiltonian with { Seed = _cells.Seed(key.Draw) })),
    ];

    private void LearnHamiltonians(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (!HasBandEdges)
        {
            _notes.Add("The learned Hamiltonian needs band edges, not their shifts from the cell at rest, and was left out.");
            return;
        }

        GraphLibrary graphs = HamiltonianGraphs(cancellation);
        ImmutableArray<LabelledGraph> test = graphs.Of(_cells.Division.Test, HamiltonianModel.Properties);
        ImmutableArray<ImmutableArray<ImmutableArray<Prediction>>> results;
        try
        {
            results = HamiltonianSchedule.Run(
                Hamiltonians(graphs), new HamiltonianCache(_options.CacheFolder), model => model.Beside(test, "test", cancellation), _options.SideBySide, progress, cancellation);
        }
        catch (InputException error)
        {
            _notes.Add($"No Hamiltonian could be learnt: {error.Message}");
            return;
        }

        foreach (Property property in _options.Properties.Where(HamiltonianModel.Properties.Contains))
        {
            for (int place = 0; place < _grid.Length; place++)
            {
                _predictions.Add(_grid[place] with { Model = HamiltonianModel.Name, Property = property }, results[place][HamiltonianModel.Properties.IndexOf(property)]);
            }
        }
    }

    private void FitBaselines(GraphLibrary graphs, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        Dataset withAmplitudes = StudyBaselines.WithAmplitudes(_cells.Data, _options.ForceConstantsFile, _options.UnitCellFile);
        var library = BaselineLibrary.Of(withAmplitudes.Configurations, graphs);
        if (!library.Names.Contains(BaselineNames.Modes))
        {
            _notes.Add("Cells do not carry amplitudes of one set of modes: the baselines on mode amplitudes were left out.");
        }

        var fitted = new ImmutableArray<BaselineFit>[_grid.Length];
        for (int place = 0; place < _grid.Length; place++)
        {
            cancellation.ThrowIfCancellationRequested();
            fitted[place] = library.Fit(_cells.Draw(_grid[place].Scheme, _grid[place].Draw, _grid[place].Size), _options.Properties, cancellation);
            progress?.Report(new WorkProgress("baselines", place + 1, _grid.Length));
        }

        foreach (string name in library.Names.Where(name => fitted.All(fits => fits.Any(fit => fit.Name == name))))
        {
            for (int place = 0; place < _grid.Length; place++)
            {
                foreach (BaselineFit fit in fitted[place].Where(fit => fit.Name == name))
                {
                    _predictions.Add(_grid[place] with { Model = name, Property = fit.Property }, fit.Of("test"));
                }
            }
        }
    }

    private void LeaveOutWhatCannotPredict()
    {
        foreach ((string model, Property property) in Models)
        {
            int cells = _predictions.Where(pair => pair.Key.Model == model && pair.Key.Property == property)
                .SelectMany(pair => pair.Value).Where(prediction => !double.IsFinite(prediction.Predicted)).Select(prediction => prediction.Configuration).Distinct(StringComparer.Ordinal).Count();
            if (cells > 0)
            {
                Models = Models.Remove((model, property));
                _notes.Add($"'{model}' has no prediction of {property.Key} for {cells} test cells and was left out there.");
            }
        }
    }

    private sealed record FitKey(string Model, Property Property, string Scheme, int Size, int Draw);
}
