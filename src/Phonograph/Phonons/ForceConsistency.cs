using System.Globalization;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Whether forces and force constants belong to the supercell they are read for. A file of forces names no atoms; in another atom order its numbers break
/// the crystal's symmetry, and the constants fitted to them explain little of the forces and are far from symmetric.
/// </summary>
public static class ForceConsistency
{
    /// <summary>Above this share the numbers cannot be those of a crystal near its equilibrium; noise of a converged calculation stays far below.</summary>
    private const double LargestShare = 0.3;

    /// <summary>Root mean square displacements below this are small, Å: thermal ones of heavy atoms at room temperature are larger.</summary>
    private const double SmallDisplacementAngstrom = 0.05;

    /// <summary>Norm of what the constants leave unexplained, relative to the norm of the forces.</summary>
    public static double UnexplainedShare(ForceConstants constants, IEnumerable<DisplacedSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(snapshots);
        double unexplained = 0, total = 0;
        ReadOnlySpan<double> elements = constants.Elements;
        int order = constants.Order;
        foreach (DisplacedSnapshot snapshot in snapshots)
        {
            int[] moved = [.. Enumerable.Range(0, order).Where(row => snapshot.DisplacementsCartesian[row / 3][row % 3] != 0)];
            for (int column = 0; column < order; column++)
            {
                double force = snapshot.ForcesCartesian[column / 3][column % 3], rest = force;
                foreach (int row in moved)
                {
                    rest += elements[(row * order) + column] * snapshot.DisplacementsCartesian[row / 3][row % 3];
                }

                unexplained += rest * rest;
                total += force * force;
            }
        }

        return total > 0 ? Math.Sqrt(unexplained / total) : 0;
    }

    /// <summary>Largest difference between mirrored constants, relative to the largest constant.</summary>
    public static double RelativeAsymmetry(ForceConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        double largest = 0;
        foreach (double element in constants.Elements)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        return largest > 0 ? constants.PermutationAsymmetry() / largest : 0;
    }

    /// <summary>Refuses constants that contradict the forces or themselves.</summary>
    /// <param name="file">Where the forces came from, for the message.</param>
    /// <param name="constants">Constants fitted to the forces, not yet symmetrised.</param>
    /// <param name="snapshots">The forces.</param>
    /// <exception cref="InputException">The forces are not those of this crystal and supercell in this atom order.</exception>
    public static void Check(string file, ForceConstants constants, IEnumerable<DisplacedSnapshot> snapshots)
    {
        double unexplained = UnexplainedShare(constants, snapshots), asymmetry = RelativeAsymmetry(constants);
        if (unexplained > LargestShare || asymmetry > LargestShare)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: found forces that do not fit the crystal ({unexplained:P0} unexplained by symmetric force constants, mirrored constants differ by {asymmetry:P0}); expected a few percent. ")
                + "The atom order, the supercell or the crystal is another than that of the calculation; give those the forces were computed with.");
        }
    }

    /// <summary>
    /// Refuses constants fitted to snapshots of a file that names no atoms when the displacements are small, where the forces must be harmonic. Forces of large displacements may be anharmonic and
    /// tell nothing about the order of the atoms.
    /// </summary>
    /// <param name="file">Where the forces came from, for the message.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="snapshots">The forces.</param>
    /// <exception cref="InputException">The forces are not those of this crystal and supercell in this atom order.</exception>
    public static void Check(string file, FittedForceConstants fit, IReadOnlyCollection<DisplacedSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(snapshots);
        double meanSquare = snapshots.Average(snapshot => snapshot.DisplacementsCartesian.Average(u => u.LengthSquared)), unexplained = Math.Sqrt(1 - fit.RSquared);
        if (Math.Sqrt(meanSquare) < SmallDisplacementAngstrom && unexplained > LargestShare)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: found forces of small displacements ({Math.Sqrt(meanSquare):G2} Å r.m.s.) of which symmetric force constants leave {unexplained:P0} unexplained; expected a few percent. ")
                + "The atom order, the supercell or the crystal is another than that of the calculation; give those the forces were computed with.");
        }
    }

    /// <summary>Refuses constants that change under the lattice translations of the unit cell.</summary>
    /// <param name="file">Where the constants came from, for the message.</param>
    /// <param name="constants">Constants as read.</param>
    /// <exception cref="InputException">The constants are not those of this supercell in this atom order.</exception>
    public static void CheckTranslations(string file, ForceConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        double largest = 0, difference = 0;
        TranslationTable translations = TranslationTable.Of(SpaceGroup.Translations(constants.Supercell.Crystal));
        for (int first = 0; first < translations.ClassOf.Length; first++)
        {
            int origin = translations.FirstAtom[translations.ClassOf[first]], translation = translations.TranslationOf[first];
            for (int second = 0; second < translations.ClassOf.Length; second++)
            {
                Matrix3x3 block = constants.Block(origin, second), moved = constants.Block(first, translations.Carry(translation, second));
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    largest = Math.Max(largest, block[alpha].Length);
                    difference = Math.Max(difference, (block[alpha] - moved[alpha]).Length);
                }
            }
        }

        if (difference > LargestShare * largest)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: found force constants that change by {difference / largest:P0} of the largest from one unit cell to the next; expected the same in each. ")
                + "The atom order, the supercell or the crystal is another than that of the file; give those it was computed with.");
        }
    }
}
