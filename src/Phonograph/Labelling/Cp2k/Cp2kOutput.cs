using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.Cp2k;

/// <summary>
/// Reads what CP2K 2023 wrote: energy in hartree, forces in hartree/bohr, stress in GPa, eigenvalues in hartree. CP2K's analytical
/// stress is minus (1/V) dE/dstrain; the sign is changed here and proved by finite differences in the engine's tests.
/// </summary>
internal static partial class Cp2kOutput
{
    private const string EigenvalueReference = "average electrostatic potential";

    /// <summary>Fractions of an electron pair below this are rounding.</summary>
    private const double OccupationTolerance = 1e-6;

    /// <summary>Reads a finished final run.</summary>
    /// <param name="folder">Folder with the files of <see cref="Cp2kInput"/>.</param>
    /// <param name="atomCount">Number of atoms of the crystal.</param>
    /// <param name="volumeCubicAngstrom">Cell volume, Å³.</param>
    /// <returns>The label, or why there is none.</returns>
    internal static LabelOutcome Read(string folder, int atomCount, double volumeCubicAngstrom)
    {
        string[] output = Lines(folder, Cp2kInput.EnergyFile);
        if (Problem(output) is { } failure)
        {
            return failure;
        }

        double? energy = null;
        foreach (string line in output)
        {
            if (line.StartsWith(" ENERGY| Total FORCE_EVAL", StringComparison.Ordinal) && TryNumber(line.Split(':')[^1], out double value))
            {
                energy = value;
            }
        }

        if (energy is not { } hartree)
        {
            return new LabelFailure("unreadable-output", $"{Cp2kInput.EnergyFile} holds no line 'ENERGY| Total FORCE_EVAL' with a finite number.");
        }

        ImmutableArray<Vector3D> forces = Forces(Lines(folder, Cp2kInput.ForcesFile));
        if (forces.Length != atomCount)
        {
            return new LabelFailure("unreadable-output", $"{Cp2kInput.ForcesFile} holds {forces.Length} forces for {atomCount} atoms.");
        }

        if (Stress(Lines(folder, Cp2kInput.StressFile)) is not { } stress)
        {
            return new LabelFailure("unreadable-output", $"{Cp2kInput.StressFile} holds no complete stress tensor in GPa.");
        }

        if (Edges(Lines(folder, Cp2kInput.StatesFile)) is not { } edges)
        {
            return new LabelFailure("unreadable-output", $"{Cp2kInput.StatesFile} holds no eigenvalues, or no empty state.");
        }

        return new Label(hartree * PhysicalConstants.HartreeElectronvolt, forces, stress, edges, volumeCubicAngstrom);
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

    /// <summary>The last step without its wall time, so that a record does not depend on the machine's load.</summary>
    private static string LastStep(IReadOnlyList<string> output)
    {
        if (output.LastOrDefault(line => StepLine().IsMatch(line)) is not { } line)
        {
            return "no step was printed";
        }

        string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"last step {cells[0]}: error {cells[^3]}, energy {cells[^2]} hartree, change {cells[^1]} hartree";
    }

    private static ImmutableArray<Vector3D> Forces(string[] lines)
    {
        const double unit = PhysicalConstants.HartreeElectronvolt / PhysicalConstants.BohrAngstrom;
        var forces = ImmutableArray.CreateBuilder<Vector3D>();
        foreach (string line in lines)
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 6 && int.TryParse(cells[0], out int index) && index == forces.Count + 1
                && TryNumber(cells[3], out double x) && TryNumber(cells[4], out double y) && TryNumber(cells[5], out double z))
            {
                forces.Add(unit * new Vector3D(x, y, z));
            }
        }

        return forces.ToImmutable();
    }

    private static Matrix3x3? Stress(string[] lines)
    {
        if (!lines.Any(line => line.Contains("stress tensor [GPa]", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var rows = new List<Vector3D>();
        foreach (string line in lines)
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (rows.Count < 3 && cells.Length == 5 && cells[0] == "STRESS|" && cells[1] == "xyz"[rows.Count].ToString()
                && TryNumber(cells[2], out double x) && TryNumber(cells[3], out double y) && TryNumber(cells[4], out double z))
            {
                rows.Add(new Vector3D(x, y, z));
            }
        }

        return rows.Count == 3
            ? -1 / PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal * new Matrix3x3(rows[0], rows[1], rows[2])
            : null;
    }

    private static BandEdges? Edges(string[] lines)
    {
        double highestOccupied = double.NegativeInfinity;
        double lowestEmpty = double.PositiveInfinity;
        bool isFractional = false;
        foreach (string line in lines)
        {
            if (line.Contains("EIGENVALUES AND OCCUPATION NUMBERS", StringComparison.Ordinal))
            {
                // A seeded run first prints the states it starts from: the last block counts.
                (highestOccupied, lowestEmpty, isFractional) = (double.NegativeInfinity, double.PositiveInfinity, false);
            }

            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length != 5 || cells[0] != "MO|" || !int.TryParse(cells[1], out _)
                || !TryNumber(cells[2], out double eigenvalue) || !TryNumber(cells[4], out double occupation))
            {
                continue;
            }

            isFractional |= occupation > OccupationTolerance && occupation < 2 - OccupationTolerance;
            if (occupation > 1)
            {
                highestOccupied = Math.Max(highestOccupied, eigenvalue);
            }
            else
            {
                lowestEmpty = Math.Min(lowestEmpty, eigenvalue);
            }
        }

        return double.IsFinite(highestOccupied) && double.IsFinite(lowestEmpty)
            ? new BandEdges(
                highestOccupied * PhysicalConstants.HartreeElectronvolt,
                lowestEmpty * PhysicalConstants.HartreeElectronvolt,
                EigenvalueReference,
                isFractional || lowestEmpty <= highestOccupied)
            : null;
    }

    private static string[] Lines(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    [GeneratedRegex(@"^ +\d+ +\S.* -?\d+\.\d{6,} +-?\d\.\d+E[+-]\d+ *$")]
    private static partial Regex StepLine();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
