namespace Phonograph.Labelling.TightBinding;

/// <summary>Valence orbitals of an element: one s orbital, and three p orbitals where a p level is given.</summary>
/// <param name="SLevelElectronvolt">Energy of the s orbital, eV below the vacuum as a negative number.</param>
/// <param name="PLevelElectronvolt">Energy of the p orbitals, eV, same zero; null for an element with an s orbital alone.</param>
/// <param name="ValenceElectrons">Electrons the neutral atom brings.</param>
public sealed record AtomicLevels(double SLevelElectronvolt, double? PLevelElectronvolt, int ValenceElectrons)
{
    /// <summary>Number of orbitals: 1 or 4.</summary>
    public int OrbitalCount => PLevelElectronvolt is null ? 1 : 4;
}
