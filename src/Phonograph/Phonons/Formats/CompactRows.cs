namespace Phonograph.Phonons.Formats;

/// <summary>The atoms whose rows a compact file of force constants holds.</summary>
public enum CompactRows
{
    /// <summary>One atom of each class of atoms under all translations of the crystal.</summary>
    PrimitiveCell,

    /// <summary>The atoms of the unit cell the supercell was built from, primitive or not.</summary>
    UnitCell,
}
