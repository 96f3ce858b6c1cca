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
        using var lines = NumberedLines.Open(path);
        ImmutableArray<int> toOwn = fileOrder.IsDefault ? PhonopySupercellOrder.ToOwn(supercell) : fileOrder;
        int atoms = toOwn.Length;
        int rows = Header(lines, atoms);
        var blocks = new Dictionary<(int Row, int Column), Matrix3x3>();
        var rowAtoms = new List<int>();
        for (int row = 0; row < rows; row++)
        {
            int rowAtom = -1;
            for (int column = 0; column < atoms; column++)
            {
                int labelled = Label(lines, row, column, rows, atoms);
                if (column > 0 && labelled != rowAtom)
                {
                    throw lines.Wrong($"first atom {labelled + 1}", $"{rowAtom + 1} as above", "The file is damaged; write it again.");
                }

                rowAtom = labelled;
                blocks.Add((row, column), new Matrix3x3(Row(lines), Row(lines), Row(lines)));
            }

            rowAtoms.Add(rowAtom);
        }

        while (lines.Next() is { } rest)
        {
            if (!string.IsNullOrWhiteSpace(rest))
            {
                throw lines.Wrong(NumberedLines.Quoted(rest), $"the end of the file after {rows} × {atoms} blocks", Advice);
            }
        }

        if (rows < atoms && rowAtoms.Distinct().Count() != rows)
        {
            throw InputException.At(path, 0, "compact force constants with a repeated first atom", "each primitive atom once", "Write the file again with phonopy's --full-fc.");
        }

        ForceConstants constants = CompactForceConstants.Complete(
            path, supercell, [.. Enumerable.Range(0, rows).Select(row => toOwn[rows == atoms ? row : rowAtoms[row]])], toOwn, (row, column) => blocks[(row, column)]);
        ForceConsistency.CheckTranslations(path, constants);
        return constants;
    }

    /// <summary>Writes force constants, fifteen decimals, in phonopy's order and layout.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is compressed.</param>
    /// <param name="constants">What to write.</param>
    /// <param name="isCompact">True to write the rows of one atom of each set of translated atoms only.</param>
    public static void Write(string path, ForceConstants constants, bool isCompact = false)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(constants.Supercell);
        ImmutableArray<int> rows = isCompact ? CompactForceConstants.FirstAtoms(constants.Supercell, toOwn) : toOwn;
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Length,4} {toOwn.Length,4}"));
            foreach (int row in rows)
            {
                int label = toOwn.IndexOf(row) + 1;
                for (int column = 0; column < toOwn.Length; column++)
                {
                    Matrix3x3 block = constants.Block(row, toOwn[column]);
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label} {column + 1}"));
                    for (int alpha = 0; alpha < 3; alpha++)
                    {
                        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{block[alpha, 0],22:F15}{block[alpha, 1],22:F15}{block[alpha, 2],22:F15}"));
                    }
                }
            }
        });
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

    private static Vector3D Row(NumberedLines lines)
    {
        string line = lines.Required("three force constants");
        return NumberedLines.Tokens(line) is [var x, var y, var z]
            ? new Vector3D(lines.Real(x, "force constant, eV/Å²"), lines.Real(y, "force constant, eV/Å²"), lines.Real(z, "force constant, eV/Å²"))
            : throw lines.Wrong(NumberedLines.Quoted(line), "three force constants, eV/Å²", "The file is damaged; write it again.");
    }
}
