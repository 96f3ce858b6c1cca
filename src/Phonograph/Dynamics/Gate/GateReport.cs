using System.Collections.Immutable;

namespace Phonograph.Dynamics.Gate;

/// <summary>What a gate says of a crystal.</summary>
public enum GateVerdict
{
    /// <summary>It vibrates about its sites.</summary>
    Stays,

    /// <summary>It leaves its sites.</summary>
    Leaves,

    /// <summary>The run does not tell.</summary>
    Undecided,
}

/// <summary>How far the atoms of a species, or all of them, are off their sites, after the drift of the centre of mass is taken out.</summary>
/// <param name="Species">Symbol of the element, or <c>all</c>.</param>
/// <param name="Atoms">Number of atoms.</param>
/// <param name="RootMeanSquareAngstrom">Root mean square displacement off the sites, Å.</param>
/// <param name="DriftAngstrom">Root mean square, over atoms, of the distance of the time-averaged places from the sites, Å, less what chance alone would give.</param>
/// <param name="AmplitudeAngstrom">Root mean square displacement off the time-averaged places, Å.</param>
/// <param name="EnsembleClassicalAngstrom">Root mean square displacement of the phonon ensemble in classical statistics, Å; null without force constants.</param>
/// <param name="EnsembleAngstrom">The same in the statistics of the campaign; null without force constants.</param>
public sealed record GateDisplacement(
    string Species,
    int Atoms,
    BlockAverage RootMeanSquareAngstrom,
    BlockAverage DriftAngstrom,
    double AmplitudeAngstrom,
    double? EnsembleClassicalAngstrom,
    double? EnsembleAngstrom);

/// <summary>The gate's measurements and its verdict.</summary>
/// <param name="Runs">Number of runs.</param>
/// <param name="Frames">Frames of all runs, those of the settling included.</param>
/// <param name="SettledFemtosecond">Time that is left out at the start of the first run, fs.</param>
/// <param name="JudgedFemtosecond">Time after settling of the shortest run, fs.</param>
/// <param name="NeededFemtosecond">Time after settling below which only the energy is judged, fs.</param>
/// <param name="PotentialElectronvolt">Potential energy relative to the reference crystal, eV per cell.</param>
/// <param name="HarmonicElectronvolt">What classical harmonic vibrations have of it, (3N - 3) kT / 2, eV per cell.</param>
/// <param name="TemperatureKelvin">Temperature that was reached, K.</param>
/// <param name="ConservedChangeElectronvolt">Largest change of the conserved energy of a run after settling, eV per cell.</param>
/// <param name="GapElectronvolt">Band gap along the runs, eV; null when the engine does not say.</param>
/// <param name="ReferenceGapElectronvolt">Band gap of the reference crystal, eV; null when the engine does not say.</param>
/// <param name="Displacements">All atoms, then each species.</param>
/// <param name="Verdict">Stays, leaves or undecided.</param>
/// <param name="Reasons">The reasons of the verdict in words and numbers.</param>
/// <param name="Cautions">What is to be known beside them.</param>
public sealed record GateReport(
    int Runs,
    int Frames,
    double SettledFemtosecond,
    double JudgedFemtosecond,
    double NeededFemtosecond,
    BlockAverage PotentialElectronvolt,
    double HarmonicElectronvolt,
    BlockAverage TemperatureKelvin,
    double ConservedChangeElectronvolt,
    BlockAverage? GapElectronvolt,
    double? ReferenceGapElectronvolt,
    ImmutableArray<GateDisplacement> Displacements,
    GateVerdict Verdict,
    ImmutableArray<string> Reasons,
    ImmutableArray<string> Cautions)
{
    /// <summary>Number of atoms of the cell.</summary>
    public int AtomCount => Displacements[0].Atoms;
}
