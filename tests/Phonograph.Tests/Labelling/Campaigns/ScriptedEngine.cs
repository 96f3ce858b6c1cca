using System.Collections.Concurrent;
using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Tests.Labelling.Campaigns;

/// <summary>An engine whose labels are simple functions of the crystal and whose failures are written down beforehand.</summary>
internal sealed class ScriptedEngine : IElectronicStructureEngine
{
    private readonly ConcurrentQueue<(double Mark, int Rung)> _calls = new();

    public string Name { get; init; } = "scripted";

    public IReadOnlyList<string> Levels { get; init; } = ["one", "two"];

    public bool IsModel => true;

    public int Rungs { get; init; } = 3;

    public bool IsInstalled { get; init; } = true;

    public string Version { get; init; } = "1.0";

    /// <summary>What happens on a rung; null for a label. Takes the mark of the crystal (first coordinate), the rung and the number of calls before.</summary>
    public Func<double, int, int, LabelOutcome?> Script { get; init; } = (_, _, _) => null;

    /// <summary>Whether a crystal with this mark is of no use to the engine.</summary>
    public Predicate<double> Refuses { get; init; } = _ => false;

    /// <summary>Called before the outcome, for example to wait.</summary>
    public Func<EngineRequest, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>First coordinate of each crystal computed, and the rung, in order.</summary>
    public IReadOnlyList<(double Mark, int Rung)> Calls => [.. _calls];

    public int RungCount(string level) => Rungs;

    public EngineAvailability Probe() => new(IsInstalled, IsInstalled ? Version : null, null, "write it");

    public void Check(Crystal crystal, string level)
    {
        double mark = crystal.PositionsFractional[0].X;
        if (Refuses(mark))
        {
            throw new InputException(FormattableString.Invariant($"mark {mark:0.00} is of no use"));
        }
    }

    public async Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        double mark = request.Crystal.PositionsFractional[0].X;
        int before = _calls.Count(call => call.Mark == mark);
        _calls.Enqueue((mark, request.Rung));
        await File.WriteAllTextAsync(Path.Combine(request.Folder, "scratch.wfn"), new string('x', 100_000), cancellation);
        await File.WriteAllTextAsync(Path.Combine(request.Folder, "job.out"), string.Join('\n', Enumerable.Range(1, 500)), cancellation);
        await Before(request, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return Script(mark, request.Rung, before) ?? LabelOf(request.Crystal, request.Rung);
    }

    internal static Label LabelOf(Crystal crystal, int rung)
    {
        double mark = crystal.PositionsFractional[0].X;
        ImmutableArray<Vector3D> forces = [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => new Vector3D(Math.Sin(mark + atom), Math.Cos(mark), mark / 3))];
        return new Label(
            -100 - Math.Sqrt(2 + mark),
            forces,
            Matrix3x3.Diagonal(Math.Exp(mark), 1 / 3.0, -mark),
            new BandEdges(-5 - mark, -4 + mark, "average electrostatic potential", IsMetallic: rung == 2),
            crystal.Lattice.Volume);
    }
}
