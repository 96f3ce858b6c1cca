using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Formats;

/// <summary>
/// Extended XYZ files (https://github.com/libAtoms/extxyz) with a lattice in every frame; what ASE, MACE and NequIP exchange. Lattice rows and
/// positions are Cartesian in Å. Columns of three reals are kept, <c>masses:R:1</c> sets the masses, other columns are checked and dropped.
/// </summary>
public static class ExtendedXyz
{
    /// <summary>Decimals of positions (Å) and of vector columns (Å, eV/Å) in written files.</summary>
    public const int Decimals = 8;

    private const string NumberFormat = "0.########";

    /// <summary>Reads the frames one after the other; nothing but the current frame is held in memory.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is decompressed.</param>
    /// <returns>Frames in the order of the file.</returns>
    /// <exception cref="InputException">While enumerating: the file is missing, cut short or wrong; the message names the line.</exception>
    public static IEnumerable<ExtendedXyzFrame> Read(string path)
    {
        using var lines = NumberedLines.Open(path);
        int frames = 0;
        while (lines.Next() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            yield return new ExtendedXyzFrameReader(lines).Read(line);
            frames++;
        }

        if (frames == 0)
        {
            throw InputException.At(path, 0, "no frame", "at least one", "The file is empty; write it again.");
        }
    }

    /// <summary>
    /// Writes frames. Positions and vector columns are rounded to eight decimals, lattice and masses are exact; masses are written where they
    /// differ from the table. Info values are written as they are, sorted by key with <c>id</c> first.
    /// </summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is compressed.</param>
    /// <param name="frames">Frames; enumerated once, while writing.</param>
    /// <exception cref="IOException">The place cannot be written; an earlier file is untouched.</exception>
    public static void Write(string path, IEnumerable<ExtendedXyzFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        AtomicFile.WriteText(path, writer =>
        {
            foreach (ExtendedXyzFrame frame in frames)
            {
                WriteFrame(writer, frame);
            }
        });
    }

    private static void WriteFrame(TextWriter writer, ExtendedXyzFrame frame)
    {
        Crystal crystal = frame.Crystal;
        KeyValuePair<string, ImmutableArray<Vector3D>>[] columns = [.. frame.VectorColumns.OrderBy(column => column.Key, StringComparer.Ordinal)];
        RequireWritable(frame);
        bool hasOwnMasses = Enumerable.Range(0, crystal.AtomCount).Any(atom => crystal.MassesAmu[atom] != crystal.Elements[atom].MassAmu);
        writer.WriteLine(crystal.AtomCount.ToString(CultureInfo.InvariantCulture));
        writer.Write($"Lattice=\"{Exact(crystal.Lattice.A)} {Exact(crystal.Lattice.B)} {Exact(crystal.Lattice.C)}\"");
        writer.Write($" Properties=species:S:1:pos:R:3{(hasOwnMasses ? ":masses:R:1" : "")}{string.Concat(columns.Select(column => $":{column.Key}:R:3"))}");
        foreach ((string key, string value) in frame.Info.OrderBy(pair => pair.Key == "id" ? 0 : 1).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write($" {CommentLine.Write(key)}={CommentLine.Write(value)}");
        }

        writer.WriteLine(" pbc=\"T T T\"");
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            writer.Write(crystal.Elements[atom].Symbol);
            WriteVector(writer, crystal.PositionCartesian(atom));
            if (hasOwnMasses)
            {
                writer.Write(' ');
                writer.Write(crystal.MassesAmu[atom].ToString("R", CultureInfo.InvariantCulture));
            }

            foreach ((_, ImmutableArray<Vector3D> values) in columns)
            {
                WriteVector(writer, values[atom]);
            }

            writer.WriteLine();
        }
    }

    private static void RequireWritable(ExtendedXyzFrame frame)
    {
        if (frame.Crystal.AtomCount == 0)
        {
            throw new ArgumentException("A frame without atoms cannot be written.", nameof(frame));
        }

        if (frame.Info.Keys.FirstOrDefault(key => key is "Lattice" or "Properties" or "pbc" or "") is { } reserved)
        {
            throw new ArgumentException($"The key '{reserved}' belongs to the format.", nameof(frame));
        }

        foreach ((string name, ImmutableArray<Vector3D> values) in frame.VectorColumns)
        {
            if (name is "" or "species" or "pos" or "masses" || name.Any(character => char.IsWhiteSpace(character) || character is ':' or '"' or '\\' or '='))
            {
                throw new ArgumentException($"'{name}' cannot be the name of a vector column.", nameof(frame));
            }

            if (values.Length != frame.Crystal.AtomCount || values.Any(value => !value.IsFinite))
            {
                throw new ArgumentException($"Column {name} must have {frame.Crystal.AtomCount} finite vectors.", nameof(frame));
            }
        }
    }

    private static void WriteVector(TextWriter writer, Vector3D vector)
    {
        for (int component = 0; component < 3; component++)
        {
            writer.Write(' ');
            string text = vector[component].ToString(NumberFormat, CultureInfo.InvariantCulture);
            writer.Write(text == "-0" ? "0" : text);
        }
    }

    private static string Exact(Vector3D vector) => string.Create(CultureInfo.InvariantCulture, $"{vector.X:R} {vector.Y:R} {vector.Z:R}");
}
