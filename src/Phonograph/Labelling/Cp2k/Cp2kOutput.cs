using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.Cp2k;

/// <summary>
/// Reads what CP2K 2023 wrote: energy in hartree, forces in hartree/bohr, stress in GPa, eigenvalues in hartree. CP2K's analytical
/// stress is minus (1/V) dE/dstrain; the sign is changed here and proved by finite differences in the engine's tests. Every table is read to
/// its closing line: a cell that is no number and a file that was cut are failures, never a guess.
/// </summary>
internal static partial class Cp2kOutput
{
    /// <summary>Relative difference of the trace that CP2K prints from the trace of the tensor above it; twelve digits are printed.</summary>
    private const double TraceTolerance = 1e-8;

    /// <summary>Reads a finished final run.</summary>
    /// <param name="folder">Folder with the files of <see cref="Cp2kInput"/>.</param>
    /// <param name="atomCount">Number of atoms of the crystal.</param>
    /// <param name="volumeCubicAngstrom">Cell volume, Å³.</param>
    /// <param name="pointCount">Number of k-points; null where a template fixes them.</param>
    /// <returns>The label, or why there is none.</returns>
    internal static LabelOutcome Read(string folder, int atomCount, double volumeCubicAngstrom, int? pointCount)
    {
        string[] output = Lines(folder, Cp2kInput.EnergyFile);
        if (Problem(output) is { } failure)
        {
            return failure;
        }

        try
        {
            double energy = Energy(output);
            ImmutableArray<Vector3D> forces = Forces(Lines(folder, Cp2kInput.ForcesFile), atomCount);
            Matrix3x3 stress = Stress(Lines(folder, Cp2kInput.StressFile));
            return new Label(energy, forces, stress, Cp2kStates.Read(Cp2kInput.StatesFile, Lines(folder, Cp2kInput.StatesFile), pointCount), volumeCubicAngstrom);
        }
        catch (FormatException error)
        {
            return new LabelFailure("unreadable-output", error.Message);
        }
    }

    /// <summary>Why a run is no good; null when it converged and ended as it should.</summary>
    internal static LabelFailure? Problem(IReadOnlyList<string> output)
    {
        if (output.Any(line => line.Contains("SCF run NOT converged", StringComparison.Ordinal)))
        {
            return new LabelFailure("not-converged", $"Self-consistency not reached; {LastStep(output)}");
        }

        int abort = output.ToList().FindIndex(line => line.Contains("[ABORT]", StringComparison.Ordinal));
        if (abort >= 0)
        {
            string message = string.Join(' ', output.Skip(abort).Take(8).Select(line => line.Trim(' ', '*', '\\', '/', '_', '|')).Where(text => text.Length > 3));
            return new LabelFailure("engine-error", Blanks().Replace(message, " "));
        }

        return output.Any(line => line.Contains("PROGRAM ENDED AT", StringComparison.Ordinal))
            ? null
            : new LabelFailure("engine-error", $"{Cp2kInput.EnergyFile} ends early; last line: {output.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "none"}");
    }

    internal static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    internal static FormatException Unreadable(string file, int line, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line + 1}: found '{Blanks().Replace(found.Trim(), " ")}'; expected {expected}."));

    /// <summary>The last step without its wall time, so that a record does not depend on the machine's load.</summary>
    private static string LastStep(IReadOnlyList<string> output)
    {
        if (output.LastOrDefault(line => StepLine().IsMatch(line)) is not { } line)
        {
            return "no step was printed";
        }

        string[] cells = Cells(line);
        return $"last step {cells[0]}: error {cells[^3]}, energy {cells[^2]} hartree, change {cells[^1]} hartree";
    }

    /// <summary>Total energy, eV.</summary>
    private static double Energy(string[] lines)
    {
        int line = Array.FindLastIndex(lines, candidate => candidate.StartsWith(" ENERGY| Total FORCE_EVAL", StringComparison.Ordinal));
        if (line < 0)
        {
            throw new FormatException($"{Cp2kInput.EnergyFile} holds no line 'ENERGY| Total FORCE_EVAL'.");
        }

        return TryNumber(lines[line].Split(':')[^1], out double hartree)
            ? hartree * PhysicalConstants.HartreeElectronvolt
            : throw Unreadable(Cp2kInput.EnergyFile, line, lines[line], "an energy");
    }

    /// <summary>Forces, eV/Å.</summary>
    private static ImmutableArray<Vector3D> Forces(string[] lines, int atomCount)
    {
        const double unit = PhysicalConstants.HartreeElectronvolt / PhysicalConstants.BohrAngstrom;
        var forces = ImmutableArray.CreateBuilder<Vector3D>(atomCount);
        for (int line = 0; line < lines.Length; line++)
        {
            if (lines[line].StartsWith(" SUM OF ATOMIC FORCES", StringComparison.Ordinal))
            {
                return forces.Count == atomCount
                    ? forces.ToImmutable()
                    : throw new FormatException($"{Cp2kInput.ForcesFile} holds {forces.Count} forces for {atomCount} atoms.");
            }

            string[] cells = Cells(lines[line]);
            if (cells.Length == 0 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int atom))
            {
                continue;
            }

            if (atom != forces.Count + 1 || cells.Length != 6
                || !TryNumber(cells[3], out double x) || !TryNumber(cells[4], out double y) || !TryNumber(cells[5], out double z))
            {
                throw Unreadable(Cp2kInput.ForcesFile, line, lines[line], $"the force on atom {forces.Count + 1}");
            }

            forces.Add(unit * new Vector3D(x, y, z));
        }

        throw new FormatException($"{Cp2kInput.ForcesFile} holds {forces.Count} forces for {atomCount} atoms and no line 'SUM OF ATOMIC FORCES'.");
    }

    /// <summary>Stress (1/V) dE/dstrain, eV/Å³.</summary>
    private static Matrix3x3 Stress(string[] lines)
    {
        int header = Array.FindIndex(lines, line => line.Contains("stress tensor [GPa]", StringComparison.OrdinalIgnoreCase));
        if (header < 0)
        {
            throw new FormatException($"{Cp2kInput.StressFile} holds no stress tensor in GPa.");
        }

        var rows = new Vector3D[3];
        for (int row = 0; row < 3; row++)
        {
            string[] cells = Row(header + 2 + row);
            if (cells.Length != 5 || cells[1] != "xyz"[row].ToString()
                || !TryNumber(cells[2], out double x) || !TryNumber(cells[3], out double y) || !TryNumber(cells[4], out double z))
            {
                throw Expected(header + 2 + row, $"row {"xyz"[row]} of the stress tensor");
            }

            rows[row] = new Vector3D(x, y, z);
        }

        var tensor = new Matrix3x3(rows[0], rows[1], rows[2]);
        double scale = Enumerable.Range(0, 3).Max(axis => Math.Abs(rows[axis][axis]));
        return Row(header + 5) is [_, "1/3", "Trace", { } text] && TryNumber(text, out double third) && Math.Abs(third - (tensor.Trace / 3)) <= TraceTolerance * scale
            ? -1 / PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal * tensor
            : throw Expected(header + 5, "a third of the trace of the tensor above");

        string[] Row(int line) => line < lines.Length && lines[line].StartsWith(" STRESS|", StringComparison.Ordinal) ? Cells(lines[line]) : [];

        FormatException Expected(int line, string what) => Unreadable(Cp2kInput.StressFile, line, line < lines.Length ? lines[line] : "the end of the file", what);
    }

    private static string[] Lines(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    [GeneratedRegex(@"^ +\d+ +\S.* -?\d+\.\d{6,} +-?\d\.\d+E[+-]\d+ *$")]
    private static partial Regex StepLine();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
