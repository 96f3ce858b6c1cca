using System.Globalization;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Properties;

namespace Phonograph.Phonons.Formats;

/// <summary>phonopy's <c>thermal_properties.yaml</c> and <c>thermal_displacement_matrices.yaml</c>: written with the same keys and units.</summary>
public static class ThermalYamlFile
{
    /// <summary>Writes thermal properties, kJ/mol and J/K/mol per primitive cell.</summary>
    /// <param name="path">File; a name ending in <c>.xz</c> or <c>.gz</c> is compressed.</param>
    /// <param name="phonons">Phonons of the mesh.</param>
    /// <param name="thermal">Thermal properties of the mesh.</param>
    /// <param name="options">Which modes counted.</param>
    public static void Write(string path, MeshPhonons phonons, ThermalProperties thermal, ThermalOptions options)
    {
        ArgumentNullException.ThrowIfNull(phonons);
        ArgumentNullException.ThrowIfNull(thermal);
        ArgumentNullException.ThrowIfNull(options);
        const double Kilojoule = ThermalProperties.KilojoulePerMole;
        long modes = (long)phonons.Mesh.TotalCount * phonons.BandCount;
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine("# Thermal properties per primitive cell (natom)\n\nunit:\n  temperature:   K\n  free_energy:   kJ/mol\n  entropy:       J/K/mol\n  heat_capacity: J/K/mol\n");
            writer.WriteLine(Line($"natom: {phonons.Crystal.AtomCount}\ncutoff_frequency: {options.CutoffTerahertz:F5}\nnum_modes: {modes}\nnum_integrated_modes: {Math.Round((1 - thermal.LeftOutShare) * modes):F0}\n"));
            writer.WriteLine(Line($"zero_point_energy: {thermal.ZeroPointEnergyElectronvolt * Kilojoule,15:F7}\n\nthermal_properties:"));
            foreach (ThermalState state in thermal.States)
            {
                writer.WriteLine(Line($"- temperature:   {state.TemperatureKelvin,15:F7}"));
                writer.WriteLine(Line($"  free_energy:   {state.FreeEnergyElectronvolt * Kilojoule,15:F7}"));
                writer.WriteLine(Line($"  entropy:       {state.EntropyElectronvoltPerKelvin * Kilojoule * 1000,15:F7}"));
                writer.WriteLine(Line($"  heat_capacity: {state.HeatCapacityElectronvoltPerKelvin * Kilojoule * 1000,15:F7}"));
                writer.WriteLine(Line($"  energy:        {state.InternalEnergyElectronvolt * Kilojoule,15:F7}\n"));
            }
        });
    }

    /// <summary>Writes thermal displacement tensors, Å²: xx, yy, zz, yz, xz, xy, Cartesian and along the cell's axes.</summary>
    /// <param name="path">File; a name ending in <c>.xz</c> or <c>.gz</c> is compressed.</param>
    /// <param name="displacements">Thermal displacements.</param>
    /// <param name="options">Which modes counted.</param>
    public static void Write(string path, ThermalDisplacements displacements, ThermalOptions options)
    {
        ArgumentNullException.ThrowIfNull(displacements);
        ArgumentNullException.ThrowIfNull(options);
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine(Line($"# Thermal displacement_matrices\nnatom: {displacements.Crystal.AtomCount,5}\nfreq_min: {options.CutoffTerahertz:F6}\nthermal_displacement_matrices:"));
            for (int t = 0; t < displacements.TemperaturesKelvin.Length; t++)
            {
                writer.WriteLine(Line($"- temperature:   {displacements.TemperaturesKelvin[t],15:F7}\n  displacement_matrices:"));
                for (int atom = 0; atom < displacements.Crystal.AtomCount; atom++)
                {
                    writer.WriteLine(Six(displacements.MatricesCartesian[t][atom], atom));
                }

                writer.WriteLine("  displacement_matrices_cif:");
                for (int atom = 0; atom < displacements.Crystal.AtomCount; atom++)
                {
                    writer.WriteLine(Six(displacements.CrystallographicMatrix(t, atom), atom));
                }
            }
        });
    }

    private static string Six(Matrix3x3 u, int atom) =>
        Line($"  - [ {u[0, 0],12:F9}, {u[1, 1],12:F9}, {u[2, 2],12:F9}, {u[1, 2],12:F9}, {u[0, 2],12:F9}, {u[0, 1],12:F9} ] # atom {atom + 1}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
