using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Outside;

/// <summary>
/// Reads results from extended XYZ files of any program: <c>REF_energy</c> (eV), the column <c>REF_forces</c> (eV/Å), <c>REF_stress</c> (eV/Å³, positive under tension, nine
/// numbers by rows or six in Voigt order xx yy zz yz xz xy), <c>vbm_eV</c>, and <c>cbm_eV</c> or <c>band_gap_eV</c>. What a frame lacks is a failure that names it.
/// </summary>
public static class ExtendedXyzResults
{
    private const string Reference = "zero of the eigenvalues of the program";

    /// <summary>Difference of a stated gap from that between stated edges, eV.</summary>
    private const double GapTolerance = 1e-3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>.gz</c> and <c>.xz</c> are decompressed.</param>
    /// <returns>The result of each frame, in order.</returns>
    /// <exception cref="InputException">The file cannot be read as extended XYZ, or holds no frame.</exception>
    public static ImmutableArray<OutsideResult> Read(string path)
    {
        var results = ImmutableArray.CreateBuilder<OutsideResult>();
        foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(path))
        {
            LabelOutcome outcome;
            try
            {
                outcome = LabelOf(frame);
            }
            catch (FormatException error)
            {
                outcome = new LabelFailure("unreadable-output", error.Message);
            }

            results.Add(new OutsideResult(
                string.Create(CultureInfo.InvariantCulture, $"{path}, frame {results.Count + 1}"),
                frame.Info.GetValueOrDefault("engine") ?? "outside",
                frame.Info.GetValueOrDefault("engine_version") ?? "unknown",
                frame.Crystal,
                outcome));
        }

        return results.Count > 0 ? results.ToImmutable() : throw InputException.At(path, 0, "no frame", "configurations with REF_energy, REF_forces and REF_stress", "Give the file with the results.");
    }

    /// <summary>The label of a frame.</summary>
    /// <exception cref="FormatException">Something is missing, or is no number.</exception>
    internal static Label LabelOf(ExtendedXyzFrame frame) => new(
        Number(frame, "REF_energy", "energy"),
        frame.VectorColumns.TryGetValue("REF_forces", out ImmutableArray<Vector3D> forces)
            ? forces
            : throw Missing(frame.VectorColumns.ContainsKey("forces"), "column REF_forces", "forces"),
        Stress(frame),
        Edges(frame),
        frame.Crystal.Lattice.Volume);

    private static Matrix3x3 Stress(ExtendedXyzFrame frame)
    {
        string text = frame.Info.GetValueOrDefault("REF_stress") ?? throw Missing(frame.Info.ContainsKey("stress"), "REF_stress", "stress");
        double[] s = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(cell => Parse("REF_stress", cell))];
        return s.Length switch
        {
            9 => new Matrix3x3(new(s[0], s[1], s[2]), new(s[3], s[4], s[5]), new(s[6], s[7], s[8])),
            6 => new Matrix3x3(new(s[0], s[5], s[4]), new(s[5], s[1], s[3]), new(s[4], s[3], s[2])),
            _ => throw new FormatException($"REF_stress with {s.Length} numbers; expected nine by rows or six in Voigt order"),
        };
    }

    private static BandEdges Edges(ExtendedXyzFrame frame)
    {
        double? Find(string key) => frame.Info.TryGetValue(key, out string? text) ? Parse(key, text) : null;
        (double? highest, double? lowest, double? gap) = (Find("vbm_eV"), Find("cbm_eV"), Find("band_gap_eV"));
        if (highest is not { } top || (lowest ?? (top + gap)) is not { } bottom)
        {
            throw new FormatException("no band edges: expected vbm_eV, and cbm_eV or band_gap_eV. Forces alone serve 'phonons constants', which reads the file as it is");
        }

        if (gap is { } stated && Math.Abs(Math.Max(0, bottom - top) - stated) > GapTolerance)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"band_gap_eV={stated} but {bottom - top:0.####} eV between vbm_eV and cbm_eV"));
        }

        return new BandEdges(top, bottom, frame.Info.GetValueOrDefault("vbm_reference") ?? Reference, frame.Info.GetValueOrDefault("metallic") == "T" || bottom <= top);
    }

    private static double Number(ExtendedXyzFrame frame, string key, string plain) =>
        Parse(key, frame.Info.GetValueOrDefault(key) ?? throw Missing(frame.Info.ContainsKey(plain), key, plain));

    private static double Parse(string key, string text) =>
        double.TryParse(text.Replace('D', 'E').Replace('d', 'e'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"{key}={text}; expected a number");

    private static FormatException Missing(bool hasPlain, string wanted, string plain) => new(hasPlain
        ? $"no {wanted}: '{plain}' without REF_ is the place of a model's own numbers; rename it if it is the reference"
        : $"no {wanted}");
}
