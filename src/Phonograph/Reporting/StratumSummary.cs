using System.Collections.Immutable;

namespace Phonograph.Reporting;

/// <summary>What became of the configurations of one scheme at one temperature or width.</summary>
/// <param name="Scheme">Scheme, for example <c>phonon</c>.</param>
/// <param name="TemperatureKelvin">Temperature, K; null for schemes without one.</param>
/// <param name="WidthAngstrom">Width, Å; null for schemes without one.</param>
/// <param name="Drawn">Configurations drawn.</param>
/// <param name="Labelled">Configurations with a label, metallic ones included.</param>
/// <param name="Failures">Configurations without a label, by reason.</param>
/// <param name="Metallic">Labelled configurations that are metallic.</param>
/// <param name="RmsDisplacementDrawnAngstrom">Root mean square length of the atomic displacement over all drawn cells, Å.</param>
/// <param name="RmsDisplacementLabelledAngstrom">The same over the labelled cells, Å.</param>
/// <param name="Labels">Mean and standard deviation of each label.</param>
public sealed record StratumSummary(
    string Scheme,
    double? TemperatureKelvin,
    double? WidthAngstrom,
    int Drawn,
    int Labelled,
    ImmutableArray<FailureCount> Failures,
    int Metallic,
    double RmsDisplacementDrawnAngstrom,
    double RmsDisplacementLabelledAngstrom,
    ImmutableArray<LabelSummary> Labels);

/// <summary>How many configurations have no label for one reason.</summary>
/// <param name="Reason">Short category, for example <c>not-converged</c>.</param>
/// <param name="Count">Number of configurations.</param>
public sealed record FailureCount(string Reason, int Count);

/// <summary>Mean and spread of the labels of one property, in its unit.</summary>
/// <param name="Property">Key of the property.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Standard deviation.</param>
public sealed record LabelSummary(string Property, double Mean, double StandardDeviation);

/// <summary>One labelled configuration.</summary>
/// <param name="Id">Identifier, as in the predictions.</param>
/// <param name="Scheme">Kind of data as in the predictions: <c>phonon</c> or <c>random</c>.</param>
/// <param name="TemperatureKelvin">Temperature, K; null for schemes without one.</param>
/// <param name="WidthAngstrom">Width, Å; null for schemes without one.</param>
/// <param name="RmsDisplacementAngstrom">Root mean square length of the atomic displacement, Å.</param>
/// <param name="IsMetallic">True when the label is metallic.</param>
/// <param name="Labels">Label of each property, in its unit.</param>
/// <param name="Block">For a frame of molecular dynamics the block that intervals resample as one; null for other cells.</param>
public sealed record ConfigurationRow(
    string Id,
    string Scheme,
    double? TemperatureKelvin,
    double? WidthAngstrom,
    double RmsDisplacementAngstrom,
    bool IsMetallic,
    ImmutableArray<PropertyValue> Labels,
    string? Block = null);
