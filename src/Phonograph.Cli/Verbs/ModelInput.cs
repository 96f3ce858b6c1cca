using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Storage;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>evaluate</c> and <c>predict</c> predict with: one model, or an ensemble.</summary>
internal sealed class ModelInput
{
    internal const string ArgumentDescription = "Model file (safetensors) of 'phonograph train', or folder of 'phonograph train --ensemble'.";

    private readonly Predictor? _single;

    private ModelInput(ModelDescription description, Predictor? single, Ensemble? ensemble)
    {
        Description = description;
        _single = single;
        Ensemble = ensemble;
    }

    /// <summary>Of the model, or of the first member.</summary>
    internal ModelDescription Description { get; }

    /// <summary>The ensemble; null for one model.</summary>
    internal Ensemble? Ensemble { get; }

    /// <summary>Identifiers of the cells that trained or validated.</summary>
    internal ISet<string> Seen => Ensemble is { } ensemble
        ? ensemble.Seen
        : new HashSet<string>([.. Description.Training.TrainingConfigurations, .. Description.Training.ValidationConfigurations], StringComparer.Ordinal);

    internal static ModelInput Read(string path)
    {
        if (EnsembleFolder.Matches(path))
        {
            Ensemble ensemble = EnsembleFolder.Read(path);
            return new ModelInput(ensemble.Description, null, ensemble);
        }

        TrainedModel model = ModelFile.Read(path);
        return new ModelInput(model.Description, new Predictor(model), null);
    }

    /// <summary>Predictions for structures; the spread is NaN for one model.</summary>
    internal ImmutableArray<EnsemblePrediction> Predict(IEnumerable<Crystal> crystals, CancellationToken cancellation) => Ensemble is { } ensemble
        ? ensemble.Predict([.. crystals.Select(crystal => CrystalGraphBuilder.Build(crystal, Description.GraphOptions))], cancellation: cancellation)
        : [.. _single!.Predict(crystals, cancellation: cancellation).Select(each => new EnsemblePrediction(each.Value, double.NaN, each.Reasons))];

    /// <summary>Predictions beside labels; the spread is NaN for one model.</summary>
    internal ImmutableArray<SpreadPrediction> Predict(IReadOnlyList<LabelledGraph> graphs, string set) => Ensemble is { } ensemble
        ? ensemble.Predict(graphs, set)
        : [.. _single!.Predict(graphs, set).Select(each => new SpreadPrediction(each, double.NaN))];
}
