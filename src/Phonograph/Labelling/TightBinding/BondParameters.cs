namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// How two elements interact: hoppings V(d) = V₀ (d₀/d)ᵐ f(d) and repulsion φ(d) = A (d₀/d)ⁿ f(d), where f falls from 1 at the start of
/// the cutoff to 0 at its end with zero slope and curvature at both (f = 1 - 10t³ + 15t⁴ - 6t⁵). Energies are those at the reference
/// length d₀ before the cutoff acts.
/// </summary>
/// <param name="SsSigmaElectronvolt">Hopping between s orbitals, eV.</param>
/// <param name="SpSigmaElectronvolt">Hopping from an s orbital to a p orbital that points along the bond away from it, eV; the same for either element's s orbital.</param>
/// <param name="PpSigmaElectronvolt">Hopping between p orbitals along the bond, eV.</param>
/// <param name="PpPiElectronvolt">Hopping between parallel p orbitals across the bond, eV.</param>
/// <param name="HoppingExponent">m, without unit.</param>
/// <param name="RepulsionElectronvolt">A, eV per pair of atoms.</param>
/// <param name="RepulsionExponent">n, without unit.</param>
/// <param name="ReferenceLengthAngstrom">d₀, Å.</param>
/// <param name="CutoffStartAngstrom">Distance from which f falls, Å.</param>
/// <param name="CutoffEndAngstrom">Distance from which on the two atoms do not interact, Å.</param>
public sealed record BondParameters(
    double SsSigmaElectronvolt,
    double SpSigmaElectronvolt,
    double PpSigmaElectronvolt,
    double PpPiElectronvolt,
    double HoppingExponent,
    double RepulsionElectronvolt,
    double RepulsionExponent,
    double ReferenceLengthAngstrom,
    double CutoffStartAngstrom,
    double CutoffEndAngstrom);
