using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using SkiaSharp;

namespace Phonograph.Reporting.Drawing;

/// <summary>
/// Sets text in the font that ships inside the program (Open Sans), as outlines. Fonts of the machine are never asked for: a machine
/// without any draws the same text.
/// </summary>
internal static class Lettering
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", RaisedBase = "0123456789+−", Lowered = "₀₁₂₃₄₅₆₇₈₉", LoweredBase = "0123456789";
    private const double ScriptScale = 0.68, RaisedShift = -0.36, LoweredShift = 0.17;
    private static readonly Face Regular = Face.Load("OpenSans-Regular.ttf"), Bold = Face.Load("OpenSans-Semibold.ttf");
    private static readonly ConcurrentDictionary<(bool, ushort), GlyphOutline> Outlines = new();

    /// <summary>Height of a capital letter as a share of the size.</summary>
    internal const double CapitalHeight = 0.714;

    /// <summary>Places the letters of a line of text.</summary>
    /// <param name="text">One line; superscript and subscript digits are set from the ordinary ones.</param>
    /// <param name="size">Size of the font.</param>
    /// <param name="isBold">Semibold instead of regular.</param>
    internal static TextLine Set(string text, double size, bool isBold)
    {
        Face face = isBold ? Bold : Regular;
        var glyphs = new List<PlacedGlyph>();
        double x = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            (int letter, double scale, double shift) = Script(rune);
            ushort glyph = face.Font.GetGlyph(letter);
            double advance = face.Font.GetGlyphWidths([glyph])[0] / face.UnitsPerEm * size * scale;
            glyphs.Add(new PlacedGlyph(glyph, x, shift * size, size * scale / face.UnitsPerEm));
            x += advance;
        }

        return new TextLine(glyphs, x, isBold);
    }

    /// <summary>Width of a line of text.</summary>
    internal static double Width(string text, double size, bool isBold = false) => Set(text, size, isBold).Width;

    /// <summary>Outline of a glyph in font units, y downwards.</summary>
    internal static GlyphOutline Outline(ushort glyph, bool isBold) => Outlines.GetOrAdd((isBold, glyph), key =>
    {
        using SKPath? path = (key.Item1 ? Bold : Regular).Font.GetGlyphPath(key.Item2);
        return GlyphOutline.Of(path);
    });

    private static (int Letter, double Scale, double Shift) Script(Rune rune)
    {
        if (rune.IsBmp)
        {
            int raised = Raised.IndexOf((char)rune.Value, StringComparison.Ordinal), lowered = Lowered.IndexOf((char)rune.Value, StringComparison.Ordinal);
            if (raised >= 0)
            {
                return (RaisedBase[raised], ScriptScale, RaisedShift);
            }

            if (lowered >= 0)
            {
                return (LoweredBase[lowered], ScriptScale, LoweredShift);
            }
        }

        return (rune.Value, 1, 0);
    }

    private sealed record Face(SKFont Font, double UnitsPerEm)
    {
        internal static Face Load(string file)
        {
            Assembly assembly = typeof(Lettering).Assembly;
            using Stream stream = assembly.GetManifestResourceStream("Phonograph.Reporting.Fonts." + file)
                ?? throw new InvalidOperationException($"The font {file} is not embedded in the program.");
            using SKData data = SKData.Create(stream);
            SKTypeface typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The embedded font {file} cannot be read.");
            int unitsPerEm = typeface.UnitsPerEm;
            return new Face(new SKFont(typeface, unitsPerEm) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true }, unitsPerEm);
        }
    }
}

/// <summary>A line of text, placed from x = 0 on the base line.</summary>
internal sealed record TextLine(IReadOnlyList<PlacedGlyph> Glyphs, double Width, bool IsBold);

/// <summary>A glyph with its place in a line and the factor from font units to page units.</summary>
internal readonly record struct PlacedGlyph(ushort Glyph, double X, double Y, double Scale);

/// <summary>Outline of a glyph as SVG path data in font units.</summary>
internal sealed record GlyphOutline(string PathData)
{
    internal bool IsEmpty => PathData.Length == 0;

    internal static GlyphOutline Of(SKPath? path)
    {
        var text = new StringBuilder();
        if (path is not null)
        {
            using SKPath.Iterator steps = path.CreateIterator(forceClose: false);
            Span<SKPoint> points = stackalloc SKPoint[4];
            for (SKPathVerb verb = steps.Next(points); verb != SKPathVerb.Done; verb = steps.Next(points))
            {
                switch (verb)
                {
                    case SKPathVerb.Move: Append(text, 'M', points[..1]); break;
                    case SKPathVerb.Line: Append(text, 'L', points[1..2]); break;
                    case SKPathVerb.Quad: Append(text, 'Q', points[1..3]); break;
                    case SKPathVerb.Cubic: Append(text, 'C', points[1..4]); break;
                    case SKPathVerb.Close: text.Append('Z'); break;
                    default: throw new InvalidOperationException($"Unexpected step {verb} in a glyph.");
                }
            }
        }

        return new GlyphOutline(text.ToString());
    }

    private static void Append(StringBuilder text, char kind, ReadOnlySpan<SKPoint> points)
    {
        text.Append(kind);
        for (int i = 0; i < points.Length; i++)
        {
            text.Append(i > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{Math.Round(points[i].X)} {Math.Round(points[i].Y)}");
        }
    }
}
