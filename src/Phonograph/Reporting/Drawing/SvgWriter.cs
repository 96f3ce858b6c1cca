using System.Globalization;
using System.Security;
using System.Text;

namespace Phonograph.Reporting.Drawing;

/// <summary>Writes a scene as SVG. Text becomes outlines with its words in <c>aria-label</c>, so that it shows without any font.</summary>
internal sealed class SvgWriter
{
    private readonly string _prefix;
    private readonly StringBuilder _body = new();
    private readonly SortedDictionary<string, string> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private SvgWriter(string prefix) => _prefix = prefix;

    /// <summary>Writes a scene.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="prefix">Start of all identifiers, so that several drawings can stand in one page.</param>
    /// <param name="title">Short title for screen readers.</param>
    /// <param name="isStandalone">True for a file of its own (with name space and size), false for a part of an HTML page.</param>
    internal static string Write(Scene scene, string prefix, string title, bool isStandalone)
    {
        var writer = new SvgWriter(prefix);
        foreach (SceneItem item in scene.Items)
        {
            writer.Append(item);
        }

        var text = new StringBuilder();
        text.Append("<svg ");
        if (isStandalone)
        {
            text.Append(CultureInfo.InvariantCulture, $"xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(scene.Width)}\" height=\"{Number(scene.Height)}\" ");
        }

        text.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {Number(scene.Width)} {Number(scene.Height)}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        text.Append("<title>").Append(Escape(title)).Append("</title><defs>");
        foreach (string definition in writer._definitions.Values)
        {
            text.Append(definition);
        }

        text.Append("</defs>\n").Append(writer._body).Append("</svg>\n");
        return text.ToString();
    }

    private static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Paint(Colour? fill, Stroke? stroke)
    {
        var text = new StringBuilder();
        text.Append(" fill=\"").Append(fill?.Hex ?? "none").Append('"');
        if (fill is { Opacity: < 1 } translucent)
        {
            text.Append(" fill-opacity=\"").Append(Number(translucent.Opacity)).Append('"');
        }

        if (stroke is not null)
        {
            text.Append(" stroke=\"").Append(stroke.Colour.Hex).Append("\" stroke-width=\"").Append(Number(stroke.Width)).Append('"');
            if (stroke.Colour.Opacity < 1)
            {
                text.Append(" stroke-opacity=\"").Append(Number(stroke.Colour.Opacity)).Append('"');
            }

            if (stroke.Dash is { } dash)
            {
                text.Append(" stroke-dasharray=\"").AppendJoin(' ', dash.Select(Number)).Append('"');
            }
        }

        return text.ToString();
    }

    private static string PathData(IEnumerable<PathStep> steps)
    {
        var text = new StringBuilder();
        foreach (PathStep step in steps)
        {
            text.Append(step.Kind);
            text.Append(step.Kind switch
            {
                'M' or 'L' => Point(step.A),
                'Q' => Point(step.A) + " " + Point(step.B),
                'C' => Point(step.A) + " " + Point(step.B) + " " + Point(step.C),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Point(PagePoint point) => Number(point.X) + " " + Number(point.Y);

    private void Append(SceneItem item)
    {
        switch (item)
        {
            case PathItem path:
                _body.Append("<path d=\"").Append(PathData(path.Steps)).Append('"').Append(Paint(path.Fill, path.Stroke)).Append(" stroke-linejoin=\"round\"/>\n");
                break;
            case DiscItem disc:
                AppendDisc(disc);
                break;
            case MarkersItem markers:
                AppendMarkers(markers);
                break;
            case TextItem text:
                AppendText(text);
                break;
            case ClipItem clip:
                string name = Define("clip", id => $"<clipPath id=\"{id}\"><rect x=\"{Number(clip.Area.Left)}\" y=\"{Number(clip.Area.Top)}\" width=\"{Number(clip.Area.Width)}\" height=\"{Number(clip.Area.Height)}\"/></clipPath>", clip.Area.ToString());
                _body.Append("<g clip-path=\"url(#").Append(name).Append(")\">\n");
                foreach (SceneItem inner in clip.Items)
                {
                    Append(inner);
                }

                _body.Append("</g>\n");
                break;
            default:
                throw new InvalidOperationException($"Cannot draw {item.GetType().Name}.");
        }
    }

    private void AppendDisc(DiscItem disc)
    {
        string paint = Paint(disc.Fill, disc.Stroke);
        if (disc.Highlight is { } highlight)
        {
            string name = Define(
                "shade",
                id => $"<radialGradient id=\"{id}\" cx=\"0.35\" cy=\"0.32\" r=\"0.75\"><stop offset=\"0\" stop-color=\"{highlight.Hex}\"/><stop offset=\"1\" stop-color=\"{disc.Fill.Hex}\"/></radialGradient>",
                highlight.Hex + disc.Fill.Hex);
            paint = paint.Replace($"fill=\"{disc.Fill.Hex}\"", $"fill=\"url(#{name})\"", StringComparison.Ordinal);
        }

        _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Number(disc.Centre.X)}\" cy=\"{Number(disc.Centre.Y)}\" r=\"{Number(disc.Radius)}\"{paint}/>\n");
    }

    private void AppendMarkers(MarkersItem markers)
    {
        string data = PathData(MarkerOutline.Of(markers.Shape, markers.Radius));
        string name = Define("marker", id => $"<path id=\"{id}\" d=\"{data}\"/>", data);
        _body.Append("<g").Append(Paint(markers.Fill, markers.Stroke)).Append(">\n");
        foreach (PagePoint centre in markers.Centres)
        {
            _body.Append("<use href=\"#").Append(name).Append("\" x=\"").Append(Number(centre.X)).Append("\" y=\"").Append(Number(centre.Y)).Append("\"/>");
        }

        _body.Append("\n</g>\n");
    }

    private void AppendText(TextItem item)
    {
        TextLine line = Lettering.Set(item.Text, item.Style.Size, item.Style.IsBold);
        PagePoint start = TextPlacement.Start(item.Style, line.Width);
        _body.Append("<g aria-label=\"").Append(Escape(item.Text)).Append('"').Append(Paint(item.Style.Colour, null))
            .Append(" transform=\"translate(").Append(Point(item.Position)).Append(')');
        if (item.Style.RotationDegrees != 0)
        {
            _body.Append(" rotate(").Append(Number(item.Style.RotationDegrees)).Append(')');
        }

        _body.Append("\">");
        foreach (PlacedGlyph glyph in line.Glyphs)
        {
            GlyphOutline outline = Lettering.Outline(glyph.Glyph, line.IsBold);
            if (!outline.IsEmpty)
            {
                string name = Define("glyph", id => $"<path id=\"{id}\" d=\"{outline.PathData}\"/>", $"{line.IsBold}{glyph.Glyph}", $"{(line.IsBold ? "bold" : "regular")}{glyph.Glyph}");
                _body.Append(CultureInfo.InvariantCulture, $"<use href=\"#{name}\" transform=\"translate({Number(start.X + glyph.X)} {Number(start.Y + glyph.Y)}) scale({glyph.Scale:0.######})\"/>");
            }
        }

        _body.Append("</g>\n");
    }

    /// <summary>Defines something once and answers its identifier.</summary>
    private string Define(string kind, Func<string, string> definition, string key, string? identifier = null)
    {
        string full = kind + ":" + key;
        if (!_names.TryGetValue(full, out string? name))
        {
            name = $"{_prefix}-{identifier ?? kind + _names.Count.ToString(CultureInfo.InvariantCulture)}";
            _names[full] = name;
            _definitions[full] = definition(name);
        }

        return name;
    }
}
