using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>Force constants of one atom of each kind under lattice translations, as phonopy's compact form holds them.</summary>
internal static class PrimitiveRows
{
    /// <summary>Fills all rows by lattice translations.</summary>
    /// <param name="path">File, for messages.</param>
    /// <param name="supercell">The supercell.</param>
    /// <param name="rowAtoms">For each row the atom it belongs to, own order.</param>
    /// <param name="columnAtoms">For each column the atom it belongs to, own order.</param>
    /// <param name="block">Block of a row and a column.</param>
    /// <exception cref="InputException">The rows do not reach every atom.</exception>
    internal static ForceConstants Complete(string path, Supercell supercell, IReadOnlyList<int> rowAtoms, IReadOnlyList<int> columnAtoms, Func<int, int, Matrix3x3> block)
    {
        int atoms = columnAtoms.Count;
        var elements = new double[9 * atoms * atoms];
        var filled = new bool[atoms];
        ImmutableArray<ImmutableArray<int>> translations = rowAtoms.Count == atoms
            ? [[.. Enumerable.Range(0, atoms)]]
            : [.. SpaceGroup.Translations(supercell.Crystal).Select(operation => operation.Images)];
        for (int row = 0; row < rowAtoms.Count; row++)
        {
            foreach (ImmutableArray<int> translation in translations)
            {
                int target = translation[rowAtoms[row]];
                if (filled[target])
                {
                    continue;
                }

                filled[target] = true;
                for (int column = 0; column < atoms; column++)
                {
                    Store(elements, atoms, target, translation[columnAtoms[column]], block(row, column));
                }
            }
        }

        int missing = Array.IndexOf(filled, false);
        return missing < 0 ? new ForceConstants(supercell, elements) : throw InputException.At(
            path, 0, $"compact force constants from which atom {missing + 1} cannot be reached by a lattice translation", "one row of blocks for each atom of a primitive cell",
            "Give the FORCE_CONSTANTS file of this supercell, or the supercell of this file.");
    }

    /// <summary>The first atom, in an order, of each set of atoms that lattice translations carry into one another.</summary>
    internal static ImmutableArray<int> FirstAtoms(Supercell supercell, ImmutableArray<int> order)
    {
        ImmutableArray<SymmetryOperation> translations = SpaceGroup.Translations(supercell.Crystal);
        var seen = new bool[order.Length];
        var first = ImmutableArray.CreateBuilder<int>();
        foreach (int atom in order)
        {
            if (!seen[atom])
            {
                first.Add(atom);
                foreach (SymmetryOperation translation in translations)
                {
                    seen[translation.Images[atom]] = true;
                }
            }
        }

        return first.ToImmutable();
    }

    private static void Store(double[] elements, int atoms, int first, int second, Matrix3x3 block)
    {
        for (int alpha = 0; alpha < 3; alpha++)
        {
            for (int beta = 0; beta < 3; beta++)
            {
                elements[(((3 * first) + alpha) * 3 * atoms) + (3 * second) + beta] = block[alpha, beta];
            }
        }
    }
}
