using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>
/// The lattice of all translations of a crystal: those of its cell and the k inner ones. Each inner translation belongs to a group of k elements, so k times its
/// fractions are integers (Lagrange), and everything below is integer arithmetic.
/// </summary>
internal static class TranslationLattice
{
    /// <summary>
    /// Upper triangular basis of the lattice, rows in units of the cell's vectors divided by the number of translations; null when the translations are no group.
    /// </summary>
    internal static IntegerMatrix3? Basis(ImmutableArray<SymmetryOperation> translations)
    {
        int count = translations.Length;
        if (count == 1)
        {
            return IntegerMatrix3.Identity;
        }

        var basis = new long[3][] { [count, 0, 0], [0, count, 0], [0, 0, count] };
        foreach (SymmetryOperation translation in translations)
        {
            Vector3D t = count * translation.TranslationFractional;
            Insert(basis, [(long)Math.Round(t.X), (long)Math.Round(t.Y), (long)Math.Round(t.Z)]);
        }

        // A basis of k points per cell has determinant k³/k in these units.
        long determinant = basis[0][0] * basis[1][1] * basis[2][2];
        return determinant == (long)count * count
            ? new IntegerMatrix3(Row(basis[0]), Row(basis[1]), Row(basis[2]))
            : null;
    }

    /// <summary>Adds a vector to the lattice of an upper triangular basis with positive diagonal (Euclid's algorithm, column by column).</summary>
    private static void Insert(long[][] basis, long[] vector)
    {
        for (int column = 0; column < 3; column++)
        {
            long[] row = basis[column];
            while (vector[column] != 0)
            {
                long quotient = row[column] / vector[column];
                for (int k = column; k < 3; k++)
                {
                    row[k] -= quotient * vector[k];
                }

                (row, vector) = (vector, row);
            }

            if (row[column] < 0)
            {
                row = [-row[0], -row[1], -row[2]];
            }

            basis[column] = row;
            for (int below = column + 1; below < 3; below++)
            {
                // Keeps the numbers small.
                long quotient = row[below] / basis[below][below];
                for (int k = below; k < 3; k++)
                {
                    row[k] -= quotient * basis[below][k];
                }
            }
        }
    }

    private static IntegerVector3 Row(long[] row) => new((int)row[0], (int)row[1], (int)row[2]);
}
