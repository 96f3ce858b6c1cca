using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Dynamics;

/// <summary>
/// An engine of springs about the sites of a supercell. With a quadratic part -q and a quartic part b for each coordinate the sites become a saddle:
/// V = ½ uΦu - ½ q Σu² + ¼ b Σu⁴ over all coordinates.
/// </summary>
/// <param name="constants">Force constants, eV/Å².</param>
/// <param name="quadratic">q, eV/Å²; zero for a harmonic crystal.</param>
/// <param name="quartic">b, eV/Å⁴.</param>
internal sealed class SpringEngine(ForceConstants constants, double quadratic = 0, double quartic = 0) : IElectronicStructureEngine
{
    private int _calls;

    public string Name => "springs";

    public IReadOnlyList<string> Levels { get; } = ["harmonic"];

    public bool IsModel => true;

    /// <summary>Number of computations so far.</summary>
    internal int Calls => _calls;

    /// <summary>Failure of a call by its number from 1 and its rung; null for a label.</summary>
    internal Func<int, int, LabelFailure?> Script { get; init; } = (_, _) => null;

    /// <summary>Whether a call, by its number from 1 and its rung, never answers.</summary>
    internal Func<int, int, bool> Hangs { get; init; } = (_, _) => false;

    public int RungCount(string level) => 2;

    public EngineAvailability Probe() => new(true, "1", null, "write it");

    public async Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int call = Interlocked.Increment(ref _calls);
        if (Hangs(call, request.Rung))
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        return Script(call, request.Rung) is { } failure ? failure : LabelOf(request.Crystal);
    }

    internal Label LabelOf(Crystal crystal)
    {
        Crystal rest = constants.Supercell.Crystal;
        Vector3D[] moves = [.. Enumerable.Range(0, rest.AtomCount).Select(atom => rest.Lattice.ToCartesian(crystal.PositionsFractional[atom] - rest.PositionsFractional[atom]))];
        ImmutableArray<Vector3D> springs = SpringModel.Forces(constants, moves);
        double energy = -10;
        var forces = new Vector3D[moves.Length];
        for (int atom = 0; atom < moves.Length; atom++)
        {
            Vector3D u = moves[atom], squares = new(u.X * u.X, u.Y * u.Y, u.Z * u.Z);
            energy += (-Vector3D.Dot(springs[atom], u) / 2) - (quadratic * u.LengthSquared / 2) + (quartic * squares.LengthSquared / 4);
            forces[atom] = springs[atom] + (quadratic * u) - (quartic * new Vector3D(u.X * squares.X, u.Y * squares.Y, u.Z * squares.Z));
        }

        return new Label(energy, [.. forces], default, new BandEdges(-1, 1, "none", IsMetallic: false), crystal.Lattice.Volume);
    }
}
