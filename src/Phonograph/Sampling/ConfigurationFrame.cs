using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Alloys;
using Phonograph.Crystals.Formats;

namespace Phonograph.Sampling;

/// <summary>
/// A drawn configuration as an extended XYZ frame: displaced positions, the column <c>displacement</c> (Cartesian, Å), and the draw's record as
/// comment-line values <c>id</c>, <c>scheme</c>, <c>seed</c>, <c>draw</c>, <c>temperature_K</c>, <c>width_A</c>, <c>drawn_width_A</c>, <c>statistics</c>,
/// <c>soft_mode_policy</c>, <c>soft_modes_touched</c>, <c>mode_amplitudes</c> (Å·√amu, rising frequency), and the scheme's own <see cref="DrawProvenance.Details"/>; values that do not apply are left out.
/// </summary>
public static class ConfigurationFrame
{
    /// <summary>Makes the frame; its id names scheme, temperature or width, decoration of an alloy, seed or design, and draw, so it is unique across sets.</summary>
    public static ExtendedXyzFrame Of(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        DrawProvenance draw = configuration.Draw;
        var info = ImmutableDictionary.CreateBuilder<string, string>();
        void Add(string key, IFormattable? value)
        {
            if (value is not null)
            {
                info.Add(key, value.ToString(null, CultureInfo.InvariantCulture));
            }
        }

        string?[] name =
        [
            draw.Scheme,
            draw.TemperatureKelvin is { } kelvin ? Invariant($"{kelvin:R}K") : draw.WidthAngstrom is { } width ? Invariant($"{width:R}A") : null,
            draw.Details.GetValueOrDefault(DecorationFrame.DecorationKey),
            draw.Seed is { } seed ? Invariant($"s{seed}") : draw.Details.GetValueOrDefault(SpecialDisplacementSampler.DesignKey),
            Invariant($"{draw.Index:D5}"),
        ];
        info.Add("id", string.Join('-', name.Where(part => part is not null)));
        info.Add("scheme", draw.Scheme);
        Add("seed", draw.Seed);
        Add("draw", draw.Index);
        Add("temperature_K", draw.TemperatureKelvin);
        Add("width_A", draw.WidthAngstrom);
        Add("drawn_width_A", draw.DrawnWidthAngstrom);
        Add("soft_modes_touched", draw.SoftModesTouched);
        if (draw.Statistics is { } statistics)
        {
            info.Add("statistics", statistics);
        }

        if (draw.SoftModePolicy is { } policy)
        {
            info.Add("soft_mode_policy", policy);
        }

        if (draw.ModeAmplitudes is { } amplitudes)
        {
            info.Add("mode_amplitudes", string.Join(' ', amplitudes.Select(amplitude => amplitude.ToString("0.######", CultureInfo.InvariantCulture))));
        }

        info.AddRange(draw.Details);
        return new ExtendedXyzFrame(
            configuration.Displaced(),
            info.ToImmutable(),
            ImmutableDictionary.CreateRange([KeyValuePair.Create("displacement", configuration.DisplacementsCartesian)]));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
