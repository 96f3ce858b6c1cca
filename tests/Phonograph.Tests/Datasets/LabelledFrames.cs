using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets;

/// <summary>Labelled frames as the label stage writes them, with labels that follow from the seed.</summary>
internal static class LabelledFrames
{
    internal static ExtendedXyzFrame Frame(string id, string scheme, double? temperature, double? width, ulong seed, params (string Key, string? Value)[] changes)
    {
        var random = new Philox(seed, 0);
        Crystal crystal = TestCrystals.SilverSulphideBromide;
        ImmutableArray<Vector3D> displacements = [.. Enumerable.Range(0, crystal.AtomCount).Select(_ => 0.1 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
        double stress = random.NextNormal() * 0.01;
        var info = new Dictionary<string, string>
        {
            ["id"] = id,
            ["scheme"] = scheme,
            ["REF_energy"] = Text(-50 + random.NextNormal()),
            ["REF_stress"] = Text(stress, 0, 0, 0, stress, 0, 0, 0, stress),
            ["hydrostatic_stress_GPa"] = Text(stress * 160.2176634),
            ["band_gap_eV"] = Text(1 + (0.1 * random.NextNormal())),
            ["vbm_eV"] = Text(5 + (0.1 * random.NextNormal())),
            ["cbm_eV"] = "6",
            ["metallic"] = "F",
            ["engine"] = "tight-binding",
            ["level"] = "model-1",
        };
        if (temperature is { } kelvin)
        {
            info["temperature_K"] = Text(kelvin);
        }

        if (width is { } angstrom)
        {
            info["width_A"] = Text(angstrom);
        }

        foreach ((string key, string? value) in changes)
        {
            if (value is null)
            {
                info.Remove(key);
            }
            else
            {
                info[key] = value;
            }
        }

        return new ExtendedXyzFrame(
            crystal.Displaced(displacements.AsSpan()),
            info.ToImmutableDictionary(),
            ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty.Add("displacement", displacements));
    }

    /// <summary>Frames at 300 and 600 K and at widths 0.2 and 0.4 Å, so many of each.</summary>
    internal static List<ExtendedXyzFrame> Study(int ofEach) =>
    [
        .. from index in Enumerable.Range(0, ofEach)
           from stratum in new (string Scheme, double? Temperature, double? Width)[] { ("phonon", 300, null), ("phonon", 600, null), ("uniform", null, 0.2), ("uniform", null, 0.4) }
           select Frame(
               string.Create(CultureInfo.InvariantCulture, $"{stratum.Scheme}-{stratum.Temperature ?? stratum.Width}-{index:D3}"),
               stratum.Scheme,
               stratum.Temperature,
               stratum.Width,
               (ulong)((index * 1000) + (stratum.Temperature ?? (stratum.Width * 10)!).Value)),
    ];

    private static string Text(params double[] values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
