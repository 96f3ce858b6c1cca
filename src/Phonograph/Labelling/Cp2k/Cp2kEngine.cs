using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling.Cp2k;

/// <summary>
/// CP2K (T. Kühne et al., J. Chem. Phys. 152, 194103 (2020), https://www.cp2k.org) as an external program, one process per computation unless ranks are asked for; Γ
/// where the level names no mesh. Adapted to version 2023.1, the one Debian 12 ships.
/// </summary>
public sealed partial class Cp2kEngine : IMolecularDynamicsEngine, IAdaptableEngine
{
    /// <summary>Environment variable that names the program when it is not on the search path as <c>cp2k.psmp</c>.</summary>
    public const string PathVariable = "PHONOGRAPH_CP2K";

    private const string InputFile = "job.inp";

    private const string HowToGet = $"apt-get install -y cp2k cp2k-data {LinearAlgebraLibrary.Package}";

    private readonly int _niceness;
    private readonly string? _program;
    private readonly Cp2kTemplate? _template;
    private EngineAvailability? _availability;

    /// <summary>The engine with its built-in levels.</summary>
    /// <param name="niceness">Added niceness of its processes, 0 to 19.</param>
    /// <param name="program">Path or name of the program; null for the one <see cref="PathVariable"/> names, <c>cp2k.psmp</c> without it.</param>
    public Cp2kEngine(int niceness = 0, string? program = null)
        : this(niceness, program, [.. Cp2kLevel.All.Select(level => level.Name)], null)
    {
    }

    private Cp2kEngine(int niceness, string? program, string[] levels, Cp2kTemplate? template)
    {
        _niceness = niceness;
        _program = program;
        _template = template;
        Levels = levels;
    }

    /// <inheritdoc/>
    public string Name => "cp2k";

    /// <inheritdoc/>
    public IReadOnlyList<string> Levels { get; }

    /// <inheritdoc/>
    public bool IsModel => false;

    /// <inheritdoc/>
    public int RungCount(string level) => Ladder(level).Length;

    /// <inheritdoc/>
    public EngineAvailability Probe() => _availability ??= Look();

    /// <inheritdoc/>
    public IElectronicStructureEngine WithLevel(string level)
    {
        _ = Find(level);
        return new Cp2kEngine(_niceness, _program, [.. Levels, level], _template);
    }

    /// <inheritdoc/>
    /// <remarks>Trajectories need a built-in level.</remarks>
    public IElectronicStructureEngine WithTemplate(EngineTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var taken = new Cp2kTemplate(template);
        return new Cp2kEngine(_niceness, _program, [taken.Level], taken);
    }

    /// <inheritdoc/>
    public void Check(Crystal crystal, string level)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (level != _template?.Level)
        {
            Find(level).Level.CheckElements(crystal.Elements);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The level is unknown, or it has no parameters for an element: no crystal of the set could be labelled.</exception>
    public async Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request.Crystal, request.Level);
        if (Probe() is not { IsInstalled: true, Path: { } path })
        {
            return new LabelFailure("refused", $"CP2K is not installed: {HowToGet}");
        }

        ScfRoute route = Ladder(request.Level)[request.Rung];
        for (int stage = 0; stage < route.Seeds.Length; stage++)
        {
            if (await RunAsync(path, request, Input(request, route.Seeds[stage], isSeeded: stage > 0, isSeed: true), cancellation) is { } ended)
            {
                return ended;
            }

            if (!File.Exists(Path.Combine(request.Folder, Cp2kInput.WaveFunctionFile)))
            {
                return new LabelFailure("engine-error", $"Seed {stage + 1} of rung '{route.Name}' left no wave function.");
            }
        }

        int? points = request.Level == _template?.Level ? null : Find(request.Level).Mesh.Points().Count();
        return await RunAsync(path, request, Input(request, route.Final, isSeeded: route.Seeds.Length > 0, isSeed: false), cancellation) is { } failure
            ? failure
            : Cp2kOutput.Read(request.Folder, request.Crystal.AtomCount, request.Crystal.Lattice.Volume, points);
    }

    private string Input(EngineRequest request, ScfStage stage, bool isSeeded, bool isSeed)
    {
        if (request.Level == _template?.Level)
        {
            return _template.Fill(request.Crystal, stage);
        }

        (Cp2kLevel level, KPointMesh mesh) = Find(request.Level);
        return Cp2kInput.Write(request.Crystal, level, mesh, stage, isSeeded, isSeed);
    }

    /// <summary>Runs CP2K once; null when it ran to its end, whatever it printed.</summary>
    private async Task<LabelFailure?> RunAsync(string path, EngineRequest request, string input, CancellationToken cancellation)
    {
        string output = Path.Combine(request.Folder, Cp2kInput.EnergyFile);
        await File.WriteAllTextAsync(Path.Combine(request.Folder, InputFile), input, cancellation);
        File.Delete(output);
        return await WhyEndedAsync(await ProgramRunner.RunAsync(Program(path, request), cancellation), output, cancellation);
    }

    /// <summary>CP2K on the input file of a folder.</summary>
    private ExternalProgram Program(string path, EngineRequest request) => RankLaunch.Program(path, ["-i", InputFile, "-o", Cp2kInput.EnergyFile], request, _niceness);

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

    private ImmutableArray<ScfRoute> Ladder(string level)
    {
        if (level == _template?.Level)
        {
            return _template.Ladder;
        }

        (Cp2kLevel found, KPointMesh mesh) = Find(level);
        return mesh == KPointMesh.Gamma ? found.Ladder : Cp2kLadders.Broyden;
    }

    /// <summary>A built-in level and its mesh.</summary>
    private static (Cp2kLevel Level, KPointMesh Mesh) Find(string level)
    {
        (string name, KPointMesh mesh) = KPointMesh.OfLevel(level);
        return Cp2kLevel.All.FirstOrDefault(candidate => candidate.Name == name) is { } found
            ? (found, mesh)
            : throw new InputException($"Engine cp2k has no level '{level}'; it offers {string.Join(", ", Cp2kLevel.All.Select(candidate => candidate.Name))}, each also with a mesh as in pbesol/k2x2x2, and templates (--template).");
    }

    private EngineAvailability Look()
    {
        string? named = _program ?? (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } variable ? variable : null);
        string wanted = named ?? "cp2k.psmp";
        string advice = named is null ? HowToGet : $"'{named}' is no CP2K program; name another one in {PathVariable}, or leave it empty and {HowToGet}";
        if (ExternalProgram.Find(wanted) is not { } path)
        {
            return new EngineAvailability(false, null, null, advice);
        }

        (string? version, string? said) = VersionOf(path);
        return version is not null
            ? new EngineAvailability(true, version, path, HowToGet) { Advice = LinearAlgebraLibrary.ReferenceAdvice(path) }
            : new EngineAvailability(false, null, path, $"{advice} ('{path} --version' said: {said ?? "nothing"})");
    }

    /// <summary>What a program says after <c>CP2K version</c> when asked, and the first line of what it said instead.</summary>
    private static (string? Version, string? Said) VersionOf(string path)
    {
        const string mark = "CP2K version ";
        string[] lines = [.. RankLaunch.Ask(path, Path.GetTempPath(), "--version").Split('\n').Select(line => line.Trim())];
        string? version = lines.FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal));
        return (version?[mark.Length..], lines.FirstOrDefault(line => line.Any(char.IsLetter)));
    }
}
