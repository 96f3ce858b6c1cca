using System.Collections.Immutable;

namespace Phonograph.Labelling.TightBinding;

/// <summary>What the model finds for one crystal.</summary>
/// <param name="Label">Energy, forces, stress and band edges.</param>
/// <param name="BandEnergyElectronvolt">Sum of eigenvalues times occupations, eV per cell.</param>
/// <param name="RepulsionElectronvolt">Pair repulsion, eV per cell.</param>
/// <param name="ElectronCount">Valence electrons of the cell.</param>
/// <param name="Mesh">k-points used.</param>
/// <param name="Eigenvalues">For each k-point that was solved the eigenvalue of each band, rising, eV; of k and -k one is solved.</param>
public sealed record TightBindingResult(
    Label Label,
    double BandEnergyElectronvolt,
    double RepulsionElectronvolt,
    int ElectronCount,
    KPointMesh Mesh,
    ImmutableArray<ImmutableArray<double>> Eigenvalues);
