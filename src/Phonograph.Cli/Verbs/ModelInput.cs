using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Storage;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>evaluate</c> and <c>predict</c> predict with, and <c>explain</c> explains: one model, or an ensemble.</summary>
internal sealed class ModelInput
{
    internal const string ArgumentDescription = "Model file (safetensors) of 'phonograph train', or folder of 'phonograph train --ensemble'.";

    private readonly Predictor? _single;
    private readonly SeenCells[] _seen;

    private ModelInput(ModelDescription description, Predictor? single, Ensemble? ensemble, IEnumerable<TrainedModel> models)
    {
        Description = description;
        _single = single;
        Ensemble = ensemble;
        _seen = [.. models.Select(model => new SeenCells(model))];
    }

    /// <summary>Of the model, or of the first member.</summary>
    internal ModelDescription Description { get; }

    /// <summary>The ensemble; null for one model.</summary>
    internal Ensemble? Ensemble { get; }

    internal static ModelInput Read(string path)
    {
        if (EnsembleFolder.Matches(path))
        {
            Ensemble ensemble = EnsembleFolder.Read(path);
            return new ModelInput(ensemble.Description, null, ensemble, ensemble.Members);
        }

        TrainedModel model = ModelFile.Read(path);
        return new ModelInput(model.Description, new Predictor(model), null, [model]);
    }

    /// <summary>The model, or the members of the ensemble.</summary>
    internal static ImmutableArray<TrainedModel> ReadModels(string path) => EnsembleFolder.Matches(path) ? EnsembleFolder.Read(path).Members : [ModelFile.Read(path)];

    /// <summary>True when the model, a model it began from, or a member of the ensemble has trained or validated on the cell.</summary>
    internal bool HasSeen(LabelledGraph cell) => _seen.Any(seen => seen.HasIdentifier(cell.Configuration) || seen.HasCell(cell.Graph));

    /// <summary>Predictions of each property for structures; the spread is NaN for one model.</summary>
    internal ImmutableArray<ImmutableArray<EnsemblePrediction>> Predict(IEnumerable<Crystal> crystals, CancellationToken cancellation) => Ensemble is { } ensemble
        ? [ensemble.Predict([.. crystals.Select(crystal => CrystalGraphBuilder.Build(crystal, Description.GraphOptions))], cancellation: cancellation)]
        : [.. _single!.PredictProperties(crystals, cancellation: cancellation).Select(property => property.Select(each => new EnsemblePrediction(each.Value, double.NaN, each.Reasons)).ToImmutableArray())];

    /// <summary>Predictions of each property beside labels; the spread is NaN for one model.</summary>
    internal ImmutableArray<ImmutableArray<SpreadPrediction>> Predict(IReadOnlyList<LabelledGraph> graphs, string set) => Ensemble is { } ensemble
        ? [ensemble.Predict(graphs, set)]
        : [.. _single!.PredictProperties(graphs, set).Select(property => property.Select(each => new SpreadPrediction(each, double.NaN)).ToImmutableArray())];
}
