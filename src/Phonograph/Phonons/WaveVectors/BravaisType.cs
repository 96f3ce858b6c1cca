namespace Phonograph.Phonons.WaveVectors;

/// <summary>
/// Kinds of lattices that have a Brillouin zone of their own, with the names of W. Setyawan and S. Curtarolo, Comput. Mater. Sci. 49, 299 (2010).
/// </summary>
public enum BravaisType
{
    /// <summary>Primitive cubic.</summary>
    Cub,

    /// <summary>Face-centred cubic.</summary>
    Fcc,

    /// <summary>Body-centred cubic.</summary>
    Bcc,

    /// <summary>Primitive tetragonal.</summary>
    Tet,

    /// <summary>Body-centred tetragonal, c shorter than a.</summary>
    Bct1,

    /// <summary>Body-centred tetragonal, c longer than a.</summary>
    Bct2,

    /// <summary>Primitive orthorhombic, a &lt; b &lt; c.</summary>
    Orc,

    /// <summary>Face-centred orthorhombic, 1/a² &gt; 1/b² + 1/c².</summary>
    Orcf1,

    /// <summary>Face-centred orthorhombic, 1/a² &lt; 1/b² + 1/c².</summary>
    Orcf2,

    /// <summary>Face-centred orthorhombic, 1/a² = 1/b² + 1/c².</summary>
    Orcf3,

    /// <summary>Body-centred orthorhombic, a &lt; b &lt; c.</summary>
    Orci,

    /// <summary>Base-centred orthorhombic, a &lt; b, centred on the face of a and b.</summary>
    Orcc,

    /// <summary>Hexagonal.</summary>
    Hex,

    /// <summary>Rhombohedral, angle below 90°.</summary>
    Rhl1,

    /// <summary>Rhombohedral, angle above 90°.</summary>
    Rhl2,

    /// <summary>Monoclinic: treated like a triclinic lattice, through the middles of the faces, edges and corners of the reduced reciprocal cell.</summary>
    Monoclinic,

    /// <summary>Triclinic.</summary>
    Triclinic,
}
