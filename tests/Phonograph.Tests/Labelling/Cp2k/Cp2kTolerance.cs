namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>
/// How well CP2K 2023.1 keeps to its own energy, with the largest deviation that was measured with steps of 0.01 Å and
/// strains of 0.002. Forces in eV/Å, stress in eV/Å³.
/// </summary>
internal static class Cp2kTolerance
{
    /// <summary>
    /// GFN1-xTB: measured 1.6e-3. CP2K cuts its dispersion sum at 15 bohr without smoothing; whenever a pair crosses that distance the energy jumps by
    /// some 1e-6 eV, which no force knows of. With DISPERSION_RADIUS 25 the same differences fall below 2e-4.
    /// </summary>
    internal const double ForceTightBinding = 3e-3;

    /// <summary>GFN1-xTB: measured 3.3e-4, from the same cut.</summary>
    internal const double StressTightBinding = 6e-4;

    /// <summary>GFN1-xTB in cells of two atoms, where many pairs cross the cut at once: measured 2.6e-3 at Γ, 2.5e-3 with two k-points.</summary>
    internal const double StressTightBindingTwoAtoms = 5e-3;

    /// <summary>Energy, eV per atom, of a cell of two atoms with two k-points and of its supercell at Γ: measured 3.5e-4. The mesh of the Ewald sum and the cuts follow the cell.</summary>
    internal const double SupercellEnergy = 1e-3;

    /// <summary>PBEsol at 240 Ry, light elements: measured 3.8e-4, what is left of the error of self-consistency and of the grid.</summary>
    internal const double ForceSmoothElements = 1e-3;

    /// <summary>PBEsol at 240 Ry with the d electrons of silver: measured 2.6e-3; the energy changes a little when an atom moves against the grid.</summary>
    internal const double ForceSilver = 5e-3;

    /// <summary>PBEsol at 240 Ry, where no grid changes its number of points between the strained cells: measured 1.0e-4.</summary>
    internal const double StressSameGrid = 2e-4;

    /// <summary>PBEsol with converged grids: measured 6.1e-6.</summary>
    internal const double StressConvergedGrid = 2e-5;

    /// <summary>Order of the atoms, rotation, whole lattice vectors; energies in eV per atom, eigenvalues in eV: measured 5e-11.</summary>
    internal const double Rounding = 1e-8;

    /// <summary>Energy, eV per atom, after a shift of the origin: measured 4.4e-6. The smooth particle mesh of the Ewald sum stays where it is.</summary>
    internal const double EwaldMeshEnergy = 2e-5;

    /// <summary>Forces, stress and eigenvalues (eV) after such a shift: measured 2.3e-5.</summary>
    internal const double EwaldMesh = 1e-4;

    /// <summary>Energy, eV per atom, of one crystal by two ways to self-consistency: measured 1.6e-7.</summary>
    internal const double SameEnergy = 1e-6;

    /// <summary>Forces of one crystal by two ways to self-consistency, eV/Å: measured 2.3e-6; the density matrix is converged to 1e-6.</summary>
    internal const double SameForce = 2e-5;

    /// <summary>Eigenvalues of one crystal by two ways to self-consistency, eV: measured 6e-6.</summary>
    internal const double SameEigenvalue = 2e-5;
}
