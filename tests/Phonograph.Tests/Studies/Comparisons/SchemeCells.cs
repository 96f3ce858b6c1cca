using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Studies.Comparisons;

/// <summary>Cells of several schemes and frames of two runs, five atoms each, with labels that follow from their distances: something a model can learn.</summary>
internal static class SchemeCells
{
    /// <summary>So many of each scheme; the uniform ones say two widths in turn.</summary>
    internal static ExtendedXyzFrame[] Cells(int ofEach) =>
    [
        .. from scheme in new (string Name, double? Temperature, double? Width, double Size)[] { ("uniform", null, 0.2, 0.08), ("gaussian", null, null, 0.12), ("phonon", 300, null, 0.12) }
           from index in Enumerable.Range(0, ofEach)
           let width = scheme.Width is { } first && index % 2 == 1 ? 2 * first : scheme.Width
           select Labelled($"{scheme.Name}-{index:D3}", scheme.Name, scheme.Temperature, width, Moves(scheme.Name, scheme.Size, (ulong)index)),
    ];

    /// <summary>Two runs that remember their last frame.</summary>
    internal static ExtendedXyzFrame[] Frames(int ofEach)
    {
        var frames = new List<ExtendedXyzFrame>();
        for (int run = 1; run <= 2; run++)
        {
            Vector3D[] moves = Moves("phonon", 0.12, (ulong)(900 * run));
            for (int step = 0; step < ofEach; step++)
            {
                Vector3D[] kick = Moves("phonon", 0.12, (ulong)((900 * run) + step + 1));
                moves = [.. moves.Zip(kick, (old, added) => (0.8 * old) + (0.6 * added))];
                ExtendedXyzFrame frame = Labelled($"md-300K-r{run}-{step:D4}", "dynamics", 300, null, moves);
                frames.Add(frame with { Info = frame.Info.Add("run", $"{run}").Add("step", $"{step}").Add("time_fs", $"{10 * step}") });
            }
        }

        return [.. frames];
    }

    private static Vector3D[] Moves(string scheme, double size, ulong stream)
    {
        var random = new Philox(31, stream + (scheme == "phonon" ? 100_000UL : scheme == "gaussian" ? 200_000UL : 300_000UL));
        Vector3D common = new(random.NextNormal(), random.NextNormal(), random.NextNormal());
        return [.. TestCrystals.SilverSulphideBromide.Elements.Select(element => size * (new Vector3D(Draw(), Draw(), Draw()) + (scheme == "phonon" && element.Symbol == "Ag" ? common : Vector3D.Zero)))];

        double Draw() => scheme == "uniform" ? Math.Sqrt(12) * (random.NextDouble() - 0.5) : random.NextNormal();
    }

    private static ExtendedXyzFrame Labelled(string id, string scheme, double? temperature, double? width, Vector3D[] moves)
    {
        Crystal crystal = TestCrystals.SilverSulphideBromide.Displaced(moves);
        double near = 0, far = 0;
        foreach (NeighbourPair pair in NeighbourSearch.Find(crystal, 4.5))
        {
            bool isBond = crystal.Elements[pair.Target].Symbol == "S" && crystal.Elements[pair.Source].Symbol == "Ag";
            near += isBond ? Math.Exp(-pair.Distance) : 0;
            far += Math.Exp(-2 * pair.Distance);
        }

        var info = new Dictionary<string, string>
        {
            ["id"] = id,
            ["scheme"] = scheme,
            ["REF_energy"] = Text(-50 + (100 * far)),
            ["band_gap_eV"] = Text(1.5 + (2 * (0.55 - near))),
            ["vbm_eV"] = Text(5 + near - far),
            ["hydrostatic_stress_GPa"] = Text(20 * far),
            ["metallic"] = "F",
            ["engine"] = "synthetic",
            ["level"] = "distances",
        };
        if (temperature is { } kelvin)
        {
            info["temperature_K"] = Text(kelvin);
        }

        if (width is { } angstrom)
        {
            info["width_A"] = Text(angstrom);
        }

        return new ExtendedXyzFrame(crystal, info.ToImmutableDictionary(), ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty.Add("displacement", [.. moves]));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
