using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>Displacements of all atoms of a supercell and the forces they cause.</summary>
/// <param name="DisplacementsCartesian">Displacement of each atom, Cartesian, Å.</param>
/// <param name="ForcesCartesian">Force on each atom, Cartesian, eV/Å.</param>
public sealed record DisplacedSnapshot(ImmutableArray<Vector3D> DisplacementsCartesian, ImmutableArray<Vector3D> ForcesCartesian)
{
    /// <summary>The same for one displaced atom.</summary>
    public static DisplacedSnapshot Of(ForceSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var displacements = new Vector3D[set.ForcesCartesian.Length];
        displacements[set.Displacement.Atom] = set.Displacement.DisplacementCartesian;
        return new DisplacedSnapshot([.. displacements], set.ForcesCartesian);
    }
}
