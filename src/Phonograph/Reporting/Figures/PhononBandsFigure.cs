using Phonograph.Crystals;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Phonon bands along a path, with the density of states beside them; imaginary modes below zero.</summary>
internal static class PhononBandsFigure
{
    private const double Left = 58, Top = 34, Height = 300, BandWidth = 430, Gap = 14, DensityWidth = 110, Bottom = 46;

    /// <summary>Modes this close to zero are rounding, not imaginary, THz.</summary>
    private const double ImaginaryTerahertz = -0.05;

    internal static ReportFigure Draw(BandStructure bands, DensityOfStates? density)
    {
        double width = Left + BandWidth + (density is null ? 16 : Gap + DensityWidth + 16);
        var scene = new SceneBuilder(width, Top + Height + Bottom);
        (double low, double high) = (bands.LowestTerahertz, bands.HighestTerahertz);
        bool isUnstable = low < ImaginaryTerahertz;
        double margin = 0.04 * (high - Math.Min(low, 0));
        AxisScale y = AxisScale.Linear(isUnstable ? low - margin : 0, high + margin, 6);
        double length = bands.Segments[^1].Distances[^1];
        (AxisScale x, double[] borders) = Horizontal(bands, length);
        var panel = new Panel(scene, new PageRectangle(Left, Top, BandWidth, Height), x, y);
        if (isUnstable)
        {
            panel.Shape([(0, 0), (length, 0), (length, y.Low), (0, y.Low)], Palette.Warning.WithOpacity(0.06));
        }

        foreach (double border in borders)
        {
            panel.Vertical(border, new Stroke(Palette.Axis, 0.7));
        }

        panel.Horizontal(0, new Stroke(Palette.Baseline, 0.9, [4, 3]));
        var stroke = new Stroke(Palette.Phonon, 1.2);
        foreach (BandStructureSegment segment in bands.Segments)
        {
            for (int band = 0; band < segment.Modes[0].Count; band++)
            {
                panel.Line(segment.Distances.Select((distance, point) => (distance, segment.Modes[point].FrequenciesTerahertz[band])), stroke);
            }
        }

        string formula = Numbers.Formula(ChemicalFormula.Reduced(bands.Crystal));
        scene.PanelTitle(Left, Top - 12, density is null ? "" : "a", $"{formula}, phonon bands");
        panel.Finish("", "Frequency (THz)", hasHorizontalGrid: false);
        if (isUnstable)
        {
            scene.Text(Left + BandWidth - 5, panel.At(0, y.Low).Y - 6, "imaginary", new TextStyle(SceneBuilder.NoteSize, Palette.Warning, Horizontal: TextAnchor.End));
        }

        if (density is not null)
        {
            DrawDensity(scene, density, y);
        }

        return new ReportFigure(
            "phonon-bands", "Phonon bands", $"{formula}: phonon bands",
            "Frequencies along straight lines between points of high symmetry. Imaginary frequencies are drawn below zero. Beside them the density of states per primitive cell, in all and for each element.",
            scene.Build(), Data(bands));
    }

    /// <summary>Ticks at the ends of the pieces; where the path jumps both names stand at one tick.</summary>
    private static (AxisScale Scale, double[] Borders) Horizontal(BandStructure bands, double length)
    {
        var ticks = new List<AxisTick> { new(0, bands.Segments[0].Path.From) };
        for (int index = 0; index < bands.Segments.Length; index++)
        {
            BandStructureSegment segment = bands.Segments[index];
            string to = segment.Path.To, next = index + 1 < bands.Segments.Length ? bands.Segments[index + 1].Path.From : to;
            bool isJump = index + 1 < bands.Segments.Length
                && (bands.Segments[index + 1].Path.PointsFractional[0] - segment.Path.PointsFractional[^1]).Length > 1e-9;
            ticks.Add(new AxisTick(segment.Distances[^1], isJump ? $"{to}|{next}" : to));
        }

        return (AxisScale.Linear(0, Math.Max(length, 1e-9)).WithTicks(ticks), [.. ticks.Skip(1).SkipLast(1).Select(tick => tick.Value)]);
    }

    private static void DrawDensity(SceneBuilder scene, DensityOfStates density, AxisScale y)
    {
        double left = Left + BandWidth + Gap;
        double most = density.Total.Max();
        var panel = new Panel(scene, new PageRectangle(left, Top, DensityWidth, Height), AxisScale.Linear(0, 1.05 * Math.Max(most, 1e-12), 2), y);
        panel.Horizontal(0, new Stroke(Palette.Baseline, 0.9, [4, 3]));
        for (int element = 0; element < density.Elements.Length; element++)
        {
            Colour colour = ElementColours.Of(density.Elements[element].Symbol);
            (double X, double Y)[] line = [.. density.FrequenciesTerahertz.Select((frequency, point) => (density.PerElement[element][point], frequency))];
            panel.Shape([(0, line[0].Y), .. line, (0, line[^1].Y)], colour.WithOpacity(0.3));
            panel.Line(line, new Stroke(colour.Towards(Palette.Ink, 0.15), 1));
        }

        panel.Line(density.FrequenciesTerahertz.Select((frequency, point) => (density.Total[point], frequency)), new Stroke(Palette.Ink, 1));
        scene.PanelTitle(left, Top - 12, "b", "density of states");
        panel.Finish("States per THz", null, hasHorizontalGrid: false);
        double baseLine = Top + 14;
        foreach (Element element in density.Elements)
        {
            Colour colour = ElementColours.Of(element.Symbol);
            scene.Rectangle(new PageRectangle(left + DensityWidth - 34, baseLine - 8, 10, 8), colour.WithOpacity(0.5), null);
            scene.Text(left + DensityWidth - 20, baseLine, element.Symbol, new TextStyle(SceneBuilder.NoteSize, Palette.Ink));
            baseLine += 14;
        }
    }

    private static CsvTable Data(BandStructure bands)
    {
        var data = new CsvTable("piece", "from", "to", "distance_per_A", "qa", "qb", "qc", "band", "frequency_THz");
        for (int piece = 0; piece < bands.Segments.Length; piece++)
        {
            BandStructureSegment segment = bands.Segments[piece];
            for (int point = 0; point < segment.Modes.Length; point++)
            {
                WaveVectorModes modes = segment.Modes[point];
                for (int band = 0; band < modes.Count; band++)
                {
                    data.Add(
                        Numbers.Csv(piece + 1), segment.Path.From, segment.Path.To, Numbers.Csv(segment.Distances[point]), Numbers.Csv(modes.WaveVectorFractional.X), Numbers.Csv(modes.WaveVectorFractional.Y),
                        Numbers.Csv(modes.WaveVectorFractional.Z), Numbers.Csv(band + 1), Numbers.Csv(modes.FrequenciesTerahertz[band]));
                }
            }
        }

        return data;
    }
}
