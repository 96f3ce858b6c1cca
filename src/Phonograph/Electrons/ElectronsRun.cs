using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Electrons;

/// <summary>What to compute of the electrons of a crystal at rest.</summary>
/// <param name="Level">Level of theory, with the mesh that leads to the potential.</param>
/// <param name="Path">Path of the bands.</param>
/// <param name="Mesh">Mesh of the density of states.</param>
/// <param name="Projection">Supercell whose Γ states are taken apart into shells; null for none.</param>
public sealed record ElectronsOptions(string Level, BandPath Path, WaveVectorMesh Mesh, IntegerMatrix3? Projection)
{
    /// <summary>Standard deviation of the density of states, eV.</summary>
    public double WidthElectronvolt { get; init; } = 0.1;

    /// <summary>Range of the density around the middle of the gap, eV.</summary>
    public double RangeElectronvolt { get; init; } = 8;

    /// <summary>Threads of the engine.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>Computes bands and densities of states with an engine.</summary>
public static class ElectronsRun
{
    /// <summary>Two computations: the cell at the points of path and mesh, and the supercell at Γ.</summary>
    /// <param name="crystal">The cell at rest.</param>
    /// <param name="engine">Engine.</param>
    /// <param name="options">What to compute.</param>
    /// <param name="folder">Folder for the engine's files; it exists.</param>
    /// <param name="progress">Told after each computation.</param>
    /// <param name="cancellation">Ends the computation.</param>
    /// <exception cref="InputException">The engine has no answer; the message says why.</exception>
    public static async Task<ElectronicBands> ComputeAsync(Crystal crystal, IBandStructureEngine engine, ElectronsOptions options, string folder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        int steps = options.Projection is null ? 1 : 2;
        progress?.Report(new WorkProgress("bands", 0, steps));
        ImmutableArray<Vector3D> path = [.. options.Path.Segments.SelectMany(segment => segment.PointsFractional)], mesh = options.Mesh.PointsFractional;
        ElectronicStates all = Found(await engine.StatesAsync(new EngineRequest(crystal, options.Level, 0, Place(folder, "bands"), options.Threads), [.. path, .. mesh], cancellation), engine, options.Level);
        progress?.Report(new WorkProgress("bands", 1, steps));
        (ElectronicStates? folded, ImmutableArray<Vector3D> held, int cells) = (null, [], 1);
        if (options.Projection is { } matrix)
        {
            var supercell = Supercell.Of(crystal, matrix);
            string level = KPointMesh.OfLevel(options.Level).Level;
            folded = Found(await engine.ProjectAsync(new EngineRequest(supercell.Crystal, level, 0, Place(folder, "shells"), options.Threads), cancellation), engine, level);
            held = CommensurateWaveVectors.Of(supercell);
            cells = Math.Abs(matrix.Determinant);
            progress?.Report(new WorkProgress("bands", 2, steps));
        }

        ElectronicStates onPath = Part(all, 0, path.Length), onMesh = Part(all, path.Length, mesh.Length);
        folded = folded is null ? null : OnTheZeroOf(onPath, onMesh, folded);
        var edges = BandExtrema.Of([onPath, onMesh]);
        double middle = (edges.ValenceElectronvolt + edges.ConductionElectronvolt) / 2;
        var density = ElectronicDensity.Of(onMesh, options.Mesh, folded, cells, middle - options.RangeElectronvolt, middle + options.RangeElectronvolt, options.WidthElectronvolt);
        return new ElectronicBands(crystal, options.Path, onPath, density, folded, held);
    }

    /// <summary>
    /// Cell and supercell are two computations with grids of their own, and zeros that differ by some meV: the highest filled state of the supercell is set to that of the cell when it is the same one (within
    /// <see cref="ElectronicBands.SameStateElectronvolt"/>); else nothing is moved.
    /// </summary>
    private static ElectronicStates OnTheZeroOf(ElectronicStates path, ElectronicStates mesh, ElectronicStates folded)
    {
        double shift = BandExtrema.Of([path, mesh]).ValenceElectronvolt - folded.EnergiesElectronvolt[0][folded.Occupied - 1];
        return Math.Abs(shift) > ElectronicBands.SameStateElectronvolt ? folded : folded with { EnergiesElectronvolt = [[.. folded.EnergiesElectronvolt[0].Select(level => level + shift)]] };
    }

    private static ElectronicStates Part(ElectronicStates states, int first, int count) => states with
    {
        PointsFractional = states.PointsFractional.Slice(first, count),
        EnergiesElectronvolt = states.EnergiesElectronvolt.Slice(first, count),
        Shares = states.Shares.IsEmpty ? [] : states.Shares.Slice(first, count),
    };

    private static ElectronicStates Found(StatesOutcome outcome, IBandStructureEngine engine, string level) => outcome switch
    {
        ElectronicStates states => states,
        NoStates none => throw new InputException($"{engine.Name} gives no states at {level}: {none.Failure.Reason}, {none.Failure.Detail}"),
        _ => throw new InvalidOperationException("An engine answers states or why there are none."),
    };

    private static string Place(string folder, string name)
    {
        string place = Path.Combine(folder, name);
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        return Directory.CreateDirectory(place).FullName;
    }
}
