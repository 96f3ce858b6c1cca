using Phonograph.Electrons;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Band gap along a frozen mode: against its amplitude, and against the shortest distance of a pair of elements.</summary>
internal static class FrozenModeFigure
{
    private const double Left = 62, Top = 40, Width = 230, Height = 190, Pitch = 312;

    internal static ReportFigure Draw(FrozenMode mode)
    {
        var scene = new SceneBuilder(Left + Pitch + Width + 20, Top + Height + 50);
        AxisScale y = AxisScale.Linear(mode.Rows.Select(row => row.GapElectronvolt), 5, includeZero: true);
        string pair = $"{mode.FirstElement}–{mode.SecondElement}";
        One(0, "a", "gap along the mode", "Amplitude (Å r.m.s.)", row => row.AmplitudeAngstrom);
        One(1, "b", $"gap and the shortest {pair} bond", $"Shortest {pair} distance (Å)", row => row.ShortestAngstrom);
        var data = new CsvTable("amplitude_rms_A", "band_gap_eV", "shortest_pair_A", "mean_pair_A");
        foreach (FrozenModeRow row in mode.Rows)
        {
            data.Add(Numbers.Csv(row.AmplitudeAngstrom), Numbers.Csv(row.GapElectronvolt), Numbers.Csv(row.ShortestAngstrom), Numbers.Csv(row.MeanAngstrom));
        }

        return new ReportFigure("frozen-mode", "Frozen mode", "Band gap along a frozen mode", $"Cells displaced along one pattern, labelled by the engine. Left: signed r.m.s. displacement. Right: the shortest {pair} distance of each cell.", scene.Build(), data);

        void One(int column, string letter, string title, string label, Func<FrozenModeRow, double> abscissa)
        {
            double left = Left + (column * Pitch);
            var panel = new Panel(scene, new PageRectangle(left, Top, Width, Height), AxisScale.Linear(mode.Rows.Select(abscissa), 5), y);
            FrozenModeRow[] rows = [.. mode.Rows.OrderBy(abscissa)];
            if (column == 0)
            {
                panel.Line(rows.Select(row => (abscissa(row), row.GapElectronvolt)), new Stroke(Palette.Phonon, 1.2));
            }

            panel.Markers(rows.Select(row => (abscissa(row), row.GapElectronvolt)), MarkerShape.Circle, 3, Palette.Phonon, new Stroke(Palette.White, 0.6));
            scene.PanelTitle(left - 40, Top - 14, letter, title);
            panel.Finish(label, "Band gap (eV)");
        }
    }
}
