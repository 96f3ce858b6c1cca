using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Units;

namespace Phonograph.Datasets;

/// <summary>Turns frames of an extended XYZ file into labelled configurations; every label must be there.</summary>
internal static class LabelReader
{
    private const double StressToleranceGigapascal = 1e-3;

    /// <summary>Reads all frames.</summary>
    /// <param name="path">File, gzip by name.</param>
    /// <param name="scheme">Scheme of frames that name none; null to demand one.</param>
    internal static IEnumerable<LabelledConfiguration> Read(string path, string? scheme = null)
    {
        int number = 0;
        foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(path))
        {
            number++;
            yield return new Source(path, number, frame, scheme).Configuration();
        }
    }

    /// <summary>One frame and where it stands.</summary>
    private sealed record Source(string Path, int Number, ExtendedXyzFrame Frame, string? Scheme)
    {
        internal LabelledConfiguration Configuration()
        {
            string id = Text("id", "an identifier of its own");
            return new LabelledConfiguration(
                id,
                new Stratum(Frame.Info.GetValueOrDefault("scheme") ?? Scheme ?? Text("scheme", "the name of a scheme, for example phonon or uniform"), Optional("temperature_K"), Optional("width_A")),
                Real("REF_energy", "the total energy in eV") / Frame.Crystal.AtomCount,
                Real("band_gap_eV", "the band gap in eV"),
                Real("vbm_eV", "the valence band maximum in eV"),
                HydrostaticStress(),
                Flag("metallic"),
                Text("engine", "the program that computed the labels"),
                Text("level", "the level of theory"),
                Frame.Info.GetValueOrDefault("group", id),
                Path,
                Frame);
        }

        /// <summary>From <c>hydrostatic_stress_GPa</c>, or from the trace of <c>REF_stress</c>; when both are there they must agree.</summary>
        private double HydrostaticStress()
        {
            double? stated = Optional("hydrostatic_stress_GPa");
            double? traced = null;
            if (Frame.Info.TryGetValue("REF_stress", out string? text))
            {
                double[] components = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(token => Parse("REF_stress", token))];
                traced = components.Length switch
                {
                    9 => components[0] + components[4] + components[8],
                    6 => components[0] + components[1] + components[2],
                    _ => throw Wrong($"REF_stress with {components.Length} numbers", "nine numbers or six in Voigt order, eV/Å³", "Label the configuration again."),
                } / 3 * PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal;
            }

            if (stated is { } a && traced is { } b && Math.Abs(a - b) > StressToleranceGigapascal + (1e-3 * Math.Abs(b)))
            {
                throw Wrong(
                    string.Create(CultureInfo.InvariantCulture, $"hydrostatic_stress_GPa={a} but REF_stress with a third of its trace at {b:0.####} GPa"),
                    "the same stress twice",
                    "Check sign and unit: stress is positive under tension, REF_stress in eV/Å³.");
            }

            return stated ?? traced ?? throw Missing("hydrostatic_stress_GPa", "the hydrostatic stress in GPa");
        }

        private string Text(string key, string meaning) => Frame.Info.TryGetValue(key, out string? text) && text.Length > 0 ? text : throw Missing(key, meaning);

        private double Real(string key, string meaning) => Parse(key, Text(key, meaning));

        private double? Optional(string key) => Frame.Info.TryGetValue(key, out string? text) && text.Length > 0 ? Parse(key, text) : null;

        private bool Flag(string key) => Frame.Info.GetValueOrDefault(key, "F") switch
        {
            "T" or "True" or "true" or "TRUE" or "1" => true,
            "F" or "False" or "false" or "FALSE" or "0" => false,
            string other => throw Wrong($"{key}={other}", "T or F", "Correct the comment line."),
        };

        private double Parse(string key, string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong($"{key}={text}", "a finite number", "Label the configuration again or take it out; nothing is dropped in silence.");

        private InputException Missing(string key, string meaning) =>
            Wrong($"no key {key}", $"{key}, {meaning}", "Label the file with 'phonograph label' first, or take the configuration out.");

        private InputException Wrong(string found, string expected, string advice) => InputException.At(
            string.Create(CultureInfo.InvariantCulture, $"{Path}, frame {Number}{(Frame.Info.TryGetValue("id", out string? id) ? $" ('{id}')" : "")}"),
            0,
            found,
            expected,
            advice);
    }
}
