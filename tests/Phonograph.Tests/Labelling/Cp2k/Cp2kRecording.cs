using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>One run of the real CP2K that was kept; tests/reference/cp2k says how it was made.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Crystal">What was computed.</param>
/// <param name="Level">At which level.</param>
/// <param name="Rung">On which rung of the ladder.</param>
public sealed record Cp2kRecording(string Name, Crystal Crystal, string Level, int Rung)
{
    internal static readonly Cp2kRecording Insulator = new("ag3sbr-gfn1-xtb", Cp2kCrystals.Shaken, "gfn1-xtb", 0);

    internal static readonly Cp2kRecording DensityFunctional = new("alp-pbesol", Cp2kCrystals.AluminiumPhosphide, "pbesol", 0);

    internal static readonly Cp2kRecording Unconverged = new("al-gfn1-xtb-unconverged", Cp2kCrystals.Aluminium, "gfn1-xtb", 0);

    internal static readonly Cp2kRecording Seeded = new("ag3sbr-gfn1-xtb-seeded", Cp2kCrystals.Shaken, "gfn1-xtb", 4);

    internal static readonly Cp2kRecording TouchingEdges = new("mgo-gfn1-xtb-touching", Cp2kCrystals.MagnesiumOxide, "gfn1-xtb", 2);

    internal static readonly Cp2kRecording Aborted = new("na-gfn1-xtb-aborted", Cp2kCrystals.Sodium, "gfn1-xtb", 0);

    internal static readonly Cp2kRecording Mesh = new("nacl-gfn1-xtb-mesh", Cp2kCrystals.RockSalt, "gfn1-xtb/k2x1x2", 0);

    internal static Cp2kRecording[] All { get; } = [Insulator, DensityFunctional, Unconverged, Seeded, TouchingEdges, Aborted, Mesh];

    internal string Folder => Repository.PathOf("tests", "reference", "cp2k", Name);

    internal string[] Lines(string file) => File.ReadAllLines(Path.Combine(Folder, file));

    /// <summary>What the adapter makes of this run's files.</summary>
    internal async Task<LabelOutcome> ReadAsync()
    {
        // A seed is asked for its wave function only.
        using var program = new FakeCp2k(Folder, after: "touch job-RESTART.wfn");
        return await ComputeAsync(program);
    }

    /// <summary>What the adapter makes of a program's answer to this run's input.</summary>
    internal async Task<LabelOutcome> ComputeAsync(FakeCp2k program)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var folder = new TemporaryFolder();
        return await new Cp2kEngine(program: program.ProgramPath).ComputeAsync(
            new EngineRequest(Crystal, Level, Rung, folder.Path, Threads: 1), TestContext.Current.CancellationToken);
    }
}
