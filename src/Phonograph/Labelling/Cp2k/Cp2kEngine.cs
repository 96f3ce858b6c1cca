using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling.Cp2k;

/// <summary>
/// CP2K (T. Kühne et al., J. Chem. Phys. 152, 194103 (2020), https://www.cp2k.org) as an external program, Γ only, one process per
/// computation without an MPI launcher. Adapted to version 2023.1, the one Debian 12 ships.
/// </summary>
/// <param name="niceness">Added niceness of its processes, 0 to 19.</param>
/// <param name="program">Path or name of the program; null for the one <see cref="PathVariable"/> names, <c>cp2k.psmp</c> without it.</param>
public sealed partial class Cp2kEngine(int niceness = 0, string? program = null) : IMolecularDynamicsEngine
{
    /// <summary>Environment variable that names the program when it is not on the search path as <c>cp2k.psmp</c>.</summary>
    public const string PathVariable = "PHONOGRAPH_CP2K";

    private const string InputFile = "job.inp";

    private const string HowToGet = "apt-get install -y cp2k cp2k-data";

    private static readonly ImmutableDictionary<string, string> Surroundings = ImmutableDictionary<string, string>.Empty
        .Add("OPENBLAS_NUM_THREADS", "1")
        // A single rank needs none of Open MPI's helper processes, which would live outside the process group.
        .Add("OMPI_MCA_ess_singleton_isolated", "1")
        // Isolated ranks share one session folder below /tmp: one that ends removes it while another begins in it, which then fails.
        .Add("OMPI_MCA_orte_create_session_dirs", "0");

    private EngineAvailability? _availability;

    /// <inheritdoc/>
    public string Name => "cp2k";

    /// <inheritdoc/>
    public IReadOnlyList<string> Levels { get; } = [.. Cp2kLevel.All.Select(level => level.Name)];

    /// <inheritdoc/>
    public bool IsModel => false;

    /// <inheritdoc/>
    public int RungCount(string level) => Find(level).Ladder.Length;

    /// <inheritdoc/>
    public EngineAvailability Probe() => _availability ??= Look();

    /// <inheritdoc/>
    public void Check(Crystal crystal, string level)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        Find(level).CheckElements(crystal.Elements);
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The level is unknown, or it has no parameters for an element: no crystal of the set could be labelled.</exception>
    public async Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Cp2kLevel level = Find(request.Level);
        level.CheckElements(request.Crystal.Elements);
        if (Probe() is not { IsInstalled: true, Path: { } path })
        {
            return new LabelFailure("refused", $"CP2K is not installed: {HowToGet}");
        }

        ScfRoute route = level.Ladder[request.Rung];
        for (int stage = 0; stage < route.Seeds.Length; stage++)
        {
            string input = Cp2kInput.Write(request.Crystal, level, route.Seeds[stage], isSeeded: stage > 0, isSeed: true);
            if (await RunAsync(path, request, input, cancellation) is { } ended)
            {
                return ended;
            }

            if (!File.Exists(Path.Combine(request.Folder, Cp2kInput.WaveFunctionFile)))
            {
                return new LabelFailure("engine-error", $"Seed {stage + 1} of rung '{route.Name}' left no wave function.");
            }
        }

        string final = Cp2kInput.Write(request.Crystal, level, route.Final, isSeeded: route.Seeds.Length > 0, isSeed: false);
        return await RunAsync(path, request, final, cancellation) is { } failure
            ? failure
            : Cp2kOutput.Read(request.Folder, request.Crystal.AtomCount, request.Crystal.Lattice.Volume);
    }

    /// <summary>Runs CP2K once; null when it ran to its end, whatever it printed.</summary>
    private async Task<LabelFailure?> RunAsync(string path, EngineRequest request, string input, CancellationToken cancellation)
    {
        string output = Path.Combine(request.Folder, Cp2kInput.EnergyFile);
        await File.WriteAllTextAsync(Path.Combine(request.Folder, InputFile), input, cancellation);
        File.Delete(output);
        return await WhyEndedAsync(await ProgramRunner.RunAsync(Program(path, request.Folder, request.Threads), cancellation), output, cancellation);
    }

    /// <summary>CP2K on the input file of a folder.</summary>
    private ExternalProgram Program(string path, string folder, int threads) => new(
        path,
        ["-i", InputFile, "-o", Cp2kInput.EnergyFile],
        folder,
        Surroundings.Add("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture)),
        niceness);

    /// <summary>Why a run gave nothing; null when it ran to its end, whatever it printed.</summary>
    private static async Task<LabelFailure?> WhyEndedAsync(ProgramResult result, string output, CancellationToken cancellation)
    {
        if (result.WasEndedFromOutside)
        {
            return new LabelFailure("interrupted", $"CP2K was ended from outside (exit code {result.ExitCode}).");
        }

        if (result.ExitCode == 0)
        {
            return null;
        }

        string[] lines = File.Exists(output) ? await File.ReadAllLinesAsync(output, cancellation) : [];
        LabelFailure? problem = lines.Length > 0 ? Cp2kOutput.Problem(lines) : null;
        if (problem is { Reason: "not-converged" })
        {
            // Versions after 2023 end an unconverged run with an error.
            return problem;
        }

        string said = problem?.Detail ?? result.Output.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "nothing was printed";
        return new LabelFailure("engine-error", $"CP2K ended with exit code {result.ExitCode}: {said}");
    }

    private static Cp2kLevel Find(string level) =>
        Cp2kLevel.All.FirstOrDefault(candidate => candidate.Name == level)
        ?? throw new InputException($"Engine cp2k has no level '{level}'; it offers {string.Join(", ", Cp2kLevel.All.Select(candidate => candidate.Name))}.");

    private EngineAvailability Look()
    {
        string? named = program ?? (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } variable ? variable : null);
        string wanted = named ?? "cp2k.psmp";
        string advice = named is null ? HowToGet : $"'{named}' is no CP2K program; name another one in {PathVariable}, or leave it empty and {HowToGet}";
        if (ExternalProgram.Find(wanted) is not { } path)
        {
            return new EngineAvailability(false, null, null, advice);
        }

        (string? version, string? said) = VersionOf(path);
        return version is not null
            ? new EngineAvailability(true, version, path, HowToGet)
            : new EngineAvailability(false, null, path, $"{advice} ('{path} --version' said: {said ?? "nothing"})");
    }

    /// <summary>What a program says after <c>CP2K version</c> when asked, and the first line of what it said instead.</summary>
    private static (string? Version, string? Said) VersionOf(string path)
    {
        const string mark = "CP2K version ";
        var start = new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in Surroundings)
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string? version = text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal));
            string? said = (text + '\n' + errors.Result).Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Any(char.IsLetter));
            return (version?[mark.Length..], said);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (null, error.Message);
        }
    }
}
