using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Phonograph.Learning.Training;

/// <summary>Where the weights of a model come from.</summary>
/// <param name="Options">All settings, the seed among them.</param>
/// <param name="TrainedOn"><c>phonon</c>, <c>random</c> or another scheme; <c>combined</c> when training configurations of several schemes were used.</param>
/// <param name="TrainingConfigurations">Identifiers of the training configurations; no test may use them.</param>
/// <param name="ValidationConfigurations">Identifiers of the validation configurations, likewise.</param>
/// <param name="EpochsRun">Passes made before training stopped.</param>
/// <param name="BestEpoch">Pass after which the kept weights stood; the last one without validation data.</param>
/// <param name="ValidationMeanAbsoluteError">Validation error of the kept weights, in the unit of the property; null without validation data.</param>
/// <param name="Fingerprint">Hash over data, settings and the version of the training code; equal fingerprints mean equal weights.</param>
/// <param name="ProgramVersion">Version of Phonograph.</param>
public sealed record TrainingProvenance(
    TrainingOptions Options,
    string TrainedOn,
    ImmutableArray<string> TrainingConfigurations,
    ImmutableArray<string> ValidationConfigurations,
    int EpochsRun,
    int BestEpoch,
    double? ValidationMeanAbsoluteError,
    string Fingerprint,
    string ProgramVersion)
{
    /// <summary>The model whose weights training began from; null for weights drawn from the seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StartProvenance? Start { get; init; }

    /// <summary>Number of training configurations, validation not counted.</summary>
    public int TrainingSize => TrainingConfigurations.Length;

    /// <summary>Name of the kind of training data.</summary>
    internal static string Kind(IEnumerable<LabelledGraph> training)
    {
        string[] schemes = [.. training.Select(each => each.Scheme).Distinct()];
        return schemes.Length == 1 ? schemes[0] : Evaluation.SchemeMetrics.Combined;
    }
}
