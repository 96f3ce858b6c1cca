using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Training;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// Learns a Hamiltonian from the band edges of cells, one cell after the other (<see cref="KalmanFilter"/>): the derivative of an eigenvalue with respect to a parameter is that of the Hamiltonian between its eigenvector
/// (H. Hellmann, R. P. Feynman). Passes are judged by the validation cells. One thread; the same data give the same bits.
/// </summary>
public static class HamiltonianTrainer
{
    /// <summary>Expected error of the very first cell beside the noise, eV, and the number of cells over which it fades.</summary>
    private const double FirstNoise = 0.3, FadingCells = 40;

    /// <summary>Forgetting ends after this share of the passes.</summary>
    private const double ForgettingEnd = 0.77;

    /// <summary>Learns.</summary>
    /// <param name="data">Cells and their band edges.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each cell.</param>
    /// <param name="cancellation">Stops between two cells.</param>
    /// <exception cref="InputException">There are no cells to learn from, or to judge by; an element has no s, p, d valence; a cell has no closed shells.</exception>
    public static HamiltonianModel Train(HamiltonianData data, HamiltonianOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        if (data.Training.Length < 2 || data.Validation.IsEmpty)
        {
            throw new InputException($"{data.Training.Length} training and {data.Validation.Length} validation cells; a learned Hamiltonian needs at least 2 and 1.");
        }

        var range = TrainingRange.Of(data.Training);
        if (data.Validation.FirstOrDefault(cell => range.Judge(cell.Graph).HasFlag(OutsideReasons.UnknownElement)) is { } strange)
        {
            throw new InputException($"Validation cell {strange.Configuration} has an element that no training cell has.");
        }

        var form = HamiltonianForm.Of(range, options);
        var hamiltonian = new CellHamiltonian(form);
        (BondedCell Cell, EdgeLabels Labels)[] training = Prepare(data.Training, form), validation = Prepare(data.Validation, form);
        var start = new StartingParameters(form, hamiltonian.Parameters);
        double[] begin = [.. start.Values];
        Align(hamiltonian, training, begin);
        double[] spreads = [.. start.Spreads.Select(spread => spread * options.PriorScale)];
        long steps = (long)(options.Starts + options.Passes - 1) * training.Length, taken = 0;
        (Learner Learner, HamiltonianPass Pass) Begin(int number)
        {
            var learner = new Learner(hamiltonian, new KalmanFilter(begin, spreads), options, number);
            return (learner, learner.Pass(training, validation, Report, cancellation));
        }

        void Report() => progress?.Report(new WorkProgress("hamiltonian", ++taken, steps));
        (Learner learn, HamiltonianPass first) = Enumerable.Range(0, options.Starts).Select(Begin).MinBy(each => double.IsNaN(each.Pass.ValidationError) ? double.PositiveInfinity : each.Pass.ValidationError);
        var passes = ImmutableArray.CreateBuilder<HamiltonianPass>();
        passes.Add(first);
        (double Error, int Pass, ImmutableArray<double> Parameters) best = first.ValidationError < double.PositiveInfinity ? (first.ValidationError, 1, [.. learn.Parameters]) : (double.PositiveInfinity, 0, []);
        while (passes.Count < options.Passes)
        {
            passes.Add(learn.Pass(training, validation, Report, cancellation));
            best = passes[^1].ValidationError < best.Error ? (passes[^1].ValidationError, passes.Count, [.. learn.Parameters]) : best;
        }

        if (best.Pass == 0)
        {
            throw new InputException("The Hamiltonian diverged: no pass gave finite band edges. Use fewer orbitals, more noise or a smaller prior scale.");
        }

        var provenance = new HamiltonianProvenance(
            HamiltonianFingerprint.Of(data, options), data.Engine, data.Level, TrainingProvenance.Kind(data.Training), options,
            [.. data.Training.Select(cell => cell.Configuration)], [.. data.Validation.Select(cell => cell.Configuration)], passes.ToImmutable(), best.Pass);
        return new HamiltonianModel(form, best.Parameters, range, provenance) { Cells = [.. data.Training.Concat(data.Validation).Select(cell => GraphSignature.Of(cell.Graph))] };
    }

    private static (BondedCell, EdgeLabels)[] Prepare(ImmutableArray<LabelledGraph> cells, HamiltonianForm form) => [.. cells.Select(cell => (BondedCell.Of(cell.Graph, form), HamiltonianData.Labels(cell)))];

    /// <summary>The zero of the labels is that of their engine: all levels move together until the middle of the gap fits.</summary>
    private static void Align(CellHamiltonian hamiltonian, (BondedCell Cell, EdgeLabels Labels)[] training, double[] parameters)
    {
        double shift = 0;
        foreach ((BondedCell cell, EdgeLabels labels) in training)
        {
            EdgeLabels found = HamiltonianModel.Edges(hamiltonian, cell, parameters);
            shift += 0.5 * (labels.ValenceElectronvolt + labels.ConductionElectronvolt - found.ValenceElectronvolt - found.ConductionElectronvolt) / training.Length;
        }

        foreach (ParameterBlock block in hamiltonian.Parameters.Blocks.Where(block => block.Kind == ParameterKind.Level))
        {
            parameters[block.First] += shift;
        }
    }

    private static HamiltonianPass Judge(CellHamiltonian hamiltonian, ReadOnlySpan<double> parameters, (BondedCell Cell, EdgeLabels Labels)[] validation, int pass, double online)
    {
        double gap = 0, valence = 0;
        bool isFinite = !parameters.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);
        foreach ((BondedCell cell, EdgeLabels labels) in validation)
        {
            EdgeLabels found = isFinite ? HamiltonianModel.Edges(hamiltonian, cell, parameters) : new EdgeLabels(double.NaN, double.NaN);
            gap += Math.Abs(found.GapElectronvolt - labels.GapElectronvolt) / validation.Length;
            valence += Math.Abs(found.ValenceElectronvolt - labels.ValenceElectronvolt) / validation.Length;
        }

        return new HamiltonianPass(pass, online, gap, valence);
    }

    private static int[] Shuffled(int count, ulong seed, ulong stream)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new Philox(seed, stream);
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)(random.NextDouble() * (last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>Learns cell after cell, pass after pass.</summary>
    private sealed class Learner(CellHamiltonian hamiltonian, KalmanFilter filter, HamiltonianOptions options, int start)
    {
        private readonly double[] _valence = new double[hamiltonian.Parameters.Count], _conduction = new double[hamiltonian.Parameters.Count];
        private int _passes;
        private long _taken;

        internal ReadOnlySpan<double> Parameters => filter.Values;

        internal HamiltonianPass Pass((BondedCell Cell, EdgeLabels Labels)[] training, (BondedCell Cell, EdgeLabels Labels)[] validation, Action report, CancellationToken cancellation)
        {
            double online = 0;
            foreach (int cell in Shuffled(training.Length, options.Seed, ((ulong)start << 32) | (uint)_passes))
            {
                cancellation.ThrowIfCancellationRequested();
                online += Take(training[cell].Cell, training[cell].Labels, (double)_taken / ((long)options.Passes * training.Length)) / training.Length;
                report();
            }

            _passes++;
            return Judge(hamiltonian, filter.Values, validation, _passes, online);
        }

        /// <summary>Learns a cell.</summary>
        /// <returns>Absolute error of its gap before, eV.</returns>
        private double Take(BondedCell cell, EdgeLabels labels, double share)
        {
            double noise = options.NoiseElectronvolt + (FirstNoise * Math.Exp(-(_taken + 1) / FadingCells));
            double forgetting = options.Forgetting * Math.Max(0, 1 - (share / ForgettingEnd));
            SymmetricEigenpairs pairs = hamiltonian.Edges(cell, filter.Values);
            hamiltonian.Slopes(cell, pairs.Vector(0), _valence);
            hamiltonian.Slopes(cell, pairs.Vector(1), _conduction);
            filter.Update(_valence, _conduction, labels.ValenceElectronvolt - pairs.Values[0], labels.ConductionElectronvolt - pairs.Values[1], noise, forgetting);
            _taken++;
            return Math.Abs(labels.GapElectronvolt - (pairs.Values[1] - pairs.Values[0]));
        }
    }
}
