using System.Text.RegularExpressions;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>
/// The plane-wave program pw.x of Quantum ESPRESSO (P. Giannozzi et al., J. Phys.: Condens. Matter 29, 465901 (2017), https://www.quantum-espresso.org) as an
/// external program, one process per computation without an MPI launcher, without spin. Adapted to version 6.7, the one Debian 12 ships.
/// </summary>
public sealed partial class QuantumEspressoEngine : IAdaptableEngine
{
    /// <summary>Environment variable that names the program when it is not on the search path as <c>pw.x</c>.</summary>
    public const string PathVariable = "PHONOGRAPH_PW";

    private const string HowToGet = $"apt-get install -y quantum-espresso quantum-espresso-data {LinearAlgebraLibrary.Package}";
    private const string InputFile = "job.in";

    private readonly int _niceness;
    private readonly string? _program;
    private readonly PwTemplate? _template;
    private EngineAvailability? _availability;

    /// <summary>The engine with its built-in levels.</summary>
    /// <param name="niceness">Added niceness of its processes, 0 to 19.</param>
    /// <param name="program">Path or name of the program; null for the one <see cref="PathVariable"/> names, <c>pw.x</c> without it.</param>
    public QuantumEspressoEngine(int niceness = 0, string? program = null)
        : this(niceness, program, [.. PwLevel.All.Select(level => level.Name)], null)
    {
    }

    private QuantumEspressoEngine(int niceness, string? program, string[] levels, PwTemplate? template)
    {
        _niceness = niceness;
        _program = program;
        _template = template;
        Levels = levels;
    }

    /// <inheritdoc/>
    public string Name => "espresso";

    /// <inheritdoc/>
    public IReadOnlyList<string> Levels { get; }

    /// <inheritdoc/>
    public bool IsModel => false;

    /// <inheritdoc/>
    public int RungCount(string level) => Find(level) is null ? _template!.Ladder.Length : PwRoute.Ladder.Length;

    /// <inheritdoc/>
    public EngineAvailability Probe() => _availability ??= Look();

    /// <inheritdoc/>
    public IElectronicStructureEngine WithLevel(string level)
    {
        _ = Find(level);
        return new QuantumEspressoEngine(_niceness, _program, [.. Levels, level], _template);
    }

    /// <inheritdoc/>
    public IElectronicStructureEngine WithTemplate(EngineTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var taken = new PwTemplate(template);
        return new QuantumEspressoEngine(_niceness, _program, [taken.Level], taken);
    }

    /// <inheritdoc/>
    public void Check(Crystal crystal, string level)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (Find(level) is { } found)
        {
            found.Level.Check(crystal.Elements);
        }
        else
        {
            _template!.Check(crystal.Elements);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The level is unknown, or it has no pseudopotential for an element: no crystal of the set could be labelled.</exception>
    public async Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request.Crystal, request.Level);
        if (Probe() is not { IsInstalled: true, Path: { } path })
        {
            return new LabelFailure("refused", $"Quantum ESPRESSO is not installed: {HowToGet}");
        }

        string input = Find(request.Level) is { } built
            ? PwInput.Write(request.Crystal, built.Level, built.Mesh, PwRoute.Ladder[request.Rung])
            : _template!.Fill(request.Crystal, _template.Ladder[request.Rung]);
        await File.WriteAllTextAsync(Path.Combine(request.Folder, InputFile), input, cancellation);
        string results = Path.Combine(request.Folder, PwInput.ResultFolder);
        try
        {
            ProgramResult ended = await ProgramRunner.RunAsync(Program(path, request), cancellation);
            await File.WriteAllTextAsync(Path.Combine(request.Folder, "job.out"), ended.Output + "\n", cancellation);
            return Outcome(ended, request);
        }
        finally
        {
            // Density, wave functions and copies of the pseudopotentials.
            if (Directory.Exists(results))
            {
                Directory.Delete(results, recursive: true);
            }
        }
    }

    private static LabelOutcome Outcome(ProgramResult ended, EngineRequest request)
    {
        if (ended.WasEndedFromOutside)
        {
            return new LabelFailure("interrupted", $"pw.x was ended from outside (exit code {ended.ExitCode}).");
        }

        string file = Path.Combine(request.Folder, PwInput.ResultFolder, "data-file-schema.xml");
        string crash = Path.Combine(request.Folder, "CRASH");
        if (File.Exists(file) && !File.Exists(crash))
        {
            // Of a run that ended with an error the file may still say that self-consistency was not reached, which is no error.
            LabelOutcome outcome = PwOutput.Read(file, request.Crystal);
            if (ended.ExitCode == 0 || outcome is LabelFailure { Reason: "not-converged" })
            {
                return outcome;
            }
        }

        string[] said = (File.Exists(crash) ? File.ReadAllText(crash) : ended.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string why = File.Exists(crash)
            ? string.Join(' ', said.Where(line => !line.StartsWith('%') && !line.StartsWith("task #", StringComparison.Ordinal)).Take(4))
            : said.LastOrDefault(line => line.Any(char.IsLetter)) ?? "nothing was printed";
        return new LabelFailure("engine-error", $"pw.x ended with exit code {ended.ExitCode}: {Blanks().Replace(why, " ")}");
    }

    private ExternalProgram Program(string path, EngineRequest request)
    {
        ExternalProgram plain = RankLaunch.Program(path, ["-in", InputFile], request, _niceness);
        return plain with { Environment = plain.Environment.Add(Pseudopotential.FolderVariable, Pseudopotential.Folder) };
    }

    /// <summary>A built-in level and its mesh; null for the level of the template.</summary>
    private (PwLevel Level, KPointMesh Mesh)? Find(string level)
    {
        if (level == _template?.Level)
        {
            return null;
        }

        (string name, KPointMesh mesh) = KPointMesh.OfLevel(level);
        return PwLevel.All.FirstOrDefault(candidate => candidate.Name == name) is { } found
            ? (found, mesh)
            : throw new InputException($"Engine {Name} has no level '{level}'; it offers {string.Join(", ", Levels)}, each also with a mesh as in {PwLevel.All[0].Name}/k2x2x2, and templates (--template).");
    }

    private EngineAvailability Look()
    {
        string? named = _program ?? (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } variable ? variable : null);
        string advice = named is null ? HowToGet : $"'{named}' is no pw.x; name another one in {PathVariable}, or leave it empty and {HowToGet}";
        if (ExternalProgram.Find(named ?? "pw.x") is not { } path)
        {
            return new EngineAvailability(false, null, null, advice);
        }

        // pw.x has no option for its version: it states it before it finds that its input is empty, and leaves a file that says so.
        string folder = Directory.CreateTempSubdirectory("phonograph-pw-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, InputFile), "");
            string said = RankLaunch.Ask(path, folder, "-in", InputFile);
            return Version().Match(said) is { Success: true } match
                ? new EngineAvailability(true, match.Groups["version"].Value, path, HowToGet) { Advice = LinearAlgebraLibrary.ReferenceAdvice(path) }
                : new EngineAvailability(false, null, path, $"{advice} ('{path}' said: {said.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Any(char.IsLetter)) ?? "nothing"})");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"Program PWSCF v\.(?<version>\S+)")]
    private static partial Regex Version();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
