using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Files.Yaml;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// phonopy's <c>band.yaml</c>: phonons along a path, with eigenvectors when they are kept. Wave vectors in units of the reciprocal vectors, distances in 1/Å without 2π, frequencies in THz;
/// eigenvectors of the mass-weighted matrix as pairs of real and imaginary part, phases over full atomic positions.
/// </summary>
public static class BandYamlFile
{
    private const string Advice = "Give a band.yaml file of phonopy.";

    /// <summary>Writes a band structure.</summary>
    /// <param name="path">File; a name ending in <c>.xz</c> or <c>.gz</c> is compressed.</param>
    /// <param name="bands">What to write.</param>
    public static void Write(string path, BandStructure bands)
    {
        ArgumentNullException.ThrowIfNull(bands);
        AtomicFile.WriteText(path, writer =>
        {
            Head(writer, bands);
            foreach (BandStructureSegment segment in bands.Segments)
            {
                for (int point = 0; point < segment.Modes.Length; point++)
                {
                    Point(writer, segment.Modes[point], segment.Distances[point]);
                }

                writer.WriteLine();
            }
        });
    }

    /// <summary>Reads a band structure.</summary>
    /// <exception cref="InputException">The file is missing, broken, or does not fit together.</exception>
    public static BandStructure Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        YamlNode root = YamlReader.Read(path, WholeText.Read(path));
        Crystal crystal = PhonopyYamlCells.Crystal(root, 1);
        int order = 3 * crystal.AtomCount;
        IReadOnlyList<YamlNode> points = root.Required("phonon", Advice).Items;
        int[] counts = root.Find("segment_nqpoint") is { } stated ? [.. stated.Items.Select(count => count.Integer("wave vectors of a piece"))] : [points.Count];
        if (counts.Any(count => count < 1 || count > points.Count) || counts.Sum(count => (long)count) != points.Count || points.Count == 0)
        {
            throw root.Wrong($"{points.Count} wave vectors in pieces of {string.Join(", ", counts.Take(20))}", "pieces that add up to all wave vectors", Advice);
        }

        IReadOnlyList<YamlNode> labels = root.Find("labels")?.Items ?? [];
        var segments = ImmutableArray.CreateBuilder<BandStructureSegment>(counts.Length);
        int at = 0;
        for (int piece = 0; piece < counts.Length; piece++)
        {
            YamlNode[] here = [.. points.Skip(at).Take(counts[piece])];
            at += counts[piece];
            ImmutableArray<WaveVectorModes> modes = [.. here.Select(point => Modes(point, order))];
            string Name(int end) => labels.Count == counts.Length && labels[piece].Items.Count == 2 ? Label(labels[piece].Items[end].Text) : "";
            segments.Add(new BandStructureSegment(
                new BandSegment(Name(0), Name(1), [.. modes.Select(each => each.WaveVectorFractional)]),
                [.. here.Select(point => point.Required("distance", Advice).Real("distance along the path"))],
                modes));
        }

        return new BandStructure(crystal, segments.ToImmutable());
    }

    private static void Head(TextWriter writer, BandStructure bands)
    {
        Crystal crystal = bands.Crystal;
        writer.WriteLine(Line($"nqpoint: {bands.Segments.Sum(segment => segment.Modes.Length),-7}"));
        writer.WriteLine(Line($"npath: {bands.Segments.Length,-7}"));
        writer.WriteLine("segment_nqpoint:");
        foreach (BandStructureSegment segment in bands.Segments)
        {
            writer.WriteLine(Line($"- {segment.Modes.Length}"));
        }

        if (bands.Segments.All(segment => segment.Path.From.Length > 0 && segment.Path.To.Length > 0))
        {
            writer.WriteLine("labels:");
            foreach (BandStructureSegment segment in bands.Segments)
            {
                writer.WriteLine($"- [ '{segment.Path.From}', '{segment.Path.To}' ]");
            }
        }

        writer.WriteLine("reciprocal_lattice:");
        for (int row = 0; row < 3; row++)
        {
            Vector3D v = crystal.Lattice.ReciprocalRows[row];
            writer.WriteLine(Line($"- [ {v.X,12:F8}, {v.Y,12:F8}, {v.Z,12:F8} ] # {"abc"[row]}*"));
        }

        writer.WriteLine(Line($"natom: {crystal.AtomCount,-7}"));
        writer.WriteLine("lattice:");
        for (int row = 0; row < 3; row++)
        {
            Vector3D v = crystal.Lattice.Rows[row];
            writer.WriteLine(Line($"- [ {v.X,21:F15}, {v.Y,21:F15}, {v.Z,21:F15} ] # {"abc"[row]}"));
        }

        writer.WriteLine("points:");
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            Vector3D f = crystal.PositionsFractional[atom];
            writer.WriteLine(Line($"- symbol: {crystal.Elements[atom].Symbol} # {atom + 1}\n  coordinates: [ {f.X,18:F15}, {f.Y,18:F15}, {f.Z,18:F15} ]\n  mass: {crystal.MassesAmu[atom]:R}"));
        }

        writer.WriteLine("\nphonon:");
    }

    private static void Point(TextWriter writer, WaveVectorModes modes, double distance)
    {
        Vector3D q = modes.WaveVectorFractional;
        writer.WriteLine(Line($"- q-position: [ {q.X,14:F9}, {q.Y,14:F9}, {q.Z,14:F9} ]"));
        writer.WriteLine(Line($"  distance: {distance,14:F9}"));
        writer.WriteLine("  band:");
        for (int band = 0; band < modes.Count; band++)
        {
            writer.WriteLine(Line($"  - # {band + 1}\n    frequency: {modes.FrequenciesTerahertz[band],15:F10}"));
            if (modes.HasVectors)
            {
                writer.WriteLine("    eigenvector:");
                ReadOnlySpan<Complex> vector = modes.Vector(band);
                for (int index = 0; index < vector.Length; index++)
                {
                    if (index % 3 == 0)
                    {
                        writer.WriteLine(Line($"    - # atom {(index / 3) + 1}"));
                    }

                    writer.WriteLine(Line($"      - [ {vector[index].Real,17:F14}, {vector[index].Imaginary,17:F14} ]"));
                }
            }
        }
    }

    private static WaveVectorModes Modes(YamlNode point, int order)
    {
        Vector3D q = PhonopyYamlCells.Vector(point.Required("q-position", Advice), "wave vector");
        IReadOnlyList<YamlNode> bands = point.Required("band", Advice).Sequence(order, "one band for each degree of freedom");
        ImmutableArray<double> frequencies = [.. bands.Select(band => band.Required("frequency", Advice).Real("frequency, THz"))];
        if (bands[0].Find("eigenvector") is null)
        {
            return new WaveVectorModes(q, frequencies, []);
        }

        var vectors = new Complex[order * order];
        Span<double> pair = stackalloc double[2];
        for (int band = 0; band < order; band++)
        {
            IReadOnlyList<YamlNode> atoms = bands[band].Required("eigenvector", Advice).Sequence(order / 3, "one list for each atom");
            for (int atom = 0; atom < atoms.Count; atom++)
            {
                IReadOnlyList<YamlNode> components = atoms[atom].Sequence(3, "x, y and z");
                for (int axis = 0; axis < 3; axis++)
                {
                    components[axis].Reals(pair, "real and imaginary part");
                    vectors[(band * order) + (3 * atom) + axis] = new Complex(pair[0], pair[1]);
                }
            }
        }

        return new WaveVectorModes(q, frequencies, vectors);
    }

    /// <summary>phonopy writes labels for Matplotlib.</summary>
    private static string Label(string text)
    {
        string plain = text.Replace("$", "", StringComparison.Ordinal).Replace("\\mathrm", "", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        foreach ((string name, string letter) in new[] { ("\\Gamma", "Γ"), ("\\Sigma", "Σ"), ("\\Delta", "Δ"), ("\\Lambda", "Λ") })
        {
            plain = plain.Replace(name, letter, StringComparison.Ordinal);
        }

        for (char digit = '0'; digit <= '9'; digit++)
        {
            plain = plain.Replace($"_{digit}", ((char)('₀' + (digit - '0'))).ToString(), StringComparison.Ordinal);
        }

        return plain;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
