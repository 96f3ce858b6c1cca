using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

/// <summary>phonopy's own examples, loaded from their files as a phonopy user has them, against numbers of phonopy 2.17.1 (make_reference.py beside the data).</summary>
public sealed class PhonopyFilesReferenceTests
{
    [Theory]
    [InlineData("NaCl")]
    [InlineData("SnO2")]
    [InlineData("sg-Pa-3")]
    public void Frequencies_at_any_wave_vector_are_those_of_phonopy(string name)
    {
        (JsonElement json, HarmonicCrystal crystal) = Load(name);
        DynamicalMatrix matrix = crystal.Matrix(null);
        Vector3D[] waves = [.. PhonopyCase.Vectors(json.GetProperty("qpoints"))];
        for (int q = 0; q < waves.Length; q++)
        {
            PhonopyCase.AssertFrequencies(PhonopyCase.Numbers(json.GetProperty("frequencies_THz")[q]), matrix.FrequenciesTerahertz(waves[q]));
        }
    }

    [Theory]
    [InlineData("NaCl")]
    [InlineData("SnO2")]
    [InlineData("sg-Pa-3")]
    public void Free_energy_and_heat_capacity_are_those_of_phonopy_without_the_rounding_of_its_translations(string name)
    {
        (JsonElement json, HarmonicCrystal crystal) = Load(name);
        JsonElement thermal = json.GetProperty("thermal");
        double[] temperatures = PhonopyCase.Numbers(thermal.GetProperty("temperatures_K"));
        var mesh = WaveVectorMesh.Of(new IntegerVector3(8, 8, 8), crystal.Group, isGammaCentred: true);
        var own = ThermalProperties.Of(MeshPhonons.Of(crystal.Matrix(null), mesh), temperatures);

        // phonopy counts every mode with a positive frequency, and so those translations at Γ that its rounding made positive (1e-7 THz): one mode for NaCl, and
        // 0.09 kJ/mol at 300 K. The reference holds those frequencies; what they add is taken out of it.
        double[] translations = [.. PhonopyCase.Numbers(json.GetProperty("frequencies_THz")[0])[..3].Where(frequency => frequency > 0)];
        Assert.All(translations, frequency => Assert.True(frequency < 1e-6));
        const double Boltzmann = 8.6173382e-5 * ThermalProperties.KilojoulePerMole, Planck = 4.13566733e-3;
        for (int t = 0; t < temperatures.Length; t++)
        {
            double kelvin = temperatures[t];
            double added = kelvin == 0 ? 0 : translations.Sum(frequency => Boltzmann * kelvin * Math.Log(Planck * frequency / (8.6173382e-5 * kelvin))) / mesh.TotalCount;
            double heat = kelvin == 0 ? 0 : 1000 * Boltzmann * translations.Length / mesh.TotalCount;
            ThermalState state = own.States[t];
            PhonopyCase.AssertRelative(thermal.GetProperty("free_energy_kJ_mol")[t].GetDouble() - added, state.FreeEnergyElectronvolt * ThermalProperties.KilojoulePerMole, 1e-5, 1e-3);
            PhonopyCase.AssertRelative(thermal.GetProperty("heat_capacity_J_K_mol")[t].GetDouble() - heat, state.HeatCapacityElectronvoltPerKelvin * ThermalProperties.KilojoulePerMole * 1000, 1e-5, 1e-6);
        }
    }

    [Theory]
    [InlineData("NaCl", "gonze")]
    [InlineData("NaCl", "wang")]
    [InlineData("SnO2", "gonze")]
    [InlineData("SnO2", "wang")]
    public void With_born_charges_frequencies_are_those_that_phonopy_finds(string name, string method)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        (_, HarmonicCrystal crystal) = Load(name);
        string folder = OutsideReference.Find("phonopy", name)!;
        const string Script = """
            import sys, warnings
            import numpy as np
            warnings.filterwarnings("ignore")
            import phonopy
            from phonopy.file_IO import parse_BORN
            folder, method = sys.argv[1:]
            p = phonopy.load(folder + "/phonopy_disp.yaml", force_sets_filename=folder + "/FORCE_SETS", is_nac=False, log_level=0)
            nac = parse_BORN(p.primitive, filename=folder + "/BORN")
            nac["method"] = method
            nac["factor"] = nac["factor"] or 14.39964548
            p.nac_params = nac
            for q in ([0, 0, 0], [0.01, 0, 0], [0.5, 0.5, 0.5], [0.1, 0.2, 0.3], [0.05, 0.4, 0.2], [0.3, 0.3, 0]):
                print(*[repr(float(f)) for f in p.get_frequencies(q)])
            """;
        string[] answer = PythonProgram.Run(Script, folder, method).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        DynamicalMatrix matrix = crystal.Matrix(method == "gonze" ? Phonograph.Phonons.Polar.NonAnalyticalTerm.GonzeLee : Phonograph.Phonons.Polar.NonAnalyticalTerm.Wang);
        Vector3D[] waves = [new(0, 0, 0), new(0.01, 0, 0), new(0.5, 0.5, 0.5), new(0.1, 0.2, 0.3), new(0.05, 0.4, 0.2), new(0.3, 0.3, 0)];
        for (int q = 0; q < waves.Length; q++)
        {
            double[] expected = [.. answer[q].Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
            PhonopyCase.AssertFrequencies(expected, matrix.FrequenciesTerahertz(waves[q]));
        }
    }

    private static (JsonElement Json, HarmonicCrystal Crystal) Load(string name)
    {
        string? folder = OutsideReference.Find("phonopy", name);
        Assert.SkipUnless(folder is not null, OutsideReference.HowToGet);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "phonopy_reference.json"))).RootElement;
        string sets = Path.Combine(folder, "FORCE_SETS"), yaml = Path.Combine(folder, "phonopy_disp.yaml");
        if (File.Exists(yaml))
        {
            // FORCE_SETS and BORN are found beside it.
            return (json, new PhononFiles().Load(yaml));
        }

        Crystal table = Poscar.Read(Path.Combine(folder, "POSCAR-unitcell"));
        JsonElement masses = json.GetProperty("masses_amu");
        var unit = new Crystal(table.Lattice, table.Elements, table.PositionsFractional, [.. table.Elements.Select(element => masses.GetProperty(element.Symbol).GetDouble())]);
        return (json, new PhononFiles(ForceSets: sets).Load(Supercell.Of(unit, 2, 2, 2), PrimitiveTransformation.None));
    }
}
