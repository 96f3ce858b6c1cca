using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting;

/// <summary>The files of one figure: SVG, PNG at 192 pixels per inch, and the numbers drawn as CSV.</summary>
internal static class FigureFiles
{
    private const double PixelsPerUnit = 2;

    /// <summary>Writes them.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="figure">The figure.</param>
    /// <returns>Paths of the files.</returns>
    internal static ImmutableArray<string> Write(string stem, ReportFigure figure)
    {
        AtomicFile.WriteText(stem + ".svg", SvgWriter.Write(figure.Scene, "s", figure.Title, isStandalone: true));
        byte[] png = PngWriter.Write(figure.Scene, PixelsPerUnit);
        AtomicFile.WriteStream(stem + ".png", stream => stream.Write(png));
        AtomicFile.WriteText(stem + ".csv", figure.Data.ToString());
        return [stem + ".svg", stem + ".png", stem + ".csv"];
    }
}
