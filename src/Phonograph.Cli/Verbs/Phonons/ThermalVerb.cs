using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Phonograph.Cli.Terminal;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons thermal</c>: free energy, entropy and heat capacity.</summary>
internal static class ThermalVerb
{
    internal static Command Create()
    {
        var command = new Command(
            "thermal",
            "Free energy (kJ/mol and eV per primitive cell), entropy and heat capacity (J/(K mol)) of the harmonic vibrations.\n"
            + "Example: phonograph phonons thermal phonopy_params.yaml --mesh 20,20,20 --temperatures 0:1000:10 --output phonons");
        var input = new ThermalInput(command, "Folder for thermal_properties.yaml (phonopy's format), thermal.svg, thermal.png and thermal.csv.");
        return CliRun.Verb(command, run =>
        {
            ThermalSum sum = input.Load(run);
            var phonons = MeshPhonons.Of(sum.Matrix, sum.Mesh);
            var thermal = ThermalProperties.Of(phonons, sum.TemperaturesKelvin, sum.Rule);
            string yaml = sum.File("thermal_properties.yaml");
            ThermalYamlFile.Write(yaml, phonons, thermal, sum.Rule);
            ImmutableArray<string> figures = PhononFigures.WriteThermal(sum.File("thermal"), sum.Crystal.PrimitiveCell, thermal);
            const double Kilojoule = ThermalProperties.KilojoulePerMole;
            PhononOutput.Print(
                run,
                $"{sum.Description}\n{Text(thermal)}\n{yaml}, {string.Join(", ", figures)}",
                new
                {
                    mesh = sum.MeshNumbers,
                    wave_vectors = sum.Mesh.PointsFractional.Length,
                    zero_point_energy_kJ_per_mol = thermal.ZeroPointEnergyElectronvolt * Kilojoule,
                    zero_point_energy_eV = thermal.ZeroPointEnergyElectronvolt,
                    left_out_share = thermal.LeftOutShare,
                    imaginary_share = thermal.ImaginaryShare,
                    temperatures_K = sum.TemperaturesKelvin,
                    free_energy_kJ_per_mol = thermal.States.Select(state => state.FreeEnergyElectronvolt * Kilojoule),
                    free_energy_eV = thermal.States.Select(state => state.FreeEnergyElectronvolt),
                    entropy_J_per_K_mol = thermal.States.Select(state => state.EntropyElectronvoltPerKelvin * Kilojoule * 1000),
                    heat_capacity_J_per_K_mol = thermal.States.Select(state => state.HeatCapacityElectronvoltPerKelvin * Kilojoule * 1000),
                    source = sum.Crystal.Source,
                    files = figures.Prepend(yaml),
                });
            return Task.FromResult(0);
        });
    }

    private static string Text(ThermalProperties thermal)
    {
        const double Kilojoule = ThermalProperties.KilojoulePerMole;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"zero-point energy {thermal.ZeroPointEnergyElectronvolt * Kilojoule:F5} kJ/mol ({thermal.ZeroPointEnergyElectronvolt:F6} eV) per cell; imaginary modes {thermal.ImaginaryShare:P2}, left out {thermal.LeftOutShare:P2}\n");
        using var table = new StringWriter(CultureInfo.InvariantCulture);
        int every = Math.Max(1, thermal.States.Length / 12);
        TextTable.Write(
            table,
            ["T (K)", "F (kJ/mol)", "F (eV)", "S (J/K/mol)", "C (J/K/mol)"],
            thermal.States.Where((_, index) => index % every == 0 || index == thermal.States.Length - 1).Select(state => (IReadOnlyList<string>)
            [
                state.TemperatureKelvin.ToString("0.###", CultureInfo.InvariantCulture),
                (state.FreeEnergyElectronvolt * Kilojoule).ToString("F5", CultureInfo.InvariantCulture),
                state.FreeEnergyElectronvolt.ToString("F6", CultureInfo.InvariantCulture),
                (state.EntropyElectronvoltPerKelvin * Kilojoule * 1000).ToString("F4", CultureInfo.InvariantCulture),
                (state.HeatCapacityElectronvoltPerKelvin * Kilojoule * 1000).ToString("F4", CultureInfo.InvariantCulture),
            ]));
        return text.Append(table.ToString().TrimEnd()).ToString();
    }
}
