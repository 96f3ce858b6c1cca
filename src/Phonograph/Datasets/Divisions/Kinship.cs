namespace Phonograph.Datasets.Divisions;

/// <summary>Why two cells may not stand in different parts of a division.</summary>
public enum Kinship
{
    /// <summary>One identifier.</summary>
    Identifier,

    /// <summary>One <c>group</c> key, as the two cells of a ± pair of special displacements have it.</summary>
    Group,

    /// <summary>The same positions within the tolerance, a rigid shift apart.</summary>
    Geometry,

    /// <summary>The same displacements but for a factor: ± pairs, and draws with one seed at two temperatures.</summary>
    ScaledDisplacement,

    /// <summary>Copies by a rotation, a mirror or another order of atoms: the same distances between the same elements.</summary>
    SymmetryCopy,

    /// <summary>Frames of one run that are nearer in time than a block.</summary>
    TrajectoryNeighbour,
}
