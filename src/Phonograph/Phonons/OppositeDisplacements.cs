namespace Phonograph.Phonons;

/// <summary>When a displacement is accompanied by its opposite. The two together cancel residual forces and odd anharmonic terms.</summary>
public enum OppositeDisplacements
{
    /// <summary>Where no operation of the site's symmetry carries the displacement into its opposite: elsewhere the forces of the opposite follow by symmetry.</summary>
    WhereDistinct,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never: the fewest displacements, with an error linear in the amplitude.</summary>
    Never,
}
