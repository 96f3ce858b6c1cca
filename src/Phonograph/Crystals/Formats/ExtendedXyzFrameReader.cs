using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Formats;

/// <summary>Reads one frame of an extended XYZ file.</summary>
internal sealed class ExtendedXyzFrameReader(NumberedLines lines)
{
    /// <summary>Reads the frame whose first line is given.</summary>
    internal ExtendedXyzFrame Read(string countLine)
    {
        if (!int.TryParse(countLine.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
        {
            throw lines.Wrong(NumberedLines.Quoted(countLine), "the number of atoms of a frame", "Compare the atom count of the frame before with its lines.");
        }

        var info = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Lattice? lattice = null;
        ColumnLayout layout = LayoutOf(ColumnLayout.Plain);
        string comment = lines.Required("the comment line with Lattice=\"...\"");
        foreach ((string key, string value) in Pairs(comment))
        {
            switch (key)
            {
                case "Lattice":
                    lattice = LatticeOf(value);
                    break;
                case "Properties":
                    layout = LayoutOf(value);
                    break;
                case "pbc":
                    RequirePeriodic(value);
                    break;
                default:
                    info[key] = value;
                    break;
            }
        }

        if (lattice is null)
        {
            throw lines.Wrong("a comment line without Lattice", "Lattice=\"ax ay az bx by bz cx cy cz\" in Å", "Phonograph works on crystals; write the cell into the file.");
        }

        return Atoms(count, lattice, layout, info.ToImmutable());
    }

    private ExtendedXyzFrame Atoms(int count, Lattice lattice, ColumnLayout layout, ImmutableDictionary<string, string> info)
    {
        var elements = ImmutableArray.CreateBuilder<Element>();
        var positions = ImmutableArray.CreateBuilder<Vector3D>();
        var masses = ImmutableArray.CreateBuilder<double>();
        ImmutableArray<Vector3D>.Builder[] vectors = [.. layout.Vectors.Select(_ => ImmutableArray.CreateBuilder<Vector3D>())];
        int fieldCount = layout.FieldCount;
        for (int atom = 1; atom <= count; atom++)
        {
            string line = lines.Required(string.Create(CultureInfo.InvariantCulture, $"atom {atom} of {count}"));
            string[] fields = NumberedLines.Tokens(line);
            if (fields.Length != fieldCount)
            {
                throw lines.Wrong($"{fields.Length} fields in {NumberedLines.Quoted(line)}", $"{fieldCount} fields of atom {atom} of {count}", "Compare the line with Properties and the frame with its atom count.");
            }

            CheckOtherColumns(fields, layout);
            Element element = lines.ElementOf(fields[layout.Species.Start]);
            elements.Add(element);
            positions.Add(lattice.ToFractional(VectorOf(fields, layout.Position)));
            masses.Add(layout.Masses is { } column ? MassOf(fields[column.Start]) : element.MassAmu);
            for (int vector = 0; vector < vectors.Length; vector++)
            {
                vectors[vector].Add(VectorOf(fields, layout.Vectors[vector]));
            }
        }

        try
        {
            var crystal = new Crystal(lattice, elements.ToImmutable(), positions.ToImmutable(), masses.ToImmutable());
            return new ExtendedXyzFrame(crystal, info, layout.Vectors.Select((column, i) => KeyValuePair.Create(column.Name, vectors[i].ToImmutable())).ToImmutableDictionary());
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{lines.Path}, frame ending in line {lines.Number}: {error.Message} Correct the frame.", error);
        }
    }

    private Vector3D VectorOf(string[] fields, Column column) => new(
        lines.Real(fields[column.Start], column.Name),
        lines.Real(fields[column.Start + 1], column.Name),
        lines.Real(fields[column.Start + 2], column.Name));

    private double MassOf(string field)
    {
        double mass = lines.Real(field, "mass");
        return mass > 0 ? mass : throw lines.Wrong(NumberedLines.Quoted(field), "a positive mass, amu", "Correct the masses column or leave it out.");
    }

    private void CheckOtherColumns(string[] fields, ColumnLayout layout)
    {
        foreach (Column column in layout.Columns)
        {
            for (int field = column.Start; field < column.Start + column.Width; field++)
            {
                bool isRight = column.Kind switch
                {
                    'R' => NumberedLines.TryReal(fields[field], out _),
                    'I' => long.TryParse(fields[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
                    'L' => fields[field] is "T" or "F" or "True" or "False" or "true" or "false" or "TRUE" or "FALSE",
                    _ => true,
                };
                if (!isRight)
                {
                    string expected = column.Kind switch { 'R' => "a number", 'I' => "an integer", _ => "T or F" };
                    throw lines.Wrong(NumberedLines.Quoted(fields[field]), $"{expected} in column {column.Name}", "Correct the line or Properties.");
                }
            }
        }
    }

    private List<KeyValuePair<string, string>> Pairs(string comment)
    {
        try
        {
            return CommentLine.Parse(comment);
        }
        catch (FormatException error)
        {
            throw lines.Wrong(error.Message, "closed quotes and brackets", "Correct the comment line.");
        }
    }

    private ColumnLayout LayoutOf(string properties)
    {
        try
        {
            return ColumnLayout.Parse(properties);
        }
        catch (FormatException error)
        {
            throw lines.Wrong(error.Message, "Properties such as species:S:1:pos:R:3:REF_forces:R:3", "Kinds are S, R, I and L; species and pos must be there.");
        }
    }

    private Lattice LatticeOf(string value)
    {
        double[] n = [.. NumberedLines.Tokens(value).Select(token => lines.Real(token, "Lattice"))];
        if (n.Length != 9)
        {
            throw lines.Wrong($"{n.Length} numbers in Lattice", "nine: ax ay az bx by bz cx cy cz in Å", "Write all three lattice vectors.");
        }

        try
        {
            return new Lattice(new Matrix3x3(new(n[0], n[1], n[2]), new(n[3], n[4], n[5]), new(n[6], n[7], n[8])));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw lines.Wrong("lattice vectors without volume", "three vectors that span a cell", "Correct Lattice.");
        }
    }

    private void RequirePeriodic(string value)
    {
        if (!NumberedLines.Tokens(value).All(token => token is "T" or "True" or "true" or "TRUE" or "1"))
        {
            throw lines.Wrong($"pbc=\"{value}\"", "a frame periodic in all three directions", "Phonograph treats crystals only; surfaces and molecules would be read as something else.");
        }
    }
}
