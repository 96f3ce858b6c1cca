using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Formats;

/// <summary>
/// VASP's POSCAR and CONTCAR files (https://www.vasp.at/wiki/POSCAR). Atoms keep the order of the file; blocks of one species that stand
/// apart are not merged; coordinates are not wrapped into the cell.
/// </summary>
public static class Poscar
{
    private const string ScaleAdvice = "Write one positive scale factor, one negative number (the cell volume in Å³), or three positive factors for x, y and z.";

    /// <summary>Reads a crystal. Velocities and everything else after the positions is ignored.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>Lattice in Å, positions fractional, masses of the table.</returns>
    /// <exception cref="InputException">The file is missing, cut short or wrong; the message names the line.</exception>
    public static Crystal Read(string path)
    {
        using var lines = NumberedLines.Open(path);
        string comment = lines.Required("the comment line");
        Vector3D scale = Scale(lines, out double? volume);
        var rows = new Matrix3x3(Row(lines, "first lattice vector"), Row(lines, "second lattice vector"), Row(lines, "third lattice vector"));
        if (volume is { } target)
        {
            double factor = Math.Cbrt(target / Math.Abs(rows.Determinant));
            scale = new Vector3D(factor, factor, factor);
        }

        Matrix3x3 scaling = Matrix3x3.Diagonal(scale.X, scale.Y, scale.Z);
        Lattice lattice = LatticeOf(lines, rows * scaling);
        ImmutableArray<Element> elements = Species(lines, comment);
        string mode = lines.Required("'Direct' or 'Cartesian'");
        if (mode.TrimStart() is ['s' or 'S', ..])
        {
            mode = lines.Required("'Direct' or 'Cartesian'");
        }

        string kind = mode.TrimStart();
        if (kind.Length == 0 || !char.IsAsciiLetter(kind[0]))
        {
            throw lines.Wrong(NumberedLines.Quoted(mode), "'Direct' or 'Cartesian'", "Add the line that says how the positions are written.");
        }

        bool isCartesian = kind[0] is 'c' or 'C' or 'k' or 'K';
        var positions = ImmutableArray.CreateBuilder<Vector3D>();
        for (int atom = 1; atom <= elements.Length; atom++)
        {
            Vector3D position = Row(lines, string.Create(CultureInfo.InvariantCulture, $"position of atom {atom} of {elements.Length}"));
            positions.Add(isCartesian ? lattice.ToFractional(position * scaling) : position);
        }

        if (lines.Next() is { } after && NumberedLines.Tokens(after) is [var x, var y, var z, ..]
            && NumberedLines.TryReal(x, out _) && NumberedLines.TryReal(y, out _) && NumberedLines.TryReal(z, out _))
        {
            throw lines.Wrong($"one more position, {NumberedLines.Quoted(after)}", $"{elements.Length} positions as the counts say", "Correct the counts, or put an empty line before velocities.");
        }

        try
        {
            return new Crystal(lattice, elements, positions.ToImmutable());
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{path}: {error.Message} Correct the positions.", error);
        }
    }

    /// <summary>Writes a crystal with fractional positions (16 decimals). Masses have no place in the format and are not written.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is compressed.</param>
    /// <param name="crystal">What to write; atoms keep their order.</param>
    /// <param name="comment">First line; line breaks become blanks.</param>
    public static void Write(string path, Crystal crystal, string comment)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(comment);
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine(comment.ReplaceLineEndings(" "));
            writer.WriteLine("1.0");
            foreach (Vector3D row in new[] { crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C })
            {
                writer.WriteLine(Line(row));
            }

            (Element Element, int Count)[] blocks = [.. Blocks(crystal.Elements)];
            writer.WriteLine(string.Join(' ', blocks.Select(block => block.Element.Symbol)));
            writer.WriteLine(string.Join(' ', blocks.Select(block => block.Count.ToString(CultureInfo.InvariantCulture))));
            writer.WriteLine("Direct");
            foreach (Vector3D position in crystal.PositionsFractional)
            {
                writer.WriteLine(Line(position));
            }
        });
    }

    private static string Line(Vector3D v) => string.Create(CultureInfo.InvariantCulture, $"{v.X,21:F16} {v.Y,21:F16} {v.Z,21:F16}");

    private static IEnumerable<(Element Element, int Count)> Blocks(ImmutableArray<Element> elements)
    {
        for (int start = 0, end; start < elements.Length; start = end)
        {
            for (end = start + 1; end < elements.Length && elements[end] == elements[start];)
            {
                end++;
            }

            yield return (elements[start], end - start);
        }
    }

    /// <summary>Scale per Cartesian component, or the volume wanted when the single number is negative.</summary>
    private static Vector3D Scale(NumberedLines lines, out double? volume)
    {
        string line = lines.Required("the scale factor");
        string[] tokens = NumberedLines.Tokens(line);
        if (tokens.Length == 0)
        {
            throw lines.Wrong(NumberedLines.Quoted(line), "the scale factor", ScaleAdvice);
        }

        double first = lines.Real(tokens[0], "scale factor");
        if (tokens.Length >= 3 && NumberedLines.TryReal(tokens[1], out double second) && NumberedLines.TryReal(tokens[2], out double third))
        {
            volume = null;
            return first > 0 && second > 0 && third > 0 && double.IsFinite(second) && double.IsFinite(third)
                ? new Vector3D(first, second, third)
                : throw lines.Wrong(NumberedLines.Quoted(line), "three positive scale factors", ScaleAdvice);
        }

        volume = first < 0 ? -first : null;
        return first != 0 ? new Vector3D(first, first, first) : throw lines.Wrong(NumberedLines.Quoted(line), "a scale factor that is not zero", ScaleAdvice);
    }

    private static Vector3D Row(NumberedLines lines, string what)
    {
        string line = lines.Required($"three numbers ({what})");
        return NumberedLines.Tokens(line) is [var x, var y, var z, ..]
            ? new Vector3D(lines.Real(x, what), lines.Real(y, what), lines.Real(z, what))
            : throw lines.Wrong(NumberedLines.Quoted(line), $"three numbers ({what})", "Correct the line or the atom counts above.");
    }

    private static Lattice LatticeOf(NumberedLines lines, Matrix3x3 rows)
    {
        try
        {
            return new Lattice(rows);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw lines.Wrong("three lattice vectors without volume", "three vectors that span a cell", "Correct the scale factor or the lattice vectors.");
        }
    }

    /// <summary>Element of each atom from the symbol and count lines; VASP 4 has no symbol line and the comment must name the species.</summary>
    private static ImmutableArray<Element> Species(NumberedLines lines, string comment)
    {
        string line = lines.Required("the element symbols");
        string[] tokens = WithoutRemark(line);
        Element[] symbols;
        if (tokens is [var first, ..] && int.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            string[] named = NumberedLines.Tokens(comment);
            symbols = [.. named.TakeWhile(name => Element.TryFind(name, out _)).Select(Element.Of).Take(tokens.Length)];
            if (symbols.Length < tokens.Length)
            {
                throw lines.Wrong(
                    $"atom counts without element symbols (VASP 4), and the comment line {NumberedLines.Quoted(comment)} does not name {tokens.Length} elements",
                    "a line of element symbols above the counts",
                    "Add a line such as 'Ag S Br' before the counts, or begin the comment with the symbols.");
            }
        }
        else
        {
            // VASP 6 writes potential names: Ag_pv, or Ag/ followed by a hash.
            symbols = [.. tokens.Select(token => lines.ElementOf(token.Split('_', '/')[0]))];
            if (symbols.Length == 0)
            {
                throw lines.Wrong(NumberedLines.Quoted(line), "the element symbols", "Add a line such as 'Ag S Br'.");
            }

            line = lines.Required("the atom counts");
            tokens = WithoutRemark(line);
        }

        if (tokens.Length != symbols.Length)
        {
            throw lines.Wrong($"{tokens.Length} atom counts in {NumberedLines.Quoted(line)}", $"{symbols.Length} counts, one for each symbol", "Give each symbol its count.");
        }

        var elements = ImmutableArray.CreateBuilder<Element>();
        for (int block = 0; block < tokens.Length; block++)
        {
            if (!int.TryParse(tokens[block], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0 || count > MaximumAtoms - elements.Count)
            {
                throw lines.Wrong(NumberedLines.Quoted(tokens[block]), $"a positive number of {symbols[block]} atoms, at most {MaximumAtoms} in all", "Correct the counts.");
            }

            elements.AddRange(Enumerable.Repeat(symbols[block], count));
        }

        return elements.ToImmutable();
    }

    private const int MaximumAtoms = 10_000_000;

    private static string[] WithoutRemark(string line)
    {
        int remark = line.AsSpan().IndexOfAny('!', '#');
        return NumberedLines.Tokens(remark < 0 ? line : line[..remark]);
    }
}
