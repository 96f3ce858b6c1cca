using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting;

/// <summary>
/// Everything a finished study knows: the one input of the report. It is written as JSON beside the report, so that the report can be
/// rebuilt without training (<see cref="StudyResultFile"/>). Empty lists are allowed; the report then says that nothing was computed.
/// </summary>
public sealed record StudyResult
{
    /// <summary>Title of the report.</summary>
    public required string Title { get; init; }

    /// <summary>A warning shown above everything else, for example that this was a quick run; null for none.</summary>
    public string? Notice { get; init; }

    /// <summary>The crystal and the labels.</summary>
    public required MaterialDescription Material { get; init; }

    /// <summary>Crystals and graph drawn in Figure 1; null when not available.</summary>
    public ExampleCrystal? Example { get; init; }

    /// <summary>What was drawn, labelled and lost, one row per scheme and temperature or width.</summary>
    public ImmutableArray<StratumSummary> Census { get; init; } = [];

    /// <summary>Every labelled configuration with its labels and its r.m.s. displacement.</summary>
    public ImmutableArray<ConfigurationRow> Configurations { get; init; } = [];

    /// <summary>The configurations in a plane; null where none was made.</summary>
    public ConfigurationMap? Map { get; init; }

    /// <summary>Errors of the reported models and of the simple baselines (models <c>mean</c>, <c>ridge-radial</c>, ...) on every test set.</summary>
    public ImmutableArray<MetricRecord> Metrics { get; init; } = [];

    /// <summary>Predictions of the reported models, one table per property and kind of training data.</summary>
    public ImmutableArray<PropertyPredictions> Predictions { get; init; } = [];

    /// <summary>Differences between two kinds of training data, measured on the same test cells.</summary>
    public ImmutableArray<PairedComparison> Comparisons { get; init; } = [];

    /// <summary>The reported models against the simple baselines, measured on the same test cells.</summary>
    public ImmutableArray<BaselineResult> BaselineResults { get; init; } = [];

    /// <summary>Accuracy against training-set size.</summary>
    public ImmutableArray<LearningCurve> LearningCurves { get; init; } = [];

    /// <summary>Loss and validation error per epoch.</summary>
    public ImmutableArray<TrainingCurve> TrainingCurves { get; init; } = [];

    /// <summary>Settings of each trained model.</summary>
    public ImmutableArray<HyperparameterRow> Hyperparameters { get; init; } = [];

    /// <summary>What the models look at; null when nothing was explained.</summary>
    public StudyExplanation? Explanation { get; init; }

    /// <summary>What was written down before, to be answered.</summary>
    public ImmutableArray<Hypothesis> Hypotheses { get; init; } = [];

    /// <summary>Numbers from the literature to be set beside those of the study.</summary>
    public ImmutableArray<PublishedResult> Published { get; init; } = [];

    /// <summary>How the configurations were split, and what was done against leakage; null when not recorded.</summary>
    public SplitStatement? Split { get; init; }

    /// <summary>What made these numbers.</summary>
    public required StudyProvenance Provenance { get; init; }

    /// <summary>Limits of the study in plain sentences, printed in the report as they stand.</summary>
    public ImmutableArray<string> Caveats { get; init; } = [];
}
