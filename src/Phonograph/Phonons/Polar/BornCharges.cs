using System.Collections.Immutable;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Phonons.Polar;

/// <summary>Born effective charges and the electronic dielectric tensor of a crystal: what the long-range part of its force constants is made of.</summary>
public sealed record BornCharges
{
    /// <summary>Takes charges and dielectric tensor.</summary>
    /// <param name="dielectric">High-frequency dielectric tensor, without unit; its symmetric part must be positive.</param>
    /// <param name="charges">One tensor for each atom of the primitive cell, elementary charges; row: direction of the field, column: direction of the displacement.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the dielectric tensor is not positive.</exception>
    public BornCharges(Matrix3x3 dielectric, ImmutableArray<Matrix3x3> charges)
    {
        if (!dielectric.IsFinite || charges.Any(charge => !charge.IsFinite))
        {
            throw new ArgumentException("A number is not finite.", nameof(charges));
        }

        Matrix3x3 s = 0.5 * (dielectric + dielectric.Transposed);
        if (!(s[0, 0] > 0 && (s[0, 0] * s[1, 1]) - (s[0, 1] * s[1, 0]) > 0 && s.Determinant > 0))
        {
            throw new ArgumentException("The dielectric tensor is not positive.", nameof(dielectric));
        }

        Dielectric = dielectric;
        Charges = charges;
    }

    /// <summary>High-frequency dielectric tensor, without unit.</summary>
    public Matrix3x3 Dielectric { get; private init; }

    /// <summary>Effective charge of each atom of the primitive cell, elementary charges; row: direction of the field, column: of the displacement.</summary>
    public ImmutableArray<Matrix3x3> Charges { get; private init; }

    /// <summary>e²/(4πε₀), eV·Å. phonopy's files may carry a rounded value of their own (14.400), which is kept.</summary>
    public double CoulombElectronvoltAngstrom { get; init; } = PhysicalConstants.HartreeElectronvolt * PhysicalConstants.BohrAngstrom;

    /// <summary>Radius of the sum over reciprocal vectors, 1/Å without 2π; null for the default (<see cref="DipoleInteraction"/>).</summary>
    public double? ReciprocalCutoff { get; init; }

    /// <summary>Width parameter Λ of the sum over reciprocal vectors, 1/Å without 2π; null for the default.</summary>
    public double? Lambda { get; init; }

    /// <summary>Sum of all charges: zero when the crystal is neutral, which every rigid translation demands.</summary>
    public Matrix3x3 ChargeSum => Charges.Aggregate((sum, charge) => sum + charge);

    /// <summary>
    /// Charges and dielectric tensor averaged over the crystal's symmetry, and an equal share of the charge sum taken from each atom, so that rigid translations stay free: what
    /// phonopy does before it uses them.
    /// </summary>
    /// <param name="group">Symmetry of the primitive cell, in the order of its atoms.</param>
    /// <exception cref="ArgumentException">There are not as many charges as atoms.</exception>
    public BornCharges Symmetrised(SpaceGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Crystal.AtomCount != Charges.Length)
        {
            throw new ArgumentException($"{Charges.Length} charges for {group.Crystal.AtomCount} atoms.", nameof(group));
        }

        var sums = new Matrix3x3[Charges.Length];
        Matrix3x3 dielectric = default;
        double share = 1.0 / group.Operations.Length;
        foreach (SymmetryOperation operation in group.Operations)
        {
            (Matrix3x3 turn, Matrix3x3 back) = (operation.RotationCartesian, operation.RotationCartesian.Transposed);
            dielectric += share * (turn * Dielectric * back);
            for (int atom = 0; atom < sums.Length; atom++)
            {
                sums[operation.Images[atom]] += share * (turn * Charges[atom] * back);
            }
        }

        Matrix3x3 excess = (1.0 / sums.Length) * sums.Aggregate((sum, charge) => sum + charge);
        return this with { Dielectric = dielectric, Charges = [.. sums.Select(charge => charge - excess)] };
    }
}

/// <summary>How the long-range (non-analytical) part of the dynamical matrix of a polar crystal is treated.</summary>
public enum NonAnalyticalTerm
{
    /// <summary>
    /// The dipole-dipole interaction is taken out of the force constants at the wave vectors of the supercell, and added again at any wave vector (X. Gonze, C.
    /// Lee, Phys. Rev. B 55, 10355 (1997)): phonopy's default.
    /// </summary>
    GonzeLee,

    /// <summary>
    /// The limit at Γ is spread over the supercell (Y. Wang et al., J. Phys.: Condens. Matter 22, 202201 (2010)): phonopy's option <c>wang</c>. Less accurate between
    /// the wave vectors of the supercell.
    /// </summary>
    Wang,
}
