using System.Globalization;
using Phonograph.Files.Yaml;
using Phonograph.Units;

namespace Phonograph.Phonons.Formats;

/// <summary>Units of a phonopy file, which are those of the program that computed the forces, as factors to the project's.</summary>
/// <param name="Calculator">Name of that program in the file; null for VASP and its like.</param>
/// <param name="Length">Å in the file's unit of length.</param>
/// <param name="Force">eV/Å in the file's unit of force.</param>
/// <param name="ForceConstants">eV/Å² in the file's unit of force constants.</param>
internal sealed record CalculatorUnits(string? Calculator, double Length, double Force, double ForceConstants)
{
    private const string Advice = "Write the file with phonopy for one of its calculators, or convert it to Å and eV.";

    /// <summary>Reads the units of a file: what it states, or what phonopy uses for its calculator.</summary>
    internal static CalculatorUnits Of(YamlNode root)
    {
        string? calculator = root.Find("phonopy")?.Find("calculator")?.Text;
        YamlNode? stated = root.Find("physical_unit");
        (string length, string constants) = Defaults(calculator, root);
        length = stated?.Find("length")?.Text ?? length;
        constants = stated?.Find("force_constants")?.Text ?? constants;
        double lengthFactor = LengthOf(length) ?? throw (stated ?? root).Wrong($"the length unit '{length}'", "angstrom or au", Advice);
        string[] parts = constants.Split('/');
        string[] lengths = parts.Length != 2 ? [] : parts[1].EndsWith("^2", StringComparison.Ordinal) ? [parts[1][..^2], parts[1][..^2]] : parts[1].Split('.');
        if (lengths.Length != 2 || EnergyOf(parts[0]) is not { } energy || LengthOf(lengths[0]) is not { } first || LengthOf(lengths[1]) is not { } second)
        {
            throw (stated ?? root).Wrong($"the unit of force constants '{constants}'", "one like eV/angstrom^2, Ry/au^2 or eV/angstrom.au", Advice);
        }

        // One length is that of displacements, the other that of forces.
        return new CalculatorUnits(calculator, lengthFactor, energy * lengthFactor / (first * second), energy / (first * second));
    }

    /// <summary>e²/(4πε₀) in eV·Å from the factor a file states in the calculator's units.</summary>
    internal double Coulomb(YamlNode stated)
    {
        const double Physical = PhysicalConstants.HartreeElectronvolt * PhysicalConstants.BohrAngstrom;
        double raw = stated.Real("nac_unit_conversion_factor"), converted = raw * ForceConstants * Length * Length * Length;
        bool IsPlausible(double value) => Math.Abs((value / Physical) - 1) < 0.01;
        return IsPlausible(converted) ? converted : IsPlausible(raw) ? raw : throw stated.Wrong(
            raw.ToString("R", CultureInfo.InvariantCulture), $"a factor that is {Physical.ToString("F3", CultureInfo.InvariantCulture)} eV·Å in the file's units", "Correct the factor, or take it out.");
    }

    private static (string Length, string Constants) Defaults(string? calculator, YamlNode root) => calculator switch
    {
        null or "vasp" or "aims" or "crystal" or "castep" => ("angstrom", "eV/angstrom^2"),
        "abinit" or "siesta" or "abacus" => ("au", "eV/angstrom.au"),
        "qe" => ("au", "Ry/au^2"),
        "wien2k" => ("au", "mRy/au^2"),
        "elk" or "dftbp" or "turbomole" or "fleur" => ("au", "hartree/au^2"),
        "cp2k" => ("angstrom", "hartree/angstrom.au"),
        _ => throw root.Wrong($"the calculator '{calculator}'", "one that phonopy 2 knows", Advice),
    };

    private static double? LengthOf(string name) => name switch
    {
        "angstrom" => 1,
        "au" => PhysicalConstants.BohrAngstrom,
        _ => null,
    };

    private static double? EnergyOf(string name) => name switch
    {
        "eV" => 1,
        "Ry" => PhysicalConstants.HartreeElectronvolt / 2,
        "mRy" => PhysicalConstants.HartreeElectronvolt / 2000,
        "hartree" => PhysicalConstants.HartreeElectronvolt,
        _ => null,
    };
}
