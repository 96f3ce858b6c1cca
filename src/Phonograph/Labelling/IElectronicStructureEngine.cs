using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Labelling;

/// <summary>
/// A program or model that computes energy, forces, stress and eigenvalues of a crystal. Implementations convert to the project's units
/// and signs themselves and are examined by the public test kit (<c>EngineContract</c> in Phonograph.Testing).
/// </summary>
public interface IElectronicStructureEngine
{
    /// <summary>Name on the command line, for example <c>cp2k</c>.</summary>
    string Name { get; }

    /// <summary>Levels of theory it offers, for example <c>gfn1-xtb</c>. A level fixes every setting that changes a converged number.</summary>
    IReadOnlyList<string> Levels { get; }

    /// <summary>True for analytic models, whose labels are never pooled with those of an electronic-structure program.</summary>
    bool IsModel { get; }

    /// <summary>Number of rungs of the recovery ladder at a level: settings that change the way to convergence, never the converged number.</summary>
    int RungCount(string level);

    /// <summary>Whether the engine can run here, its version, and how to get it.</summary>
    EngineAvailability Probe();

    /// <summary>Refuses a crystal that no computation at a level could use, for example one with an element that has no parameters there.</summary>
    /// <remarks>Campaigns record such a crystal as a refused job, and do not take a file of nothing else. Without an answer of its own an engine takes every crystal.</remarks>
    /// <exception cref="Files.InputException">The level has no use for the crystal; the message says why.</exception>
    void Check(Crystal crystal, string level)
    {
    }

    /// <summary>Computes one crystal with one rung of the ladder.</summary>
    /// <param name="request">What to compute, where.</param>
    /// <param name="cancellation">Ends the computation and the engine's processes at once.</param>
    /// <returns>A label or the reason why there is none; a failure is never an exception.</returns>
    Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation);
}

/// <summary>One computation asked of an engine.</summary>
/// <param name="Crystal">The crystal, with its displaced positions.</param>
/// <param name="Level">Level of theory, one of <see cref="IElectronicStructureEngine.Levels"/>.</param>
/// <param name="Rung">Rung of the recovery ladder from 0, the plain settings.</param>
/// <param name="Folder">Existing empty folder for the engine's files.</param>
/// <param name="Threads">Threads of each rank.</param>
public sealed record EngineRequest(Crystal Crystal, string Level, int Rung, string Folder, int Threads)
{
    /// <summary>Processes of MPI.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Processors of this machine that the computation is bound to; empty for any.</summary>
    public ImmutableArray<int> Processors { get; init; } = [];
}

/// <summary>Whether an engine can run here.</summary>
/// <param name="IsInstalled">True when it can run.</param>
/// <param name="Version">Version as the program states it; null when not installed.</param>
/// <param name="Path">Path of the program; null for built-in models and when not installed.</param>
/// <param name="HowToGet">The command that installs it.</param>
public sealed record EngineAvailability(bool IsInstalled, string? Version, string? Path, string HowToGet)
{
    /// <summary>What would make it faster here, as a sentence with the command; null when nothing is known.</summary>
    public string? Advice { get; init; }
}
