using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>The real program, for tests that need it.</summary>
internal static class InstalledCp2k
{
    /// <summary>Trait of the tests that need a program from outside.</summary>
    internal const string Category = "Engine";

    private static readonly Lazy<Cp2kEngine> Installed = new(() => new Cp2kEngine());

    /// <summary>The engine; the test is skipped, with what to do, where CP2K is not installed.</summary>
    internal static Cp2kEngine Engine
    {
        get
        {
            EngineAvailability found = Installed.Value.Probe();
            Assert.SkipUnless(found.IsInstalled, $"needs CP2K: {found.HowToGet}");
            return Installed.Value;
        }
    }

    internal static EngineContract Contract(string level) => new(Engine, level);

    internal static Task<Label> LabelAsync(string level, Crystal crystal) => Contract(level).LabelAsync(crystal, TestContext.Current.CancellationToken);

    /// <summary>One rung alone.</summary>
    internal static async Task<LabelOutcome> ComputeAsync(string level, int rung, Crystal crystal)
    {
        using var folder = new TemporaryFolder();
        return await Engine.ComputeAsync(new EngineRequest(crystal, level, rung, folder.Path, Threads: 1), TestContext.Current.CancellationToken);
    }
}
