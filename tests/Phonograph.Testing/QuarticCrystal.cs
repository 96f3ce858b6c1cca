using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;

namespace Phonograph.Testing;

/// <summary>
/// A crystal of anharmonic springs whose self-consistent phonons have a closed form: every pair of periodic images within a cutoff has the energy ½ dᵀ K d + ¼ g |d|⁴ in the difference d of
/// their displacements, with a longitudinal and a transverse part in K (negative ones make modes imaginary). The mean second derivative over a Gaussian of covariance S of d is K + g (tr S + 2 S).
/// As an engine it labels displaced supercells of one crystal in no time.
/// </summary>
/// <param name="supercell">The supercell at rest.</param>
/// <param name="cutoffAngstrom">Longest spring, Å.</param>
/// <param name="longitudinal">Spring constant along the bond, eV/Å².</param>
/// <param name="transverse">Spring constant across it, eV/Å².</param>
/// <param name="quartic">g, eV/Å⁴.</param>
public sealed class QuarticCrystal(Supercell supercell, double cutoffAngstrom, double longitudinal, double transverse, double quartic) : IElectronicStructureEngine
{
    private readonly ImmutableArray<(int First, int Second, Matrix3x3 Spring)> _bonds =
    [
        .. NeighbourSearch.Find(supercell.Crystal, cutoffAngstrom).Where(pair => pair.Target < pair.Source).Select(pair =>
        {
            // Every pair is listed from both sides; an atom and its own image move as one.
            Vector3D bond = pair.SeparationCartesian / pair.Distance;
            return (pair.Target, pair.Source, ((longitudinal - transverse) * Matrix3x3.Outer(bond, bond)) + (transverse * Matrix3x3.Identity));
        }),
    ];

    /// <inheritdoc/>
    public string Name => "quartic-springs";

    /// <inheritdoc/>
    public IReadOnlyList<string> Levels { get; } = ["exact"];

    /// <inheritdoc/>
    public bool IsModel => true;

    /// <summary>Displacements beyond this length in any atom have no label, as strongly displaced cells do; infinity: all have one.</summary>
    public double LargestDisplacementAngstrom { get; init; } = double.PositiveInfinity;

    /// <summary>Labels computed so far.</summary>
    public int Computed { get; private set; }

    /// <inheritdoc/>
    public int RungCount(string level) => 1;

    /// <inheritdoc/>
    public EngineAvailability Probe() => new(true, "1", null, "Built in.");

    /// <inheritdoc/>
    public Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Computed++;
        Vector3D[] moves = Moves(request.Crystal);
        if (moves.Any(move => move.Length > LargestDisplacementAngstrom))
        {
            return Task.FromResult<LabelOutcome>(new LabelFailure("not-converged", "too far"));
        }

        (double energy, Vector3D[] forces) = Compute(moves);
        return Task.FromResult<LabelOutcome>(new Label(energy, [.. forces], Matrix3x3.Diagonal(0, 0, 0), new BandEdges(0, 1, "none", false), request.Crystal.Lattice.Volume));
    }

    /// <summary>Energy above the crystal at rest, eV, and forces, eV/Å.</summary>
    public (double Energy, Vector3D[] Forces) Compute(IReadOnlyList<Vector3D> displacements)
    {
        ArgumentNullException.ThrowIfNull(displacements);
        double energy = 0;
        var forces = new Vector3D[displacements.Count];
        foreach ((int first, int second, Matrix3x3 spring) in _bonds)
        {
            Vector3D d = displacements[second] - displacements[first], pull = spring * d;
            energy += (0.5 * Vector3D.Dot(d, pull)) + (0.25 * quartic * d.LengthSquared * d.LengthSquared);
            Vector3D gradient = pull + (quartic * d.LengthSquared * d);
            forces[first] += gradient;
            forces[second] -= gradient;
        }

        return (energy, forces);
    }

    /// <summary>Harmonic force constants, or those of springs stiffened by the covariance of displacements (3N × 3N, Å²).</summary>
    public ForceConstants Constants(double[]? covariance = null)
    {
        int order = 3 * supercell.Crystal.AtomCount;
        var elements = new double[order * order];
        foreach ((int first, int second, Matrix3x3 spring) in _bonds)
        {
            Matrix3x3 block = covariance is null ? spring : spring + Stiffening(Spread(covariance, order, first, second));
            Add(elements, order, first, first, block, 1);
            Add(elements, order, second, second, block, 1);
            Add(elements, order, first, second, block, -1);
            Add(elements, order, second, first, block, -1);
        }

        return new ForceConstants(supercell, elements);
    }

    /// <summary>The self-consistent ensemble and its variational free energy, eV per supercell, by iterating the closed form.</summary>
    public (ThermalEnsemble Ensemble, double FreeEnergy) SelfConsistent(double kelvin, ThermalStatistics statistics)
    {
        var policy = new FrequencyFloor(0.7);
        var ensemble = new ThermalEnsemble(PhononModes.Of(Constants()), kelvin, statistics, policy);
        double[] covariance = ensemble.Covariance();
        double change = double.PositiveInfinity;

        // Softer springs make wider spreads, which make stiffer springs: small steps, or the iteration swings for ever.
        for (int step = 0; change > 1e-8; step++)
        {
            ensemble = step < 4000
                ? new ThermalEnsemble(PhononModes.Of(Constants(covariance)), kelvin, statistics, policy)
                : throw new InvalidOperationException($"The closed form did not converge; the last step was {change} Å².");
            double[] next = ensemble.Covariance();
            change = covariance.Zip(next, (old, now) => Math.Abs(now - old)).Max();
            covariance = [.. covariance.Zip(next, (old, now) => old + (0.1 * (now - old)))];
        }

        double potential = 0;
        int order = 3 * supercell.Crystal.AtomCount;
        foreach ((int first, int second, Matrix3x3 spring) in _bonds)
        {
            Matrix3x3 spread = Spread(covariance, order, first, second);
            potential += (0.5 * (spring * spread).Trace) + (0.25 * quartic * ((spread.Trace * spread.Trace) + (2 * (spread * spread).Trace)));
        }

        double harmonic = ensemble.EffectiveFrequenciesTerahertz.Sum(frequency => HarmonicOscillator.FreeEnergy(frequency, kelvin, statistics));
        return (ensemble, harmonic + potential - ensemble.MeanPotentialEnergyElectronvolt);
    }

    private Vector3D[] Moves(Crystal displaced) =>
    [
        .. Enumerable.Range(0, displaced.AtomCount).Select(atom =>
        {
            Vector3D step = displaced.PositionsFractional[atom] - supercell.Crystal.PositionsFractional[atom];
            return supercell.Crystal.Lattice.ToCartesian(new Vector3D(step.X - Math.Round(step.X), step.Y - Math.Round(step.Y), step.Z - Math.Round(step.Z)));
        }),
    ];

    private Matrix3x3 Stiffening(Matrix3x3 spread) => quartic * ((spread.Trace * Matrix3x3.Identity) + (2 * spread));

    /// <summary>Covariance of the difference of two displacements.</summary>
    private static Matrix3x3 Spread(double[] covariance, int order, int first, int second)
    {
        Matrix3x3 Block(int row, int column)
        {
            Vector3D Line(int alpha) => new(covariance[(((3 * row) + alpha) * order) + (3 * column)], covariance[(((3 * row) + alpha) * order) + (3 * column) + 1], covariance[(((3 * row) + alpha) * order) + (3 * column) + 2]);
            return new Matrix3x3(Line(0), Line(1), Line(2));
        }

        return Block(first, first) + Block(second, second) - (Block(first, second) + Block(second, first));
    }

    private static void Add(double[] elements, int order, int first, int second, Matrix3x3 block, int sign)
    {
        for (int index = 0; index < 9; index++)
        {
            elements[(((3 * first) + (index / 3)) * order) + (3 * second) + (index % 3)] += sign * block[index / 3, index % 3];
        }
    }
}
