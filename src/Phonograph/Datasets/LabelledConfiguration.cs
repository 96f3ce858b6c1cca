using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Datasets;

/// <summary>A displaced crystal with its labels.</summary>
/// <param name="Id">Identifier, unique in a dataset.</param>
/// <param name="Stratum">Scheme and temperature or width that it was drawn with.</param>
/// <param name="EnergyPerAtomElectronvolt">Total energy per atom, eV/atom.</param>
/// <param name="BandGapElectronvolt">Band gap, eV.</param>
/// <param name="ValenceBandMaximumElectronvolt">Valence band maximum, eV, on the engine's zero.</param>
/// <param name="HydrostaticStressGigapascal">Trace of the stress over three, GPa, positive under tension.</param>
/// <param name="IsMetallic">True when the engine found no gap; kept and flagged.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory.</param>
/// <param name="Group">Configurations of one group never stand in different parts of a split; the identifier when there is no <c>group</c> key.</param>
/// <param name="File">File it was read from.</param>
/// <param name="Frame">The frame as read: crystal, all keys, forces and displacements.</param>
public sealed record LabelledConfiguration(
    string Id,
    Stratum Stratum,
    double EnergyPerAtomElectronvolt,
    double BandGapElectronvolt,
    double ValenceBandMaximumElectronvolt,
    double HydrostaticStressGigapascal,
    bool IsMetallic,
    string Engine,
    string Level,
    string Group,
    string File,
    ExtendedXyzFrame Frame)
{
    /// <summary>The displaced crystal.</summary>
    public Crystal Crystal => Frame.Crystal;

    /// <summary>Scheme that drew it: <c>phonon</c>, <c>uniform</c> or <c>gaussian</c>.</summary>
    public string Scheme => Stratum.Scheme;

    /// <summary><c>phonon</c> or <c>random</c>.</summary>
    public string SchemeClass => Stratum.SchemeClass;

    /// <summary>Temperature of the draw, K; null for random schemes.</summary>
    public double? TemperatureKelvin => Stratum.TemperatureKelvin;

    /// <summary>Width of the draw, Å; null for thermal schemes.</summary>
    public double? WidthAngstrom => Stratum.WidthAngstrom;

    /// <summary>Displacement of each atom, Cartesian, Å, where the file has the column.</summary>
    public ImmutableArray<Vector3D>? DisplacementsCartesian =>
        Frame.VectorColumns.TryGetValue("displacement", out ImmutableArray<Vector3D> column) ? column : null;

    /// <summary>The label of a property, in the property's unit.</summary>
    /// <exception cref="ArgumentException">The property is not one of <see cref="Property.All"/>.</exception>
    public double this[Property property] => property?.Key switch
    {
        "energy_per_atom" => EnergyPerAtomElectronvolt,
        "band_gap" => BandGapElectronvolt,
        "vbm" => ValenceBandMaximumElectronvolt,
        "hydrostatic_stress" => HydrostaticStressGigapascal,
        _ => throw new ArgumentException($"There is no label for '{property?.Key}'.", nameof(property)),
    };
}
