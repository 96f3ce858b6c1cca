using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;

namespace Phonograph.Phonons;

/// <summary>
/// The symmetry of a supercell, found once and shared by everything that uses it. Force constants of a supercell repeat with its inner translations, so that they are known from the rows of one
/// atom of each class of atoms under translations, and the rest of the group needs one operation for each rotation.
/// </summary>
public sealed class SupercellSymmetry
{
    private SupercellSymmetry(Supercell supercell, SpaceGroup group)
    {
        Supercell = supercell;
        SpaceGroup = group;
        Translations = TranslationTable.Of(group);
    }

    /// <summary>The supercell.</summary>
    public Supercell Supercell { get; }

    /// <summary>Operations of the supercell's crystal: those of the unit cell that its shape leaves, and inner translations.</summary>
    public SpaceGroup SpaceGroup { get; }

    internal TranslationTable Translations { get; }

    /// <summary>Finds the symmetry of a supercell.</summary>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="toleranceAngstrom">How far an atom or the end of a lattice vector may lie from where an operation puts it, Å; phonopy uses 1e-5.</param>
    public static SupercellSymmetry Of(Supercell supercell, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        return new SupercellSymmetry(supercell, SpaceGroup.Of(supercell.Crystal, toleranceAngstrom));
    }
}
