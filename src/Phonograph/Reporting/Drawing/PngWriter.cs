using System.Collections.Concurrent;
using SkiaSharp;

namespace Phonograph.Reporting.Drawing;

/// <summary>Writes a scene as PNG on white.</summary>
internal static class PngWriter
{
    // A few hundred glyphs at most, kept for the life of the program.
    private static readonly ConcurrentDictionary<GlyphOutline, SKPath> Glyphs = new();

    /// <summary>Draws a scene.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="scale">Pixels per page unit; 2 makes 192 pixels per inch.</param>
    /// <returns>Bytes of a PNG file.</returns>
    internal static byte[] Write(Scene scene, double scale)
    {
        var size = new SKImageInfo((int)Math.Ceiling(scene.Width * scale), (int)Math.Ceiling(scene.Height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        using var bitmap = new SKBitmap(size);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale((float)scale);
        foreach (SceneItem item in scene.Items)
        {
            Draw(canvas, item);
        }

        canvas.Flush();
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100) ?? throw new InvalidOperationException("The PNG encoder failed.");
        return data.ToArray();
    }

    private static void Draw(SKCanvas canvas, SceneItem item)
    {
        switch (item)
        {
            case PathItem path:
                using (SKPath outline = Outline(path.Steps))
                {
                    Paint(canvas, outline, path.Fill, path.Stroke);
                }

                break;
            case DiscItem disc:
                DrawDisc(canvas, disc);
                break;
            case MarkersItem markers:
                using (SKPath outline = Outline(MarkerOutline.Of(markers.Shape, markers.Radius)))
                {
                    foreach (PagePoint centre in markers.Centres)
                    {
                        canvas.Save();
                        canvas.Translate((float)centre.X, (float)centre.Y);
                        Paint(canvas, outline, markers.Fill, markers.Stroke);
                        canvas.Restore();
                    }
                }

                break;
            case TextItem text:
                DrawText(canvas, text);
                break;
            case ClipItem clip:
                canvas.Save();
                canvas.ClipRect(new SKRect((float)clip.Area.Left, (float)clip.Area.Top, (float)clip.Area.Right, (float)clip.Area.Bottom));
                foreach (SceneItem inner in clip.Items)
                {
                    Draw(canvas, inner);
                }

                canvas.Restore();
                break;
            default:
                throw new InvalidOperationException($"Cannot draw {item.GetType().Name}.");
        }
    }

    private static void DrawDisc(SKCanvas canvas, DiscItem disc)
    {
        var centre = new SKPoint((float)disc.Centre.X, (float)disc.Centre.Y);
        float radius = (float)disc.Radius;
        using var fill = new SKPaint { IsAntialias = true, Color = Of(disc.Fill) };
        if (disc.Highlight is { } highlight)
        {
            // The same place and reach as the gradient of the SVG, there in shares of the bounding box.
            fill.Shader = SKShader.CreateRadialGradient(
                new SKPoint(centre.X - (0.3f * radius), centre.Y - (0.36f * radius)), 1.5f * radius, [Of(highlight), Of(disc.Fill)], SKShaderTileMode.Clamp);
        }

        canvas.DrawCircle(centre, radius, fill);
        if (disc.Stroke is { } stroke)
        {
            using SKPaint line = Line(stroke);
            canvas.DrawCircle(centre, radius, line);
        }
    }

    private static void DrawText(SKCanvas canvas, TextItem item)
    {
        TextLine line = Lettering.Set(item.Text, item.Style.Size, item.Style.IsBold);
        PagePoint start = TextPlacement.Start(item.Style, line.Width);
        using var paint = new SKPaint { IsAntialias = true, Color = Of(item.Style.Colour) };
        canvas.Save();
        canvas.Translate((float)item.Position.X, (float)item.Position.Y);
        canvas.RotateDegrees((float)item.Style.RotationDegrees);
        foreach (PlacedGlyph glyph in line.Glyphs)
        {
            GlyphOutline outline = Lettering.Outline(glyph.Glyph, line.IsBold);
            if (!outline.IsEmpty)
            {
                canvas.Save();
                canvas.Translate((float)(start.X + glyph.X), (float)(start.Y + glyph.Y));
                canvas.Scale((float)glyph.Scale);
                canvas.DrawPath(Glyphs.GetOrAdd(outline, static drawn => SKPath.ParseSvgPathData(drawn.PathData)), paint);
                canvas.Restore();
            }
        }

        canvas.Restore();
    }

    private static void Paint(SKCanvas canvas, SKPath outline, Colour? fill, Stroke? stroke)
    {
        if (fill is { } colour)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = Of(colour) };
            canvas.DrawPath(outline, paint);
        }

        if (stroke is not null)
        {
            using SKPaint paint = Line(stroke);
            canvas.DrawPath(outline, paint);
        }
    }

    private static SKPaint Line(Stroke stroke) => new()
    {
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeJoin = SKStrokeJoin.Round,
        StrokeWidth = (float)stroke.Width,
        Color = Of(stroke.Colour),
        PathEffect = stroke.Dash is { } dash ? SKPathEffect.CreateDash([.. dash.Select(length => (float)length)], 0) : null,
    };

    private static SKPath Outline(IEnumerable<PathStep> steps)
    {
        var path = new SKPath();
        foreach (PathStep step in steps)
        {
            switch (step.Kind)
            {
                case 'M': path.MoveTo(Of(step.A)); break;
                case 'L': path.LineTo(Of(step.A)); break;
                case 'Q': path.QuadTo(Of(step.A), Of(step.B)); break;
                case 'C': path.CubicTo(Of(step.A), Of(step.B), Of(step.C)); break;
                default: path.Close(); break;
            }
        }

        return path;
    }

    private static SKPoint Of(PagePoint point) => new((float)point.X, (float)point.Y);

    private static SKColor Of(Colour colour) => new(colour.Red, colour.Green, colour.Blue, (byte)Math.Round(255 * colour.Opacity));
}
