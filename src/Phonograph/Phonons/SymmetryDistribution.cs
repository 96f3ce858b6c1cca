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
    /// <param name="symmetry">Symmetry of the supercell.</param>
    /// <param name="done">Atoms whose rows are filled; updated.</param>
    internal static void Fill(double[] elements, int atom, Matrix3x3[] blocks, SupercellSymmetry symmetry, bool[] done)
    {
        foreach (SymmetryOperation operation in symmetry.SpaceGroup.Representatives)
        {
            Matrix3x3[]? rotated = null;
            for (int translation = 0; translation < symmetry.Translations.Count; translation++)
            {
                int target = symmetry.Translations.Carry(translation, operation.Images[atom]);
                if (!done[target])
                {
                    done[target] = true;
                    rotated ??= [.. blocks.Select(block => operation.RotationCartesian * block * operation.RotationCartesian.Transposed)];
                    FillRow(elements, target, rotated, other => symmetry.Translations.Carry(translation, operation.Images[other]));
                }
            }
        }
    }

    private static void FillRow(double[] elements, int target, Matrix3x3[] rotated, Func<int, int> image)
    {
        int order = 3 * rotated.Length;
        for (int other = 0; other < rotated.Length; other++)
        {
            int start = (3 * target * order) + (3 * image(other));
            for (int alpha = 0; alpha < 3; alpha++)
            {
                Vector3D row = rotated[other][alpha];
                elements[start + (alpha * order)] = row.X;
                elements[start + (alpha * order) + 1] = row.Y;
                elements[start + (alpha * order) + 2] = row.Z;
            }
        }
    }
}
