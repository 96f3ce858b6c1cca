using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;

namespace Phonograph.Testing;

/// <summary>What an engine is examined on. Cells should be small: an examination labels about forty of them.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Level">One of its levels.</param>
/// <param name="Distorted">A crystal without any symmetry, atoms off their sites, lattice sheared, with forces and stress that are large against the tolerance.</param>
/// <param name="Atoms">Its atoms whose forces are checked.</param>
/// <param name="Components">Row and column of each component of its stress that is checked, 0 to 2.</param>
/// <param name="Compressed">A crystal that wants to expand.</param>
/// <param name="Stretched">One that wants to shrink.</param>
/// <param name="Insulator">A crystal with a gap at this level.</param>
/// <param name="LeastGapElectronvolt">A gap it must have at least, eV.</param>
/// <param name="Metal">A crystal without a gap at this level.</param>
/// <param name="Tolerance">How exact the engine claims to be.</param>
public sealed record EngineExaminationCase(
    IElectronicStructureEngine Engine,
    string Level,
    Crystal Distorted,
    ImmutableArray<int> Atoms,
    ImmutableArray<(int Row, int Column)> Components,
    Crystal Compressed,
    Crystal Stretched,
    Crystal Insulator,
    double LeastGapElectronvolt,
    Crystal Metal,
    EngineTolerance Tolerance);

/// <summary>How exact an engine claims to be; whoever writes one measures first, and says beside each number what limits it.</summary>
/// <param name="StepAngstrom">Displacement of the central differences of the forces, Å.</param>
/// <param name="ForceElectronvoltPerAngstrom">Largest deviation of a force from them, eV/Å.</param>
/// <param name="Strain">Strain of the central differences of the stress.</param>
/// <param name="StressElectronvoltPerCubicAngstrom">Largest deviation of a component from them, eV/Å³.</param>
/// <param name="EquivalentEnergyElectronvolt">Largest difference of the energies per atom of two descriptions of one crystal, eV.</param>
/// <param name="Equivalent">Largest difference of their forces (eV/Å), stresses (eV/Å³), gaps and valence band maxima (eV).</param>
public sealed record EngineTolerance(
    double StepAngstrom,
    double ForceElectronvoltPerAngstrom,
    double Strain,
    double StressElectronvoltPerCubicAngstrom,
    double EquivalentEnergyElectronvolt,
    double Equivalent);
