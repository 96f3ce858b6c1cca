using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Benchmarks;

/// <summary>An engine that answers at once: what remains is the campaign around it.</summary>
internal sealed class InstantEngine : IElectronicStructureEngine
{
    internal const string Level = "instant";

    public string Name => "instant";

    public IReadOnlyList<string> Levels { get; } = [Level];

    public bool IsModel => true;

    public int RungCount(string level) => 2;

    public EngineAvailability Probe() => new(true, "1", null, "Part of the benchmark.");

    public Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation) => Task.FromResult<LabelOutcome>(LabelOf(request.Crystal));

    internal static Label LabelOf(Crystal crystal) => new(
        -1, [.. Enumerable.Range(0, crystal.AtomCount).Select(_ => new Vector3D(0, 0, 0))], Matrix3x3.Diagonal(0, 0, 0), new BandEdges(-1, 1, "none", false), crystal.Lattice.Volume);
}
