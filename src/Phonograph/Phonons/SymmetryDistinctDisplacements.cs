using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// The fewest displacements from which symmetry gives all force constants: for the first atom of each set of equivalent atoms as many directions as it takes for them
/// and their images under the site's symmetry to span space (K. Parlinski, Z. Q. Li, Y. Kawazoe, Phys. Rev. Lett. 78, 4063 (1997)). Directions are tried in a fixed order: the supercell's vectors, their sums and
/// differences in pairs, then all three. These are the displacements of phonopy 2.17.1 (tests/reference/spglib), found by observing it.
/// </summary>
public static class SymmetryDistinctDisplacements
{
    /// <summary>Directions in units of the supercell's vectors, in the order in which they are tried.</summary>
    private static readonly ImmutableArray<IntegerVector3> Directions =
    [
        new(1, 0, 0), new(0, 1, 0), new(0, 0, 1),
        new(1, 1, 0), new(1, 0, 1), new(0, 1, 1), new(1, -1, 0), new(1, 0, -1), new(0, 1, -1),
        new(1, 1, 1), new(1, 1, -1), new(1, -1, 1), new(-1, 1, 1),
    ];

    /// <summary>Chooses the displacements.</summary>
    /// <param name="supercell">Supercell to displace in; its own symmetry counts, which may be lower than that of the unit cell.</param>
    /// <param name="amplitudeAngstrom">Length of every displacement, Å.</param>
    /// <param name="opposites">When the opposite displacement is added, directly after its partner.</param>
    /// <param name="toleranceAngstrom">Tolerance of the symmetry search, Å.</param>
    public static ImmutableArray<AtomDisplacement> Of(
        Supercell supercell, double amplitudeAngstrom = 0.01, OppositeDisplacements opposites = OppositeDisplacements.WhereDistinct, double toleranceAngstrom = 1e-5)
    {
        return Of(SupercellSymmetry.Of(supercell, toleranceAngstrom), amplitudeAngstrom, opposites);
    }

    /// <summary>Chooses the displacements of a supercell whose symmetry is known.</summary>
    /// <param name="symmetry">Symmetry of the supercell.</param>
    /// <param name="amplitudeAngstrom">Length of every displacement, Å.</param>
    /// <param name="opposites">When the opposite displacement is added, directly after its partner.</param>
    public static ImmutableArray<AtomDisplacement> Of(SupercellSymmetry symmetry, double amplitudeAngstrom, OppositeDisplacements opposites)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        AtomDisplacement.CheckAmplitude(amplitudeAngstrom);
        var displacements = ImmutableArray.CreateBuilder<AtomDisplacement>();
        foreach (int atom in symmetry.SpaceGroup.EquivalentAtoms.Distinct())
        {
            IntegerMatrix3[] rotations = [.. symmetry.SpaceGroup.SiteSymmetry(atom).Select(operation => operation.Rotation)];
            foreach (IntegerVector3 direction in Fewest(rotations))
            {
                Vector3D cartesian = symmetry.Supercell.Crystal.Lattice.ToCartesian(direction.ToVector3D());
                Vector3D displacement = (amplitudeAngstrom / cartesian.Length) * cartesian;
                displacements.Add(new AtomDisplacement(atom, displacement));
                bool follows = rotations.Any(rotation => direction * rotation == -direction);
                if (opposites == OppositeDisplacements.Always || (opposites == OppositeDisplacements.WhereDistinct && !follows))
                {
                    displacements.Add(new AtomDisplacement(atom, -displacement));
                }
            }
        }

        return displacements.ToImmutable();
    }

    /// <summary>One direction whose images span space; or one whose images span a plane, and one out of it; or the three vectors of the supercell.</summary>
    private static IEnumerable<IntegerVector3> Fewest(IntegerMatrix3[] rotations)
    {
        foreach (IntegerVector3 direction in Directions)
        {
            IntegerVector3[] images = [.. rotations.Select(rotation => direction * rotation)];
            if (images.Any(second => images.Any(third => Determinant(direction, second, third) != 0)))
            {
                return [direction];
            }
        }

        foreach (IntegerVector3 direction in Directions)
        {
            foreach (IntegerMatrix3 rotation in rotations)
            {
                foreach (IntegerVector3 other in Directions)
                {
                    if (Determinant(direction, direction * rotation, other) != 0)
                    {
                        return [direction, other];
                    }
                }
            }
        }

        return Directions.Take(3);
    }

    private static int Determinant(IntegerVector3 a, IntegerVector3 b, IntegerVector3 c) => new IntegerMatrix3(a, b, c).Determinant;
}
