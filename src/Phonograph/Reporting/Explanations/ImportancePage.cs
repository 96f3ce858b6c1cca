using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting.Explanations;

/// <summary>A page of its own, without network, in which the bonds of one structure can be turned and the threshold of what is important moved.</summary>
internal static class ImportancePage
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    internal static string Write(IReadOnlyList<DrawnImportance> drawn, double threshold, string about)
    {
        var page = new HtmlText();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">")
            .Element("title", "Importance of bonds").Raw("<style>\n").Raw(PageAsset.Read("importance.css")).Raw("</style></head>\n<body><main>\n")
            .Element("h1", "Importance of the bonds of one structure").Element("p", about)
            .Raw($"<p><label for=\"threshold\">Threshold</label> <input id=\"threshold\" type=\"range\" min=\"0\" max=\"1\" step=\"any\" value=\"{Numbers.Csv(threshold)}\"> <output id=\"level\" for=\"threshold\"></output> ")
            .Raw("<label><input id=\"faint\" type=\"checkbox\" checked> other bonds, faint</label></p>\n")
            .Raw("<div id=\"views\"></div>\n")
            .Element("p", "In colour are bonds that surpass this share of the bonds of the structure in size of importance, and those that tie with the largest. Colour and width: size of importance over the largest. "
                + "Small pale spheres are images of atoms at the end of a bond that leaves the cell; such a bond is drawn from both of its ends. Drag to turn.", "note")
            .Raw("<script type=\"application/json\" id=\"data\">").Raw(JsonSerializer.Serialize(drawn.Select(Data), Json)).Raw("</script>\n<script>\n").Raw(PageAsset.Read("importance.js")).Raw("</script>\n</main></body></html>\n");
        return page.ToString();
    }

    private static object Data(DrawnImportance drawn)
    {
        var lines = BondLines.Of(drawn);
        Matrix3x3 rows = drawn.Crystal.LatticeRowsAngstrom;
        double[] levels = [.. drawn.Levels()], shares = ImportanceStructureFigure.Shares(drawn);
        string[] pairs = [.. drawn.Bonds.Select(bond => ImportanceStructureFigure.Pair(drawn, bond)).Distinct().Order(StringComparer.Ordinal)];
        return new
        {
            drawn.Name,
            Cell = new[] { rows.RowA, rows.RowB, rows.RowC }.Select(Point),
            Atoms = lines.Atoms.Select((at, atom) => new
            {
                Symbol = drawn.Crystal.Symbols[atom],
                At = Point(at),
                Radius = Math.Round(0.7 * CrystalDrawing.RadiusShare * CrystalDrawing.CovalentRadius(drawn.Crystal.Symbols[atom]), 3),
                Colour = ElementColours.Of(drawn.Crystal.Symbols[atom]).Hex,
            }),
            Pairs = pairs,
            // Levels and shares are not rounded: the page counts what the table counts.
            Bonds = drawn.Bonds.Select((bond, place) => new { Pair = Array.IndexOf(pairs, ImportanceStructureFigure.Pair(drawn, bond)), Level = levels[place], Share = shares[place], Colour = ImportanceDrawing.Shade(shares[place]).Hex }),
            Lines = lines.Lines.Select(line => new { line.Bond, line.Home, line.End, IsLeaving = line.Image != default, From = Point(line.From), To = Point(line.To) }),
        };
    }

    private static double[] Point(Vector3D point) => [Math.Round(point.X, 4), Math.Round(point.Y, 4), Math.Round(point.Z, 4)];
}
