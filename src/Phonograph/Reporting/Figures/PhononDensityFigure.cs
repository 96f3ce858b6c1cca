using Phonograph.Crystals;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Phonon density of states, in all and for each element.</summary>
internal static class PhononDensityFigure
{
    private const double Left = 58, Top = 34, Width = 420, Height = 220, Bottom = 50;

    internal static ReportFigure Draw(Crystal crystal, DensityOfStates density)
    {
        var scene = new SceneBuilder(Left + Width + 16, Top + Height + Bottom);
        AxisScale x = AxisScale.Linear(density.FrequenciesTerahertz[0], density.FrequenciesTerahertz[^1], 7);
        var panel = new Panel(scene, new PageRectangle(Left, Top, Width, Height), x, AxisScale.Linear(0, 1.06 * Math.Max(density.Total.Max(), 1e-12), 5));
        if (x.Low < 0)
        {
            panel.Vertical(0, new Stroke(Palette.Baseline, 0.9, [4, 3]));
        }

        var keys = new List<LegendKey>();
        for (int element = 0; element < density.Elements.Length; element++)
        {
            Colour colour = ElementColours.Of(density.Elements[element].Symbol);
            (double X, double Y)[] line = [.. density.FrequenciesTerahertz.Select((frequency, point) => (frequency, density.PerElement[element][point]))];
            panel.Fill(line, 0, colour.WithOpacity(0.3), new Stroke(colour.Towards(Palette.Ink, 0.15), 1));
            keys.Add(new LegendKey(density.Elements[element].Symbol) { Band = colour.WithOpacity(0.5) });
        }

        panel.Line(density.FrequenciesTerahertz.Select((frequency, point) => (frequency, density.Total[point])), new Stroke(Palette.Ink, 1.2));
        keys.Add(new LegendKey("total") { Line = new Stroke(Palette.Ink, 1.2) });
        string formula = Numbers.Formula(ChemicalFormula.Reduced(crystal));
        panel.Finish("Frequency (THz)", "States per THz and cell");
        Legend.Draw(scene, Left + (Width / 2), Top - 14, Width, [new LegendKey($"{formula}:"), .. keys]);

        var data = new CsvTable(["frequency_THz", "total_per_THz", "integrated", .. density.Elements.Select(element => element.Symbol + "_per_THz")]);
        for (int point = 0; point < density.Total.Length; point++)
        {
            data.Add([Numbers.Csv(density.FrequenciesTerahertz[point]), Numbers.Csv(density.Total[point]), Numbers.Csv(density.Integrated[point]), .. density.PerElement.Select(part => Numbers.Csv(part[point]))]);
        }

        return new ReportFigure(
            "phonon-density-of-states", "Phonon density of states", $"{formula}: phonon density of states",
            "Per primitive cell; the integral is three times the number of atoms. Imaginary frequencies are negative.", scene.Build(), data);
    }
}
