using System.Collections.Immutable;

namespace Phonograph.Labelling.Cp2k;

/// <summary>Recovery ladders: mixing, steps and starting guess change from rung to rung, the level never does.</summary>
internal static class Cp2kLadders
{
    /// <summary>
    /// Cells with a small gap make plain mixing jump between occupations. A level shift (V. Saunders, I. Hillier, Int. J. Quantum Chem. 7, 699
    /// (1973)) lifts the empty states on the way; at convergence it changes nothing, and CP2K reports the eigenvalues without it.
    /// </summary>
    internal static ImmutableArray<ScfRoute> ExtendedTightBinding { get; } =
    [
        ScfRoute.Direct("plain", new ScfStage(DensityMixing(), 60)),
        ScfRoute.Direct("level-shift-0.02", new ScfStage(DensityMixing("LEVEL_SHIFT 0.02"), 150)),
        ScfRoute.Direct("level-shift-0.1", new ScfStage(DensityMixing("LEVEL_SHIFT 0.1"), 600)),
        ScfRoute.Direct("level-shift-0.3", new ScfStage(DensityMixing("LEVEL_SHIFT 0.3"), 800)),
        new ScfRoute("smeared-seed", [new ScfStage(BroydenMixing("0.02"), 400, SmearingKelvin: 3000)], new ScfStage(BroydenMixing("0.02"), 400)),
    ];

    internal static ImmutableArray<ScfRoute> Pbesol { get; } =
    [
        ScfRoute.Direct("plain", new ScfStage(BroydenMixing("0.5"), 60)),
        ScfRoute.Direct("broyden-0.1", new ScfStage(BroydenMixing("0.1"), 150)),
    ];

    /// <summary>For several k-points, where neither level shifts nor seeds serve, and for templates.</summary>
    internal static ImmutableArray<ScfRoute> Broyden { get; } =
    [
        ScfRoute.Direct("broyden-0.2", new ScfStage(BroydenMixing("0.2"), 60)),
        ScfRoute.Direct("broyden-0.05", new ScfStage(BroydenMixing("0.05"), 400)),
    ];

    private static string DensityMixing(string more = "") => $"""
        &DIAGONALIZATION
        &END DIAGONALIZATION
        &MIXING
          METHOD DIRECT_P_MIXING
          ALPHA 0.2
        &END MIXING
        {more}
        """;

    private static string BroydenMixing(string alpha) => $"""
        &DIAGONALIZATION
        &END DIAGONALIZATION
        &MIXING
          METHOD BROYDEN_MIXING
          ALPHA {alpha}
          NBUFFER 8
        &END MIXING
        """;
}
