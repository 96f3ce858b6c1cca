namespace Phonograph.Learning.Hamiltonians;

/// <summary>The two band edges of a cell.</summary>
/// <param name="ValenceElectronvolt">Valence band maximum, eV, on the zero of the labels.</param>
/// <param name="ConductionElectronvolt">Conduction band minimum, eV, same zero.</param>
public readonly record struct EdgeLabels(double ValenceElectronvolt, double ConductionElectronvolt)
{
    /// <summary>Conduction band minimum minus valence band maximum, eV.</summary>
    public double GapElectronvolt => ConductionElectronvolt - ValenceElectronvolt;
}
