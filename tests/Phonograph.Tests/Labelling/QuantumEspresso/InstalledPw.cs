using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.QuantumEspresso;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.QuantumEspresso;

/// <summary>The real pw.x, for tests that need it.</summary>
internal static class InstalledPw
{
    private static readonly Lazy<QuantumEspressoEngine> Installed = new(() => new QuantumEspressoEngine());

    /// <summary>The engine; the test is skipped, with what to do, where pw.x is not installed.</summary>
    internal static QuantumEspressoEngine Engine
    {
        get
        {
            EngineAvailability found = Installed.Value.Probe();
            Assert.SkipUnless(found.IsInstalled, $"needs pw.x of Quantum ESPRESSO: {found.HowToGet}");
            return Installed.Value;
        }
    }

    /// <summary>One rung alone, with the files that were left.</summary>
    internal static async Task<(LabelOutcome Outcome, string[] Left)> ComputeAsync(IElectronicStructureEngine engine, string level, int rung, Crystal crystal)
    {
        using var folder = new TemporaryFolder();
        LabelOutcome outcome = await engine.ComputeAsync(new EngineRequest(crystal, level, rung, folder.Path, Threads: 1), TestContext.Current.CancellationToken);
        return (outcome, [.. Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))]);
    }
}
