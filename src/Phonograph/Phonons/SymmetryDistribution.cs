using System.Collections.Immutable;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>Gives the force constants of one atom to all atoms equivalent to it: Φ(g·i, g·j) = R Φ(i, j) Rᵀ for an operation g with rotation R.</summary>
internal static class SymmetryDistribution
{
    /// <summary>Fills the rows of all equivalent atoms that are not yet done.</summary>
    /// <param name="elements">3N × 3N force constants by rows, eV/Å².</param>
    /// <param name="atom">The atom whose constants are known.</param>
    /// <param name="blocks">Its coupling to every atom, eV/Å².</param>
    /// <param name="operations">Space group of the supercell.</param>
    /// <param name="done">Atoms whose rows are filled; updated.</param>
    internal static void Fill(double[] elements, int atom, Matrix3x3[] blocks, ImmutableArray<SymmetryOperation> operations, bool[] done)
    {
        int order = 3 * blocks.Length;
        foreach (SymmetryOperation operation in operations)
        {
            int target = operation.Images[atom];
            if (done[target])
            {
                continue;
            }

            done[target] = true;
            Matrix3x3 rotation = operation.RotationCartesian, back = rotation.Transposed;
            for (int other = 0; other < blocks.Length; other++)
            {
                Matrix3x3 rotated = rotation * blocks[other] * back;
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    int start = (((3 * target) + alpha) * order) + (3 * operation.Images[other]);
                    elements[start] = rotated[alpha, 0];
                    elements[start + 1] = rotated[alpha, 1];
                    elements[start + 2] = rotated[alpha, 2];
                }
            }
        }
    }
}
