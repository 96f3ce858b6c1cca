using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Learning;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Studies;

/// <summary>
/// The choice of network and settings that goes before a study: every candidate is trained for the band gap on cells of both kinds and judged by the
/// validation cells of the study's own training draws. The study's test cells take no part.
/// </summary>
public static class StudySelection
{
    /// <summary>The six published architectures with learning rates, widths and dropout from the published grid that train in the epochs of a study.</summary>
    /// <param name="settings">What all candidates share.</param>
    public static ImmutableArray<TrainingOptions> Candidates(TrainingOptions settings) =>
    [
        .. from variant in GraphConvVariant.All
           from hidden in new[] { 64, 128 }
           from rate in new[] { 1e-3, 3e-3, 1e-2 }
           from dropout in new[] { 0, 0.2 }
           select settings with { Model = variant.Name, Hidden = hidden, LearningRate = rate, Dropout = dropout },
    ];

    /// <summary>Trains all candidates; what an earlier run trained is read.</summary>
    /// <param name="options">Data, seeds, draws and cache of the study.</param>
    /// <param name="candidates">Settings to compare.</param>
    /// <param name="progress">Told about graphs and fits.</param>
    /// <param name="cancellation">Stops the work; the same call continues.</param>
    /// <returns>The candidates, the lowest validation error first.</returns>
    public static ImmutableArray<SettingsTrial> Run(
        StudyOptions options, IReadOnlyList<TrainingOptions> candidates, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(candidates);
        options.Validated();
        Dataset data = Dataset.Read(options.DataFiles);
        var draws = TrainingDraws.Create(data, options.Seed);
        var graphs = GraphLibrary.Build(data.Configurations, options.Graph, progress, cancellation);
        FitRequest[] requests =
        [
            .. from candidate in candidates
               from draw in Enumerable.Range(0, options.Draws)
               let split = draws.Of(draws.Kinds[^1], draw, draws.FullSize)
               select new FitRequest(
                   candidate.Model,
                   new TrainingData(Property.BandGap, graphs.Of(split.Training, Property.BandGap), graphs.Of(split.Validation, Property.BandGap), graphs.Options, data.Engine, data.Level),
                   candidate with { Seed = draws.DrawSeed(draw) },
                   Test: []),
        ];
        ImmutableArray<FitResult> fits = FitSchedule.Run(requests, new FitCache(options.CacheFolder), options.SideBySide, progress, cancellation);
        return
        [
            .. candidates.Select((candidate, place) => new SettingsTrial(
                    candidate,
                    [.. fits.AsSpan(place * options.Draws, options.Draws).ToArray().Select(fit => fit.Model.Description.Training.ValidationMeanAbsoluteError!.Value)]))
                .OrderBy(trial => trial.MeanError),
        ];
    }
}

/// <summary>Validation errors of one candidate.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="ValidationMeanAbsoluteErrors">Mean absolute error on the validation cells of each draw, eV.</param>
public sealed record SettingsTrial(TrainingOptions Settings, ImmutableArray<double> ValidationMeanAbsoluteErrors)
{
    /// <summary>Mean over the draws, eV.</summary>
    public double MeanError => ValidationMeanAbsoluteErrors.Average();
}
