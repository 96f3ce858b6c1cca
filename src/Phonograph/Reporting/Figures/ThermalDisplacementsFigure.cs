using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Mean square displacement of each atom of the primitive cell against temperature.</summary>
internal static class ThermalDisplacementsFigure
{
    private const double Left = 66, Top = 40, Width = 400, Height = 230, Bottom = 50;

    internal static ReportFigure Draw(ThermalDisplacements displacements)
    {
        Crystal crystal = displacements.Crystal;
        var scene = new SceneBuilder(Left + Width + 16, Top + Height + Bottom);
        double[] kelvin = [.. displacements.TemperaturesKelvin];
        double[][] isotropic = [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => kelvin.Select((_, t) => displacements.MatricesCartesian[t][atom].Trace / 3).ToArray())];
        AxisScale x = AxisScale.Linear(kelvin.Min(), Math.Max(kelvin.Max(), kelvin.Min() + 1), 5);
        var panel = new Panel(scene, new PageRectangle(Left, Top, Width, Height), x, AxisScale.Linear(isotropic.SelectMany(values => values), 5, includeZero: true));
        int[] order = [.. Enumerable.Range(0, kelvin.Length).OrderBy(t => kelvin[t])];
        foreach (int atom in Enumerable.Range(0, crystal.AtomCount))
        {
            Colour colour = ElementColours.Of(crystal.Elements[atom].Symbol).Towards(Palette.Ink, 0.15);
            panel.Line(order.Select(t => (kelvin[t], isotropic[atom][t])), new Stroke(colour, 1.6));
            if (kelvin.Length == 1)
            {
                panel.Markers([(kelvin[0], isotropic[atom][0])], MarkerShape.Circle, 3, colour);
            }
        }

        string formula = Numbers.Formula(ChemicalFormula.Reduced(crystal));
        panel.Finish("Temperature (K)", "U (Å²), mean of the three axes");
        Legend.Draw(
            scene, Left + (Width / 2), Top - 16, Width,
            [new LegendKey($"{formula}:"), .. crystal.Elements.Distinct().Select(element => new LegendKey(element.Symbol) { Line = new Stroke(ElementColours.Of(element.Symbol).Towards(Palette.Ink, 0.15), 1.6) })]);

        var data = new CsvTable("temperature_K", "atom", "element", "Uxx_A2", "Uyy_A2", "Uzz_A2", "Uyz_A2", "Uxz_A2", "Uxy_A2", "Uiso_A2", "U11_A2", "U22_A2", "U33_A2", "U23_A2", "U13_A2", "U12_A2");
        for (int t = 0; t < kelvin.Length; t++)
        {
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                Matrix3x3 u = displacements.MatricesCartesian[t][atom], cif = displacements.CrystallographicMatrix(t, atom);
                data.Add([
                    Numbers.Csv(kelvin[t]), Numbers.Csv(atom + 1), crystal.Elements[atom].Symbol, .. Six(u), Numbers.Csv(u.Trace / 3), .. Six(cif),
                ]);
            }
        }

        return new ReportFigure(
            "thermal-displacements", "Thermal displacements", $"{formula}: mean square displacements of the harmonic vibrations",
            "One line for each atom of the primitive cell, a third of the trace of its displacement tensor, with zero-point motion. The data hold the tensors, Cartesian (xx ... xy) and along the cell's axes as CIF files do (11 ... 12).", scene.Build(), data);
    }

    private static string[] Six(Matrix3x3 u) => [.. new[] { (0, 0), (1, 1), (2, 2), (1, 2), (0, 2), (0, 1) }.Select(at => Numbers.Csv(u[at.Item1, at.Item2]))];
}
