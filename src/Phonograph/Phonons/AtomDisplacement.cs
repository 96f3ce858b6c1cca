using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>One atom of a supercell moved from its place, everything else at rest.</summary>
/// <param name="Atom">Index of the atom in the supercell, from 0.</param>
/// <param name="DisplacementCartesian">Displacement, Cartesian, Å.</param>
public sealed record AtomDisplacement(int Atom, Vector3D DisplacementCartesian)
{
    /// <summary>
    /// Displacements that determine all force constants without any use of rotations (<see cref="SymmetryDistinctDisplacements"/> need fewer): each atom of the unit cell, in its first lattice
    /// point, along ±x, ±y, ±z. The two signs cancel residual forces and odd anharmonic terms.
    /// </summary>
    /// <param name="supercell">Supercell to displace in.</param>
    /// <param name="amplitudeAngstrom">Length of every displacement, Å.</param>
    public static ImmutableArray<AtomDisplacement> CartesianPairs(Supercell supercell, double amplitudeAngstrom)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        CheckAmplitude(amplitudeAngstrom);
        Vector3D[] directions = [new(1, 0, 0), new(-1, 0, 0), new(0, 1, 0), new(0, -1, 0), new(0, 0, 1), new(0, 0, -1)];
        return
        [
            .. from unitAtom in Enumerable.Range(0, supercell.Unit.AtomCount)
               let atom = supercell.UnitAtom.IndexOf(unitAtom)
               from direction in directions
               select new AtomDisplacement(atom, amplitudeAngstrom * direction),
        ];
    }

    internal static void CheckAmplitude(double amplitudeAngstrom)
    {
        if (!(amplitudeAngstrom > 0) || !double.IsFinite(amplitudeAngstrom))
        {
            throw new ArgumentOutOfRangeException(nameof(amplitudeAngstrom), "The amplitude must be a positive length in Å.");
        }
    }

    /// <summary>The supercell with this displacement.</summary>
    public Crystal Apply(Crystal supercell)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        var displacements = new Vector3D[supercell.AtomCount];
        displacements[Atom] = DisplacementCartesian;
        return supercell.Displaced(displacements);
    }
}

/// <summary>The forces that one displaced atom causes.</summary>
/// <param name="Displacement">Which atom moved, and where to.</param>
/// <param name="ForcesCartesian">Force on every atom of the supercell, Cartesian, eV/Å.</param>
public sealed record ForceSet(AtomDisplacement Displacement, ImmutableArray<Vector3D> ForcesCartesian);
