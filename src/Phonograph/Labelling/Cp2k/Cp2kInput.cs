using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Cp2k;

/// <summary>Writes CP2K input (https://manual.cp2k.org). Lengths in Å, the unit CP2K reads.</summary>
internal static class Cp2kInput
{
    internal const string EnergyFile = "job.out";
    internal const string ForcesFile = "job.forces";
    internal const string StressFile = "job.stress";
    internal const string StatesFile = "job.states";

    /// <summary>Wave function a stage leaves for the next one.</summary>
    internal const string WaveFunctionFile = "job-RESTART.wfn";

    /// <param name="crystal">What to compute.</param>
    /// <param name="level">Level of theory.</param>
    /// <param name="mesh">k-points.</param>
    /// <param name="stage">Path to convergence.</param>
    /// <param name="isSeeded">Start from the wave function of an earlier stage.</param>
    /// <param name="isSeed">Only leave a wave function: no forces, no stress.</param>
    internal static string Write(Crystal crystal, Cp2kLevel level, KPointMesh mesh, ScfStage stage, bool isSeeded, bool isSeed)
    {
        var input = new StringBuilder();
        input.Append($"&GLOBAL\n  PROJECT job\n  RUN_TYPE {(isSeed ? "ENERGY" : "ENERGY_FORCE")}\n  PRINT_LEVEL LOW\n&END GLOBAL\n");
        input.Append("&FORCE_EVAL\n  METHOD QUICKSTEP\n");
        if (!isSeed)
        {
            input.Append("  STRESS_TENSOR ANALYTICAL\n");
        }

        input.Append("  &DFT\n");
        if (isSeeded)
        {
            input.Append($"    WFN_RESTART_FILE_NAME {WaveFunctionFile}\n");
        }

        level.WriteMethod(input);
        Cp2kPoints.Write(input, mesh);
        WriteScf(input, level, stage, isSeeded, isSeed);
        if (!isSeed)
        {
            WriteStates(input);
        }

        input.Append("  &END DFT\n");
        if (!isSeed)
        {
            WriteOutput(input);
        }

        ImmutableArray<Cp2kKind> kinds = Cp2kKind.ByElement(crystal);
        input.Append("  &SUBSYS\n");
        WriteAtoms(input, crystal, kinds);
        level.WriteKinds(input, Cp2kKind.Distinct(kinds));
        input.Append("  &END SUBSYS\n");
        input.Append("&END FORCE_EVAL\n");
        return input.ToString();
    }

    /// <summary>Forces and stress in files of their own.</summary>
    internal static void WriteOutput(StringBuilder input) => input
        .Append($"  &PRINT\n    &FORCES\n      NDIGITS 12\n      FILENAME ={ForcesFile}\n    &END FORCES\n")
        .Append($"    &STRESS_TENSOR\n      FILENAME ={StressFile}\n    &END STRESS_TENSOR\n  &END PRINT\n");

    /// <summary>Eigenvalues of the converged state in a file of their own, once for each computed geometry.</summary>
    internal static void WriteStates(StringBuilder input)
    {
        // A period no run reaches keeps the eigenvalues of single steps out of the output; those of the converged state are always written.
        input.Append("    &PRINT\n      &MO\n        EIGENVALUES\n        OCCUPATION_NUMBERS\n        NDIGITS 12\n");
        input.Append($"        FILENAME ={StatesFile}\n        &EACH\n          QS_SCF 1000000\n        &END EACH\n      &END MO\n    &END PRINT\n");
    }

    internal static void WriteScf(StringBuilder input, Cp2kLevel level, ScfStage stage, bool isSeeded, bool isSeed)
    {
        input.Append($"    &SCF\n      SCF_GUESS {(isSeeded ? "RESTART" : stage.Guess ?? level.Guess)}\n      EPS_SCF {level.EpsilonScf}\n");
        WriteRoute(input, stage);
        string restart = isSeed ? "ON\n          &EACH\n            QS_SCF 0\n          &END EACH\n          ADD_LAST NUMERIC" : "OFF";
        input.Append($"      &PRINT\n        &RESTART {restart}\n        &END RESTART\n        &RESTART_HISTORY OFF\n        &END RESTART_HISTORY\n      &END PRINT\n    &END SCF\n");
    }

    /// <summary>The way to convergence, without the starting guess.</summary>
    internal static void WriteRoute(StringBuilder input, ScfStage stage)
    {
        input.Append(CultureInfo.InvariantCulture, $"      MAX_SCF {stage.MaximumSteps}\n");
        if (!stage.Mixing.Contains("&OT", StringComparison.Ordinal))
        {
            input.Append(CultureInfo.InvariantCulture, $"      ADDED_MOS {Cp2kLevel.EmptyStates}\n");
        }

        foreach (string line in stage.Mixing.Split('\n'))
        {
            input.Append($"      {line.TrimEnd()}\n");
        }

        if (stage.SmearingKelvin is { } temperature)
        {
            input.Append(CultureInfo.InvariantCulture, $"      &SMEAR ON\n        METHOD FERMI_DIRAC\n        ELECTRONIC_TEMPERATURE [K] {temperature}\n      &END SMEAR\n");
        }
    }

    /// <summary>Cell and coordinates, each atom under the label of its kind.</summary>
    internal static void WriteAtoms(StringBuilder input, Crystal crystal, ImmutableArray<Cp2kKind> kinds)
    {
        WriteCell(input, crystal);
        WriteCoordinates(input, crystal, kinds);
    }

    internal static void WriteCell(StringBuilder input, Crystal crystal)
    {
        input.Append("    &CELL\n");
        WriteVector(input, "      A", crystal.Lattice.A);
        WriteVector(input, "      B", crystal.Lattice.B);
        WriteVector(input, "      C", crystal.Lattice.C);
        input.Append("    &END CELL\n");
    }

    internal static void WriteCoordinates(StringBuilder input, Crystal crystal, ImmutableArray<Cp2kKind> kinds)
    {
        input.Append("    &COORD\n");
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            WriteVector(input, $"      {kinds[atom].Label}", crystal.PositionCartesian(atom));
        }

        input.Append("    &END COORD\n");
    }

    internal static void WriteVector(StringBuilder input, string name, Vector3D vector) =>
        input.Append(CultureInfo.InvariantCulture, $"{name} {vector.X:R} {vector.Y:R} {vector.Z:R}\n");
}
