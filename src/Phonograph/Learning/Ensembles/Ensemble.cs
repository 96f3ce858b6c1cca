using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Ensembles;

/// <summary>Several models of one property that were trained alike, and the calibration of their spread.</summary>
public sealed record Ensemble
{
    private Ensemble(ImmutableArray<TrainedModel> members, SpreadCalibration calibration)
    {
        Members = members;
        Calibration = calibration;
    }

    /// <summary>The members.</summary>
    public ImmutableArray<TrainedModel> Members { get; }

    /// <summary>Turns their spread into a standard error.</summary>
    public SpreadCalibration Calibration { get; }

    /// <summary>What the first member says of itself: property, graph, engine and level are those of all.</summary>
    public ModelDescription Description => Members[0].Description;

    /// <summary>Puts an ensemble together.</summary>
    /// <exception cref="InputException">There are fewer than two members, or members differ in property, graph, engine or level.</exception>
    public static Ensemble Of(ImmutableArray<TrainedModel> members, SpreadCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        if (members.IsDefault || members.Length < 2)
        {
            throw new InputException($"An ensemble of {(members.IsDefault ? 0 : members.Length)} members has no spread. Give at least two.");
        }

        static (string, GraphOptions, string, string) Kind(TrainedModel model) => (model.Description.Property.Key, model.Description.GraphOptions, model.Description.Engine, model.Description.Level);
        return members.Any(member => Kind(member) != Kind(members[0]))
            ? throw new InputException("The members of the ensemble were trained for different properties, graphs, engines or levels. Put models of one kind together.")
            : new Ensemble(members, calibration);
    }

    /// <summary>Trains the members, some side by side, and calibrates their spread on the validation cells. What was trained before is read; what was killed continues.</summary>
    /// <param name="data">Training and validation graphs; the latter must not be empty.</param>
    /// <param name="options">Settings of every member; the seed is that of the ensemble.</param>
    /// <param name="ensemble">Number of members and what they are trained on.</param>
    /// <param name="cache">Where members lie.</param>
    /// <param name="sideBySide">Members trained at a time; the number of processors when null. It changes no number.</param>
    /// <param name="progress">Told about passes of all members together.</param>
    /// <param name="cancellation">Stops the training; the same call continues.</param>
    public static Ensemble Train(
        TrainingData data, TrainingOptions options, EnsembleOptions ensemble, FitCache cache, int? sideBySide = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ImmutableArray<FitRequest> requests = ensemble.Requests(data, options);
        ImmutableArray<TrainedModel> members = [.. FitSchedule.Run(requests, cache, sideBySide, progress, cancellation).Select(result => result.Model)];
        var uncalibrated = Of(members, new SpreadCalibration(1, 0, 0));
        return Of(members, SpreadCalibration.Fit(uncalibrated.Predict(data.Validation, "validation")));
    }

    /// <summary>Predicts for graphs that were built with the options of the members.</summary>
    /// <param name="graphs">Graphs.</param>
    /// <param name="pool">Threads; the pool of the process when null.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public ImmutableArray<EnsemblePrediction> Predict(IReadOnlyList<CrystalGraph> graphs, WorkerPool? pool = null, CancellationToken cancellation = default)
    {
        ImmutableArray<GraphPrediction>[] each = [.. Members.Select(member => new Predictor(member, pool).Predict(graphs, cancellation: cancellation))];
        return [.. Enumerable.Range(0, graphs.Count).Select(graph => EnsemblePrediction.Of([.. each.Select(member => member[graph])]))];
    }

    /// <summary>Predictions beside labels, for evaluation.</summary>
    /// <param name="graphs">Labelled graphs.</param>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    public ImmutableArray<SpreadPrediction> Predict(IReadOnlyList<LabelledGraph> graphs, string set) =>
    [
        .. graphs.Zip(Predict([.. graphs.Select(each => each.Graph)]), (each, prediction) => new SpreadPrediction(
            new Prediction(each.Configuration, each.Scheme, set, each.Target, prediction.Value, prediction.Reasons != OutsideReasons.None), prediction.Spread)),
    ];
}
