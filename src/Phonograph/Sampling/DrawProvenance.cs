using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Phonograph.Sampling;

/// <summary>Everything needed to draw a configuration again, and what the draw did.</summary>
/// <param name="Scheme">Name of the scheme: <c>published</c>, <c>uniform</c>, <c>gaussian</c>, <c>gaussian-energy</c>, <c>species</c>, <c>einstein</c>, <c>phonon</c> or <c>special</c>.</param>
/// <param name="Seed">Seed of the whole set; the draw depends on seed and index alone. Null for a scheme without random numbers.</param>
/// <param name="Index">Number of the draw within the set, from 0.</param>
/// <param name="TemperatureKelvin">Temperature, K, for thermal schemes.</param>
/// <param name="WidthAngstrom">Full width of the uniform distribution or standard deviation of the Gaussian, Å, where it was given and is the same for the whole set.</param>
/// <param name="Statistics"><c>quantum</c> or <c>classical</c>, for thermal schemes.</param>
/// <param name="SoftModePolicy">Rule for imaginary and near-zero modes as text, for thermal schemes.</param>
/// <param name="SoftModesTouched">Number of modes to which the rule was applied, for thermal schemes.</param>
/// <param name="ModeAmplitudes">Mass-weighted normal-mode coordinates behind the draw, Å·√amu, in order of rising frequency, for thermal schemes.</param>
public sealed record DrawProvenance(
    string Scheme,
    ulong? Seed,
    int Index,
    double? TemperatureKelvin = null,
    double? WidthAngstrom = null,
    string? Statistics = null,
    string? SoftModePolicy = null,
    int? SoftModesTouched = null,
    ImmutableArray<double>? ModeAmplitudes = null)
{
    /// <summary>Full width that the published generator drew for this cell, Å.</summary>
    public double? DrawnWidthAngstrom { get; init; }

    /// <summary>What else the scheme records, by key of the frame: how amplitudes were matched, how signs were chosen, where waves came from.</summary>
    public ReadOnlyDictionary<string, string> Details { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
