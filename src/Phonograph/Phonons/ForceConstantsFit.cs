using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Force constants from finite displacements: for one atom of each set of equivalent atoms, all displacements of the set, carried over by the space
/// group, are fitted by least squares (K. Parlinski, Z. Q. Li, Y. Kawazoe, Phys. Rev. Lett. 78, 4063 (1997)); the group then gives the other atoms.
/// </summary>
public static class ForceConstantsFit
{
    /// <summary>Smallest share of displacements along any direction, relative to the largest, that still determines the constants.</summary>
    private const double SmallestConditionNumber = 1e-6;

    /// <summary>Fits the force constants of a supercell.</summary>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="forceSets">Forces caused by single displaced atoms.</param>
    /// <param name="toleranceAngstrom">Tolerance of the symmetry search, Å.</param>
    /// <returns>Constants as the forces give them: sum rule and permutation symmetry not yet enforced (<see cref="ForceConstants.Symmetrised"/>).</returns>
    /// <exception cref="InputException">The displacements do not determine all constants, or a force set has the wrong number of atoms.</exception>
    public static ForceConstants Fit(Supercell supercell, IReadOnlyCollection<ForceSet> forceSets, double toleranceAngstrom = 1e-5) =>
        Fit(SupercellSymmetry.Of(supercell, toleranceAngstrom), forceSets);

    /// <summary>Fits the force constants of a supercell whose symmetry is known.</summary>
    /// <param name="symmetry">Symmetry of the supercell at rest.</param>
    /// <param name="forceSets">Forces caused by single displaced atoms.</param>
    /// <returns>Constants as the forces give them: they obey the space group; sum rule and permutation symmetry not yet enforced (<see cref="ForceConstants.Symmetrised"/>).</returns>
    /// <exception cref="InputException">The displacements do not determine all constants, or a force set has the wrong number of atoms.</exception>
    public static ForceConstants Fit(SupercellSymmetry symmetry, IReadOnlyCollection<ForceSet> forceSets)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        ArgumentNullException.ThrowIfNull(forceSets);
        int atoms = symmetry.Supercell.Crystal.AtomCount;
        foreach (ForceSet set in forceSets)
        {
            if (set.ForcesCartesian.Length != atoms || set.Displacement.Atom < 0 || set.Displacement.Atom >= atoms)
            {
                throw new InputException($"A force set of atom {set.Displacement.Atom + 1} holds {set.ForcesCartesian.Length} forces; the supercell has {atoms} atoms. Give the supercell the forces were computed in.");
            }
        }

        ImmutableArray<ForceSet> sets = [.. forceSets];
        var elements = new double[9 * atoms * atoms];
        var done = new bool[atoms];
        for (int atom = 0; atom < atoms; atom++)
        {
            if (!done[atom])
            {
                SymmetryDistribution.Fill(elements, atom, FitAtom(symmetry, atom, sets), symmetry, done);
            }
        }

        return new ForceConstants(symmetry.Supercell, elements);
    }

    /// <summary>Blocks Φ(atom, j) for all j that minimise Σ |F_j + Φᵀ u|² over the displacements carried onto the atom.</summary>
    private static Matrix3x3[] FitAtom(SupercellSymmetry symmetry, int atom, ImmutableArray<ForceSet> sets)
    {
        TranslationTable translations = symmetry.Translations;
        int atoms = translations.ClassOf.Length;
        Matrix3x3 normal = default;
        var moments = new Matrix3x3[atoms];
        foreach (SymmetryOperation operation in symmetry.SpaceGroup.Representatives)
        {
            // For each displacement that the rotation brings into the atom's class, the translation that brings it onto the atom.
            var hits = from set in Enumerable.Range(0, sets.Length)
                       let image = operation.Images[sets[set].Displacement.Atom]
                       where translations.ClassOf[image] == translations.ClassOf[atom]
                       select (Translation: translations.Between(image, atom), Set: set);
            foreach ((int translation, int index) in hits.Order())
            {
                ForceSet set = sets[index];
                Vector3D displacement = operation.RotationCartesian * set.Displacement.DisplacementCartesian;
                normal += Matrix3x3.Outer(displacement, displacement);
                for (int other = 0; other < atoms; other++)
                {
                    moments[translations.Carry(translation, operation.Images[other])] -= Matrix3x3.Outer(displacement, operation.RotationCartesian * set.ForcesCartesian[other]);
                }
            }
        }

        ReadOnlySpan<double> spectrum = SymmetricEigen.Decompose(
            [normal[0, 0], normal[0, 1], normal[0, 2], normal[1, 0], normal[1, 1], normal[1, 2], normal[2, 0], normal[2, 1], normal[2, 2]], 3).Values.Span;
        if (!(spectrum[0] > SmallestConditionNumber * spectrum[2]))
        {
            throw new InputException(
                $"The displacements do not determine the force constants of atom {atom + 1} ({symmetry.Supercell.Crystal.Elements[atom].Symbol}): found too few directions "
                + "for it and its equivalent atoms; expected three independent ones. Add displacements of that atom, give the supercell the forces were computed in, or use 'phonograph phonons displacements'.");
        }

        Matrix3x3 inverse = normal.Inverse();
        return [.. moments.Select(moment => inverse * moment)];
    }
}
