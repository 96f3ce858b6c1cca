using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Cp2k;

/// <summary>Input of a run that prints eigenvalues at wave vectors, or the shares of shells in the states at Γ; no forces, no stress.</summary>
internal static class Cp2kBandInput
{
    /// <summary>File of the eigenvalues at wave vectors.</summary>
    internal const string BandFile = "job.bs";

    /// <summary>Writes it.</summary>
    /// <param name="crystal">What to compute.</param>
    /// <param name="level">Level of theory.</param>
    /// <param name="mesh">k-points that lead to the potential.</param>
    /// <param name="stage">Path to convergence.</param>
    /// <param name="points">Wave vectors; null to take the states at Γ apart.</param>
    internal static string Write(Crystal crystal, Cp2kLevel level, KPointMesh mesh, ScfStage stage, ImmutableArray<Vector3D>? points)
    {
        var input = new StringBuilder("&GLOBAL\n  PROJECT job\n  RUN_TYPE ENERGY\n  PRINT_LEVEL LOW\n&END GLOBAL\n&FORCE_EVAL\n  METHOD QUICKSTEP\n  &DFT\n");
        level.WriteMethod(input);
        if (points is { } wanted)
        {
            Cp2kPoints.WriteAlways(input, mesh);
            Cp2kInput.WriteScf(input, level, stage, isSeeded: false, isSeed: false);
            WritePoints(input, wanted);
        }
        else
        {
            Cp2kInput.WriteScf(input, level, stage, isSeeded: false, isSeed: false);
            input.Append("    &PRINT\n      &PDOS\n        NLUMO -1\n      &END PDOS\n    &END PRINT\n");
        }

        ImmutableArray<Cp2kKind> kinds = Cp2kKind.ByElement(crystal);
        input.Append("  &END DFT\n  &SUBSYS\n");
        Cp2kInput.WriteAtoms(input, crystal, kinds);
        level.WriteKinds(input, Cp2kKind.Distinct(kinds));
        return input.Append("  &END SUBSYS\n&END FORCE_EVAL\n").ToString();
    }

    private static void WritePoints(StringBuilder input, ImmutableArray<Vector3D> points)
    {
        // With one interval between two special points the special points are all there is; a single one needs a companion.
        input.Append(CultureInfo.InvariantCulture, $"    &PRINT\n      &BAND_STRUCTURE\n        FILE_NAME {BandFile}\n        ADDED_MOS {Cp2kLevel.EmptyStates}\n        &KPOINT_SET\n          UNITS B_VECTOR\n          NPOINTS 1\n");
        foreach (Vector3D point in points.Length == 1 ? points.Add(points[0]) : points)
        {
            input.Append(CultureInfo.InvariantCulture, $"          SPECIAL_POINT P {point.X:R} {point.Y:R} {point.Z:R}\n");
        }

        input.Append("        &END KPOINT_SET\n      &END BAND_STRUCTURE\n    &END PRINT\n");
    }
}
