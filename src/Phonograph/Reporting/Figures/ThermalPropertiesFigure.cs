using Phonograph.Crystals;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting.Drawing;
using Phonograph.Units;

namespace Phonograph.Reporting.Figures;

/// <summary>Free and internal energy, entropy and heat capacity against temperature.</summary>
internal static class ThermalPropertiesFigure
{
    private const double Left = 62, Top = 52, Width = 250, Height = 210, Pitch = 336, Bottom = 50;

    internal static ReportFigure Draw(Crystal crystal, ThermalProperties thermal)
    {
        const double Kilojoule = ThermalProperties.KilojoulePerMole;
        var scene = new SceneBuilder(Left + Pitch + Width + 16, Top + Height + Bottom);
        AxisScale x = AxisScale.Linear(thermal.States.Min(state => state.TemperatureKelvin), Math.Max(thermal.States.Max(state => state.TemperatureKelvin), thermal.States.Min(state => state.TemperatureKelvin) + 1), 5);
        (double T, double F, double U, double S, double C)[] rows =
        [
            .. thermal.States.OrderBy(state => state.TemperatureKelvin).Select(state => (
                state.TemperatureKelvin, state.FreeEnergyElectronvolt * Kilojoule, state.InternalEnergyElectronvolt * Kilojoule,
                state.EntropyElectronvoltPerKelvin * Kilojoule * 1000, state.HeatCapacityElectronvoltPerKelvin * Kilojoule * 1000)),
        ];
        Stroke free = new(Palette.Phonon, 1.6), inner = new(Palette.Random, 1.6), entropy = new(Palette.Combined, 1.6), capacity = new(Palette.Other, 1.6), limit = new(Palette.Baseline, 1, [4, 3]);
        Legend.Draw(scene, scene.Width / 2, 18, scene.Width - 20,
        [
            new LegendKey("free energy") { Line = free }, new LegendKey("internal energy") { Line = inner }, new LegendKey("entropy") { Line = entropy },
            new LegendKey("heat capacity") { Line = capacity }, new LegendKey("Dulong and Petit") { Line = limit },
        ]);
        var energies = new Panel(scene, new PageRectangle(Left, Top, Width, Height), x, AxisScale.Linear(rows.SelectMany(row => new[] { row.F, row.U }), 5));
        energies.Line(rows.Select(row => (row.T, row.F)), free);
        energies.Line(rows.Select(row => (row.T, row.U)), inner);
        scene.PanelTitle(Left, Top - 10, "a", "energies");
        energies.Finish("Temperature (K)", "Energy (kJ/mol of cells)");

        double classical = 3 * crystal.AtomCount * (1 - thermal.LeftOutShare) * PhysicalConstants.BoltzmannElectronvoltPerKelvin * Kilojoule * 1000;
        var capacities = new Panel(scene, new PageRectangle(Left + Pitch, Top, Width, Height), x, AxisScale.Linear(rows.SelectMany(row => new[] { row.S, row.C }).Append(classical), 5, includeZero: true));
        capacities.Horizontal(classical, limit);
        capacities.Line(rows.Select(row => (row.T, row.S)), entropy);
        capacities.Line(rows.Select(row => (row.T, row.C)), capacity);
        scene.PanelTitle(Left + Pitch, Top - 10, "b", "entropy and heat capacity");
        capacities.Finish("Temperature (K)", "J/(K mol of cells)");

        var data = new CsvTable("temperature_K", "free_energy_kJ_per_mol", "internal_energy_kJ_per_mol", "entropy_J_per_K_mol", "heat_capacity_J_per_K_mol", "free_energy_eV", "entropy_eV_per_K", "heat_capacity_eV_per_K");
        foreach (ThermalState state in thermal.States)
        {
            data.Add(
                Numbers.Csv(state.TemperatureKelvin), Numbers.Csv(state.FreeEnergyElectronvolt * Kilojoule), Numbers.Csv(state.InternalEnergyElectronvolt * Kilojoule),
                Numbers.Csv(state.EntropyElectronvoltPerKelvin * Kilojoule * 1000), Numbers.Csv(state.HeatCapacityElectronvoltPerKelvin * Kilojoule * 1000),
                Numbers.Csv(state.FreeEnergyElectronvolt), Numbers.Csv(state.EntropyElectronvoltPerKelvin), Numbers.Csv(state.HeatCapacityElectronvoltPerKelvin));
        }

        string formula = Numbers.Formula(ChemicalFormula.Reduced(crystal));
        return new ReportFigure(
            "thermal-properties", "Thermal properties", $"{formula}: thermal properties of the harmonic vibrations",
            "Per mole of primitive cells, at constant volume, with the zero-point energy. Dashed: the classical limit of the heat capacity for the modes that count.", scene.Build(), data);
    }
}
