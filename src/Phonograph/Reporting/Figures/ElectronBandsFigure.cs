using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Electrons;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Electronic bands around the gap with shares of shells, and the density of states beside them; energies from the highest filled state.</summary>
internal static class ElectronBandsFigure
{
    private const double Left = 58, Top = 78, Height = 320, BandWidth = 400, Gap = 14, DensityWidth = 150, Bottom = 46, Below = 5, Above = 5, LargestMarker = 5;
    private static readonly Colour[] Shades = [Palette.Phonon, Palette.Random, Palette.Combined, Palette.Other, Palette.Warning];

    internal static ReportFigure Draw(ElectronicBands bands, IReadOnlyList<string> shells)
    {
        var scene = new SceneBuilder(Left + BandWidth + Gap + DensityWidth + 20, Top + Height + Bottom);
        double zero = bands.Extrema.ValenceElectronvolt;
        AxisScale y = AxisScale.Linear(-Below, Above, 6);
        (AxisScale x, double[] borders, double[] places) = Horizontal(bands);
        var panel = new Panel(scene, new PageRectangle(Left, Top, BandWidth, Height), x, y);
        foreach (double border in borders)
        {
            panel.Vertical(border, new Stroke(Palette.Axis, 0.7));
        }

        panel.Horizontal(0, new Stroke(Palette.Baseline, 0.9, [4, 3]));
        int first = 0;
        foreach (BandSegment segment in bands.Path.Segments)
        {
            for (int band = 0; band < bands.States.EnergiesElectronvolt[0].Length; band++)
            {
                foreach (List<(double, double)> piece in Inside(bands, places, first, segment.PointsFractional.Length, band, zero))
                {
                    panel.Line(piece, new Stroke(Palette.Axis, 1));
                }
            }

            first += segment.PointsFractional.Length;
        }

        Marks(panel, bands, places, shells, zero);
        scene.PanelTitle(Left, Top - 12, "a", $"{Numbers.Formula(ChemicalFormula.Reduced(bands.Crystal))}, electronic bands");
        panel.Finish("", "Energy above the highest filled state (eV)", hasHorizontalGrid: false);
        DrawDensity(scene, bands, y, zero);
        ElementShell[] drawn = [.. bands.Density.Shells.Where((_, shell) => IsVisible(bands, shell))];
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
        [
            .. shells.Where(_ => bands.Folded is not null).Select((name, number) => new LegendKey("share of " + name) { Marker = MarkerShape.Circle, MarkerFill = Shades[number % Shades.Length] }),
            .. drawn.Select(shell => new LegendKey(shell.ToString()) { Line = Line(bands, shell) }),
            new LegendKey("all") { Line = new Stroke(Palette.Ink, 1.1) },
        ]);
        return new ReportFigure(
            "electronic-bands", "Electronic bands", "Electronic bands and density of states",
            "Eigenvalues without spin along straight lines between points of high symmetry. Circles: shares of shells by area, at wave vectors that the supercell of the projection holds, means over states of equal energy. Right: density of states, the total from a mesh of wave vectors, the parts from the states of that supercell at Γ.",
            scene.Build(), BandData(bands));
    }

    /// <summary>The density of states as a table.</summary>
    internal static CsvTable DensityData(ElectronicBands bands)
    {
        ElectronicDensity density = bands.Density;
        var data = new CsvTable(["energy_above_valence_band_maximum_eV", "total_per_eV", .. density.Shells.Select(shell => $"{shell.Element.Symbol}_{shell.Shell}_per_eV")]);
        for (int point = 0; point < density.EnergiesElectronvolt.Length; point++)
        {
            data.Add([Numbers.Csv(density.EnergiesElectronvolt[point] - bands.Extrema.ValenceElectronvolt), Numbers.Csv(density.Total[point]), .. density.Parts.Select(part => Numbers.Csv(part[point]))]);
        }

        return data;
    }

    /// <summary>The stretches of a band that lie in the panel.</summary>
    private static IEnumerable<List<(double, double)>> Inside(ElectronicBands bands, double[] places, int first, int count, int band, double zero)
    {
        var piece = new List<(double, double)>();
        for (int point = first; point < first + count; point++)
        {
            double energy = bands.States.EnergiesElectronvolt[point][band] - zero;
            if (energy is >= -Below and <= Above)
            {
                piece.Add((places[point], energy));
            }
            else if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 1)
        {
            yield return piece;
        }
    }

    private static void Marks(Panel panel, ElectronicBands bands, double[] places, IReadOnlyList<string> shells, double zero)
    {
        if (bands.Folded is not { } folded)
        {
            return;
        }

        int[] columns = [.. shells.Select(name => folded.Shells.ToList().FindIndex(shell => shell.ToString() == name))];
        for (int point = 0; point < places.Length; point++)
        {
            for (int band = 0; band < bands.States.EnergiesElectronvolt[point].Length; band++)
            {
                double energy = bands.States.EnergiesElectronvolt[point][band] - zero;
                if (energy is < -Below or > Above || bands.SharesAt(point, band) is not { } shares)
                {
                    continue;
                }

                foreach ((int column, int number) in columns.Select((column, number) => (column, number)).Where(pair => pair.column >= 0).OrderByDescending(pair => shares[pair.column]))
                {
                    panel.Markers([(places[point], energy)], MarkerShape.Circle, LargestMarker * Math.Sqrt(Math.Clamp(shares[column], 0, 1)), Shades[number % Shades.Length].WithOpacity(0.8));
                }
            }
        }
    }

    /// <summary>Place of every point of the path, ticks at the ends of the pieces.</summary>
    private static (AxisScale Scale, double[] Borders, double[] Places) Horizontal(ElectronicBands bands)
    {
        var ticks = new List<AxisTick> { new(0, bands.Path.Segments[0].From) };
        var places = new List<double>();
        double at = 0;
        for (int index = 0; index < bands.Path.Segments.Length; index++)
        {
            BandSegment segment = bands.Path.Segments[index];
            Vector3D before = segment.PointsFractional[0];
            foreach (Vector3D point in segment.PointsFractional)
            {
                at += ((point - before) * bands.Crystal.Lattice.ReciprocalRows).Length;
                before = point;
                places.Add(at);
            }

            bool isJump = index + 1 < bands.Path.Segments.Length && (bands.Path.Segments[index + 1].PointsFractional[0] - segment.PointsFractional[^1]).Length > 1e-9;
            ticks.Add(new AxisTick(at, isJump ? $"{segment.To}|{bands.Path.Segments[index + 1].From}" : segment.To));
        }

        return (AxisScale.Linear(0, Math.Max(at, 1e-9)).WithTicks(ticks), [.. ticks.Skip(1).SkipLast(1).Select(tick => tick.Value)], [.. places]);
    }

    private static void DrawDensity(SceneBuilder scene, ElectronicBands bands, AxisScale y, double zero)
    {
        ElectronicDensity density = bands.Density;
        double left = Left + BandWidth + Gap;
        int[] rows = [.. Enumerable.Range(0, density.EnergiesElectronvolt.Length).Where(point => density.EnergiesElectronvolt[point] - zero is >= -Below and <= Above)];
        var panel = new Panel(scene, new PageRectangle(left, Top, DensityWidth, Height), AxisScale.Linear(0, 1.05 * Math.Max(1e-12, rows.Max(row => density.Total[row])), 2), y);
        panel.Horizontal(0, new Stroke(Palette.Baseline, 0.9, [4, 3]));
        for (int shell = 0; shell < density.Shells.Length; shell++)
        {
            if (IsVisible(bands, shell))
            {
                int column = shell;
                panel.Line(rows.Select(row => (density.Parts[column][row], density.EnergiesElectronvolt[row] - zero)), Line(bands, density.Shells[shell]));
            }
        }

        panel.Line(rows.Select(row => (density.Total[row], density.EnergiesElectronvolt[row] - zero)), new Stroke(Palette.Ink, 1.1));
        scene.PanelTitle(left, Top - 12, "b", "density of states");
        panel.Finish("States per eV", null, hasHorizontalGrid: false);
    }

    /// <summary>Shells with a share of two per cent of the states drawn.</summary>
    private static bool IsVisible(ElectronicBands bands, int shell)
    {
        ElectronicDensity density = bands.Density;
        int[] rows = [.. Enumerable.Range(0, density.EnergiesElectronvolt.Length).Where(point => Math.Abs(density.EnergiesElectronvolt[point] - bands.Extrema.ValenceElectronvolt) <= Below)];
        return rows.Sum(row => density.Parts[shell][row]) > 0.02 * rows.Sum(row => density.Total[row]);
    }

    private static Stroke Line(ElectronicBands bands, ElementShell shell)
    {
        int number = bands.Density.Shells.Where(other => other.Element.Symbol == shell.Element.Symbol).ToList().IndexOf(shell);
        double[][] dashes = [[], [4, 2], [1.5, 1.5], [5, 2, 1, 2]];
        return new Stroke(ElementColours.Of(shell.Element.Symbol).Towards(Palette.Ink, 0.2), 1.1, [.. dashes[Math.Clamp(number, 0, 3)]]);
    }

    private static CsvTable BandData(ElectronicBands bands)
    {
        ImmutableArray<ElementShell> shells = bands.Folded?.Shells ?? [];
        var data = new CsvTable(["piece", "from", "to", "ka", "kb", "kc", "band", "energy_above_valence_band_maximum_eV", "filled", .. shells.Select(shell => $"{shell.Element.Symbol}_{shell.Shell}")]);
        int point = 0;
        for (int piece = 0; piece < bands.Path.Segments.Length; piece++)
        {
            BandSegment segment = bands.Path.Segments[piece];
            foreach (Vector3D at in segment.PointsFractional)
            {
                for (int band = 0; band < bands.States.EnergiesElectronvolt[point].Length; band++)
                {
                    ImmutableArray<double>? shares = bands.SharesAt(point, band);
                    data.Add([
                        Numbers.Csv(piece + 1), segment.From, segment.To, Numbers.Csv(at.X), Numbers.Csv(at.Y), Numbers.Csv(at.Z), Numbers.Csv(band + 1), Numbers.Csv(bands.States.EnergiesElectronvolt[point][band] - bands.Extrema.ValenceElectronvolt),
                        band < bands.States.Occupied ? "true" : "false", .. shells.Select((_, shell) => shares is { } known ? Numbers.Csv(known[shell]) : ""),
                    ]);
                }

                point++;
            }
        }

        return data;
    }
}
