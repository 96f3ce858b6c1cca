using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Dynamics.Gate;

/// <summary>Measures runs from a crystal at rest and judges whether it stays near its sites.</summary>
public static class StabilityGate
{
    /// <summary>Measures and judges.</summary>
    /// <param name="runs">Runs of one crystal at one temperature, each with at least one frame.</param>
    /// <param name="ensemble">The ensemble a campaign would draw from; null when there are no force constants.</param>
    /// <param name="options">Where the lines are drawn.</param>
    public static GateReport Measure(IReadOnlyList<GateSeries> runs, GateEnsemble? ensemble, GateOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Crystal crystal = runs[0].Trajectory.Reference;
        (int First, int End)[][] blocks = [.. runs.Select(run => BlockAverage.Cut(FirstJudged(run, options), run.TimesFemtosecond.Length, options.Blocks))];
        double needed = ensemble is null
            ? options.LeastTimeWithoutEnsembleFemtosecond
            : Math.Max(options.LeastTimeFemtosecond, 1000 * options.LeastPeriods / (ensemble.SlowestTerahertz ?? double.PositiveInfinity));
        var report = new GateReport(
            runs.Count,
            runs.Sum(run => run.TimesFemtosecond.Length),
            runs[0].TimesFemtosecond[FirstJudged(runs[0], options)],
            runs.Min(run => run.TimesFemtosecond[^1] - run.TimesFemtosecond[FirstJudged(run, options)]),
            needed,
            Average(run => run.PotentialElectronvolt),
            DynamicsFrame.DegreesOfFreedom(crystal) * PhysicalConstants.BoltzmannElectronvoltPerKelvin * runs[0].Trajectory.TemperatureKelvin / 2,
            Average(run => run.TemperaturesKelvin),
            runs.Max(run => ConservedChange(run, options)),
            runs.All(run => run.Trajectory.Frames.All(frame => frame.GapElectronvolt is not null)) ? Average(run => [.. run.Trajectory.Frames.Select(frame => frame.GapElectronvolt!.Value)]) : null,
            runs[0].Trajectory.Frames[0].GapElectronvolt,
            [.. runs[0].Species.Insert(0, GateSeries.All).Select(species => Displacement(runs, blocks, species, ensemble))],
            GateVerdict.Undecided,
            [],
            []);
        return GateJudgement.Of(report, runs, options);

        BlockAverage Average(Func<GateSeries, ImmutableArray<double>> series) => BlockAverage.Of(
            [.. runs.SelectMany((run, number) =>
            {
                ImmutableArray<double> values = series(run);
                return blocks[number].Select(block => Enumerable.Range(block.First, block.End - block.First).Average(frame => values[frame]));
            })]);
    }

    /// <summary>First frame after the settling.</summary>
    public static int FirstJudged(GateSeries run, GateOptions options)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        return Math.Min(run.TimesFemtosecond.Length - 1, (int)Math.Ceiling(options.SettlingFraction * (run.TimesFemtosecond.Length - 1)));
    }

    private static GateDisplacement Displacement(IReadOnlyList<GateSeries> runs, (int First, int End)[][] blocks, string species, GateEnsemble? ensemble)
    {
        int[] atoms = GateSeries.AtomsOf(runs[0].Trajectory.Reference, species);
        var squares = new List<double>();
        var drifts = new List<(double Square, double Error)>();
        for (int number = 0; number < runs.Count; number++)
        {
            ImmutableArray<ImmutableArray<Vector3D>> moves = runs[number].Displacements;
            squares.AddRange(blocks[number].Select(block => Enumerable.Range(block.First, block.End - block.First).Average(frame => atoms.Average(atom => moves[frame][atom].LengthSquared))));
            drifts.Add(Drift(moves, blocks[number], atoms));
        }

        var square = BlockAverage.Of(squares);
        double drift = drifts.Average(run => run.Square);
        double error = Math.Sqrt(drifts.Sum(run => run.Error * run.Error)) / drifts.Count;
        return new GateDisplacement(
            species,
            atoms.Length,
            square.Root(),
            new BlockAverage(drift, error, drifts.Min(run => run.Square)).Root(),
            Math.Sqrt(Math.Max(0, square.Mean - Math.Max(0, drift))),
            ensemble is null ? null : GateEnsemble.RootMeanSquare(ensemble.Classical, atoms),
            ensemble is null ? null : GateEnsemble.RootMeanSquare(ensemble.Chosen, atoms));
    }

    /// <summary>
    /// Mean square distance of the time-averaged places from the sites without bias, Å²: the squared mean of K block means is too large by their variance
    /// over K. The error is that of leaving one block out (jackknife).
    /// </summary>
    private static (double Square, double Error) Drift(ImmutableArray<ImmutableArray<Vector3D>> moves, (int First, int End)[] blocks, int[] atoms)
    {
        int count = blocks.Length;
        Vector3D[][] means = [.. blocks.Select(block => atoms.Select(atom => Mean(Enumerable.Range(block.First, block.End - block.First).Select(frame => moves[frame][atom]))).ToArray())];
        double whole = Unbiased(means);
        if (count < 3)
        {
            return (whole, double.PositiveInfinity);
        }

        double[] without = [.. Enumerable.Range(0, count).Select(left => Unbiased([.. means.Where((_, block) => block != left)]))];
        double centre = without.Average();
        return (whole, Math.Sqrt((count - 1.0) / count * without.Sum(value => (value - centre) * (value - centre))));
    }

    private static double Unbiased(Vector3D[][] means) => Enumerable.Range(0, means[0].Length).Average(atom =>
    {
        Vector3D mean = Mean(means.Select(block => block[atom]));
        double variance = means.Length < 2 ? 0 : means.Sum(block => (block[atom] - mean).LengthSquared) / (means.Length - 1);
        return mean.LengthSquared - (variance / means.Length);
    });

    private static Vector3D Mean(IEnumerable<Vector3D> vectors)
    {
        Vector3D sum = Vector3D.Zero;
        int count = 0;
        foreach (Vector3D vector in vectors)
        {
            sum += vector;
            count++;
        }

        return sum / count;
    }

    /// <summary>Change of the conserved energy over the judged time by a straight line through it, eV.</summary>
    private static double ConservedChange(GateSeries run, GateOptions options)
    {
        double[] values = [.. run.Trajectory.Frames.Skip(FirstJudged(run, options)).Select(frame => frame.ConservedEnergyElectronvolt)];
        double centre = (values.Length - 1) / 2.0, mean = values.Average();
        double spread = values.Select((_, index) => (index - centre) * (index - centre)).Sum();
        return spread == 0 ? 0 : Math.Abs(values.Select((value, index) => (index - centre) * (value - mean)).Sum() / spread * (values.Length - 1));
    }
}
