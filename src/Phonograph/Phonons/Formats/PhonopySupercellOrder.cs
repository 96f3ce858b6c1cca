using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// The order in which phonopy lists the atoms of a supercell: by unit-cell atom; then by lattice point, taken from the smallest block of unit cells
/// around the supercell, first axis fastest, leaving out points that repeat earlier ones. Found by experiment with phonopy 2.17.1
/// (tests/reference/phonopy).
/// </summary>
public static class PhonopySupercellOrder
{
    /// <summary>For each atom in phonopy's order its index in the supercell's own order.</summary>
    public static ImmutableArray<int> ToOwn(Supercell supercell)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        IntegerMatrix3 matrix = supercell.Matrix, adjugate = matrix.Adjugate;
        int count = supercell.CellCount;
        (int, int, int) Coset(IntegerVector3 point)
        {
            IntegerVector3 scaled = point * adjugate;
            return (Modulo(scaled.X, count), Modulo(scaled.Y, count), Modulo(scaled.Z, count));
        }

        var own = new Dictionary<(int UnitAtom, (int, int, int) Coset), int>();
        for (int atom = 0; atom < supercell.Crystal.AtomCount; atom++)
        {
            own.Add((supercell.UnitAtom[atom], Coset(supercell.UnitImage[atom])), atom);
        }

        var points = new List<(int, int, int)>();
        var seen = new HashSet<(int, int, int)>();
        for (int z = 0; z < Extent(matrix.RowA.Z, matrix.RowB.Z, matrix.RowC.Z); z++)
        {
            for (int y = 0; y < Extent(matrix.RowA.Y, matrix.RowB.Y, matrix.RowC.Y); y++)
            {
                for (int x = 0; x < Extent(matrix.RowA.X, matrix.RowB.X, matrix.RowC.X); x++)
                {
                    (int, int, int) coset = Coset(new IntegerVector3(x, y, z));
                    if (seen.Add(coset))
                    {
                        points.Add(coset);
                    }
                }
            }
        }

        return [.. from unitAtom in Enumerable.Range(0, supercell.Unit.AtomCount) from point in points select own[(unitAtom, point)]];
    }

    /// <summary>Extent along one axis of the cell spanned by three vectors.</summary>
    private static int Extent(int a, int b, int c) => Math.Abs(a) + Math.Abs(b) + Math.Abs(c);

    private static int Modulo(int value, int modulus) => ((value % modulus) + modulus) % modulus;
}
