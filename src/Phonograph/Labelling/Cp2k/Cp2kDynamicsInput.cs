using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.Cp2k;

/// <summary>
/// Writes the input of a molecular dynamics run of CP2K: the level of the labels to the letter, the project's masses and the given velocities (bohr per
/// atomic unit of time). The wave function of a step starts from those before it by CP2K's default for dynamics, the always stable
/// predictor-corrector of J. Kolafa, J. Comput. Chem. 25, 335 (2004).
/// </summary>
internal static class Cp2kDynamicsInput
{
    internal const string PositionsFile = "job.positions";
    internal const string VelocitiesFile = "job.velocities";

    /// <summary>Energies of every step; CP2K chooses the name.</summary>
    internal const string EnergiesFile = "job-1.ener";

    /// <summary>Where CP2K keeps the random numbers of its thermostat after every step.</summary>
    internal const string RestartFile = "job-1.restart";

    internal static string Write(DynamicsRequest request, Cp2kLevel level, ScfStage stage)
    {
        var input = new StringBuilder();
        input.Append(CultureInfo.InvariantCulture, $"&GLOBAL\n  PROJECT job\n  RUN_TYPE MD\n  PRINT_LEVEL LOW\n  SEED {request.Seed}\n&END GLOBAL\n&MOTION\n");
        WriteMotion(input, request);
        WriteOutput(input, "TRAJECTORY", $"FILENAME ={PositionsFile}\n      UNIT angstrom");
        WriteOutput(input, "VELOCITIES", $"FILENAME ={VelocitiesFile}\n      UNIT angstrom*fs^-1");
        WriteOutput(input, "FORCES", $"FILENAME ={Cp2kInput.ForcesFile}");
        WriteOutput(input, "RESTART", "BACKUP_COPIES 1");
        input.Append("    &RESTART_HISTORY OFF\n    &END RESTART_HISTORY\n  &END PRINT\n&END MOTION\n");

        input.Append("&FORCE_EVAL\n  METHOD QUICKSTEP\n  &DFT\n");
        level.WriteMethod(input);
        Cp2kInput.WriteScf(input, level, stage, isSeeded: false, isSeed: false);
        Cp2kInput.WriteStates(input);
        input.Append("  &END DFT\n  &SUBSYS\n");
        Crystal crystal = request.Reference.Displaced(request.Start.DisplacementsCartesian.AsSpan());
        ImmutableArray<Cp2kKind> kinds = Cp2kKind.ByMass(crystal);
        Cp2kInput.WriteAtoms(input, crystal, kinds);
        input.Append("    &VELOCITY\n");
        const double atomic = PhysicalConstants.AtomicTimeFemtosecond / PhysicalConstants.BohrAngstrom;
        foreach (Vector3D velocity in request.Start.VelocitiesCartesian)
        {
            Cp2kInput.WriteVector(input, "     ", atomic * velocity);
        }

        input.Append("    &END VELOCITY\n");
        if (kinds.Any(kind => kind.Label != kind.Element.Symbol))
        {
            // At xTB levels CP2K 2023.1 gives all atoms of an element the first kind of it, and its mass, unless told so.
            input.Append("    &TOPOLOGY\n      USE_ELEMENT_AS_KIND F\n    &END TOPOLOGY\n");
        }

        level.WriteKinds(input, Cp2kKind.Distinct(kinds));
        return input.Append("  &END SUBSYS\n&END FORCE_EVAL\n").ToString();
    }

    private static void WriteMotion(StringBuilder input, DynamicsRequest request)
    {
        int first = Math.Max(0, request.FirstStep - 1);
        input.Append(CultureInfo.InvariantCulture, $"  &MD\n    ENSEMBLE {(request.Thermostat is null ? "NVE" : "NVT")}\n    STEPS {request.LastStep - first}\n    TIMESTEP {request.TimeStepFemtosecond:R}\n");
        if (request.Thermostat is { } thermostat)
        {
            input.Append(CultureInfo.InvariantCulture, $"    TEMPERATURE {thermostat.TemperatureKelvin:R}\n    &THERMOSTAT\n      TYPE CSVR\n      &CSVR\n        TIMECON {thermostat.TimeFemtosecond:R}\n");
            if (Cp2kRandomNumbers.After(request) is { } record)
            {
                input.Append($"        &RNG_INIT\n{record}\n        &END RNG_INIT\n");
            }

            input.Append("      &END CSVR\n    &END THERMOSTAT\n");
        }

        input.Append("  &END MD\n  &PRINT\n");
    }

    private static void WriteOutput(StringBuilder input, string section, string keywords) =>
        input.Append($"    &{section}\n      {keywords}\n      &EACH\n        MD 1\n      &END EACH\n    &END {section}\n");
}
