namespace Phonograph.Datasets;

/// <summary>A learnable property of a crystal.</summary>
/// <param name="Key">Name in files, for example <c>band_gap</c>.</param>
/// <param name="Title">Name in figures, for example <c>Band gap</c>.</param>
/// <param name="Unit">Unit in files and figures.</param>
public sealed record Property(string Key, string Title, string Unit)
{
    /// <summary>Total energy per atom, eV/atom.</summary>
    public static Property EnergyPerAtom { get; } = new("energy_per_atom", "Energy per atom", "eV/atom");

    /// <summary>Band gap, eV.</summary>
    public static Property BandGap { get; } = new("band_gap", "Band gap", "eV");

    /// <summary>Valence band maximum, eV, on the engine's zero.</summary>
    public static Property ValenceBandMaximum { get; } = new("vbm", "Valence band maximum", "eV");

    /// <summary>Hydrostatic stress, GPa, positive under tension.</summary>
    public static Property HydrostaticStress { get; } = new("hydrostatic_stress", "Hydrostatic stress", "GPa");

    /// <summary>The four properties of the study, in the order of its tables.</summary>
    public static IReadOnlyList<Property> All { get; } = [EnergyPerAtom, BandGap, ValenceBandMaximum, HydrostaticStress];
}
