using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// phonopy's FORCE_CONSTANTS text file: full (one count, or two equal ones) or compact (atoms of the primitive cell × atoms of the supercell). Atoms in
/// phonopy's supercell order, eV/Å².
/// </summary>
public static class ForceConstantsFile
{
    private const string Advice = "Give the FORCE_CONSTANTS file of this supercell, or the supercell of this file.";

    /// <summary>Reads force constants; compact ones are completed by lattice translations.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is decompressed.</param>
    /// <param name="supercell">The supercell the file belongs to; the file itself does not say.</param>
    /// <param name="fileOrder">For each atom of the file its index in the supercell (<see cref="SupercellMatching"/>); phonopy's order when left out.</param>
    /// <exception cref="InputException">The file is missing, cut short, wrong, or belongs to another supercell.</exception>
    public static ForceConstants Read(string path, Supercell supercell, ImmutableArray<int> fileOrder = default)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        if (path.EndsWith(".hdf5", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".h5", StringComparison.OrdinalIgnoreCase))
        {
            throw InputException.At(
                path, 0, "an HDF5 file", "the text format of phonopy's FORCE_CONSTANTS",
                "Convert it: python3 -c \"import h5py, phonopy.file_IO as p; f = h5py.File('force_constants.hdf5'); p.write_FORCE_CONSTANTS(f['force_constants'][:], p2s_map=f['p2s_map'][:] if 'p2s_map' in f else None)\"");
        }

        ImmutableArray<int> toOwn = fileOrder.IsDefault ? PhonopySupercellOrder.ToOwn(supercell) : fileOrder;
        (ImmutableArray<int> rowAtoms, double[] rows) = ReadRows(path, toOwn);
        int atoms = toOwn.Length;
        if (rowAtoms.Distinct().Count() != rowAtoms.Length)
        {
            throw InputException.At(path, 0, "compact force constants with a repeated first atom", "each primitive atom once", "Write the file again with phonopy's --full-fc.");
        }

        ForceConstants constants = PrimitiveRows.Complete(path, supercell, rowAtoms, toOwn, (row, column) => Block(rows.AsSpan(9 * ((row * atoms) + column), 9)));
        ForceConsistency.CheckTranslations(path, constants);
        return constants;
    }

    /// <summary>Writes blocks, fifteen decimals, in phonopy's order and layout.</summary>
    /// <param name="path">File to write; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</param>
    /// <param name="constants">Force constants.</param>
    /// <param name="isCompact">True to write the rows of one atom of each set of translated atoms only.</param>
    public static void Write(string path, ForceConstants constants, bool isCompact = false)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(constants.Supercell);
        ImmutableArray<int> rows = isCompact
            ? [.. PrimitiveRows.FirstAtoms(constants.Supercell, toOwn).Select(atom => toOwn.IndexOf(atom))]
            : [.. Enumerable.Range(0, toOwn.Length)];
        Write(path, toOwn, rows, constants.Block);
    }

    /// <summary>Writes the blocks of the atoms of a primitive cell, fifteen decimals, in phonopy's order and layout.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="constants">Force constants.</param>
    /// <param name="rows">
    /// Which cell phonopy will be told is primitive, for it counts the rows: the smallest one (<c>primitive_matrix="auto"</c> or its matrix), or the unit cell (its default up to version 3).
    /// </param>
    public static void Write(string path, CompactForceConstants constants, CompactRows rows = CompactRows.PrimitiveCell)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(constants.Supercell);
        int Kind(int atom) => rows == CompactRows.UnitCell ? constants.Supercell.UnitAtom[toOwn[atom]] : constants.Translations.ClassOf[toOwn[atom]];
        Write(path, toOwn, [.. Enumerable.Range(0, toOwn.Length).DistinctBy(Kind)], constants.Block);
    }

    private static void Write(string path, ImmutableArray<int> toOwn, ImmutableArray<int> rows, Func<int, int, Matrix3x3> blockOf) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Length,4} {toOwn.Length,4}"));
        foreach (int row in rows)
        {
            for (int column = 0; column < toOwn.Length; column++)
            {
                Matrix3x3 block = blockOf(toOwn[row], toOwn[column]);
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row + 1} {column + 1}"));
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{block[alpha, 0],22:F15}{block[alpha, 1],22:F15}{block[alpha, 2],22:F15}"));
                }
            }
        }
    });

    /// <summary>The first atom of each row, in the supercell's own order, and all blocks as the file lists them, nine numbers each.</summary>
    private static (ImmutableArray<int> RowAtoms, double[] Rows) ReadRows(string path, ImmutableArray<int> toOwn)
    {
        using var lines = NumberedLines.Open(path);
        int atoms = toOwn.Length, count = Header(lines, atoms);
        var rowAtoms = new int[count];
        var rows = new double[9 * count * atoms];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < atoms; column++)
            {
                int labelled = toOwn[Label(lines, row, column, count, atoms)];
                if (column > 0 && labelled != rowAtoms[row])
                {
                    throw lines.Wrong($"first atom {toOwn.IndexOf(labelled) + 1}", $"{toOwn.IndexOf(rowAtoms[row]) + 1} as above", "The file is damaged; write it again.");
                }

                rowAtoms[row] = labelled;
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    ReadRow(lines, rows.AsSpan((9 * ((row * atoms) + column)) + (3 * alpha), 3));
                }
            }
        }

        while (lines.Next() is { } rest)
        {
            if (!string.IsNullOrWhiteSpace(rest))
            {
                throw lines.Wrong(NumberedLines.Quoted(rest), $"the end of the file after {count} × {atoms} blocks", Advice);
            }
        }

        return ([.. rowAtoms], rows);
    }

    private static int Header(NumberedLines lines, int atoms)
    {
        string header = lines.Required("the number of atoms");
        int[] counts = [.. NumberedLines.Tokens(header).Select(token => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : -1)];
        if (counts.Length is < 1 or > 2 || counts.Any(count => count < 1))
        {
            throw lines.Wrong(NumberedLines.Quoted(header), "one or two counts of atoms", "Give a FORCE_CONSTANTS text file of phonopy.");
        }

        return counts[^1] == atoms && counts[0] <= atoms && atoms % counts[0] == 0
            ? counts[0]
            : throw lines.Wrong($"force constants of {string.Join(" × ", counts)} atoms", $"{atoms} atoms in the supercell", Advice);
    }

    /// <summary>Reads the line above a block and returns the first atom it names, from 0.</summary>
    private static int Label(NumberedLines lines, int row, int column, int rows, int atoms)
    {
        string label = lines.Required($"the block of atoms {row + 1} and {column + 1}");
        string[] tokens = NumberedLines.Tokens(label);
        if (tokens.Length == 2
            && int.TryParse(tokens[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(tokens[1], NumberStyles.None, CultureInfo.InvariantCulture, out int second)
            && second == column + 1 && first >= 1 && first <= atoms && (rows < atoms || first == row + 1))
        {
            return first - 1;
        }

        throw lines.Wrong(NumberedLines.Quoted(label), rows == atoms ? $"'{row + 1} {column + 1}'" : $"a primitive atom and '{column + 1}'", "The file is damaged or not a FORCE_CONSTANTS file; write it again.");
    }

    private static void ReadRow(NumberedLines lines, Span<double> target)
    {
        string line = lines.Required("three force constants");
        string[] tokens = NumberedLines.Tokens(line);
        if (tokens.Length != 3)
        {
            throw lines.Wrong(NumberedLines.Quoted(line), "three force constants, eV/Å²", "The file is damaged; write it again.");
        }

        for (int index = 0; index < 3; index++)
        {
            target[index] = lines.Real(tokens[index], "force constant, eV/Å²");
        }
    }

    private static Matrix3x3 Block(ReadOnlySpan<double> numbers) => new(
        new(numbers[0], numbers[1], numbers[2]), new(numbers[3], numbers[4], numbers[5]), new(numbers[6], numbers[7], numbers[8]));
}
