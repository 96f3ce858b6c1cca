using System.Globalization;

namespace Phonograph.Reporting.Drawing;

/// <summary>A colour of the sRGB space.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
/// <param name="Opacity">Opacity, 0 to 1.</param>
internal readonly record struct Colour(byte Red, byte Green, byte Blue, double Opacity = 1)
{
    /// <summary>Text of the form <c>#rrggbb</c>, without opacity.</summary>
    internal string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    internal static Colour Of(string hex, double opacity = 1) => new(
        byte.Parse(hex.AsSpan(1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        byte.Parse(hex.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        byte.Parse(hex.AsSpan(5, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        opacity);

    /// <summary>The same colour with another opacity.</summary>
    internal Colour WithOpacity(double opacity) => this with { Opacity = opacity };

    /// <summary>A colour between this one (0) and another (1).</summary>
    internal Colour Towards(Colour other, double share) => new(
        (byte)Math.Round(Red + ((other.Red - Red) * share)),
        (byte)Math.Round(Green + ((other.Green - Green) * share)),
        (byte)Math.Round(Blue + ((other.Blue - Blue) * share)),
        Opacity);
}
