using System.Numerics;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>A small training run with every operation a model uses, large enough that the kernels share their work among threads.</summary>
internal sealed class TrainingRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Features = 4, Hidden = 48;
    private readonly Tape<T> _tape;
    private readonly SparseRows<T> _batch = new();
    private readonly BatchNormalization<T>[] _norms = [new("norm0", Hidden), new("norm1", Hidden)];
    private readonly SparseRows<T>[] _graphs;
    private readonly SparseRows<T>[][] _batches;
    private readonly Variable<T>[] _x;
    private readonly int[][] _starts;

    internal TrainingRun(WorkerPool pool, int graphCount = 16)
    {
        _tape = new Tape<T>(pool);
        var random = new Philox(20, 0);
        Parameters =
        [
            Weight("neighbour0", Hidden, Features), Weight("bias0", 1, Hidden), Weight("root0", Hidden, Features),
            Weight("neighbour1", Hidden, Hidden), Weight("bias1", 1, Hidden), Weight("root1", Hidden, Hidden),
            Weight("dense", 16, Hidden), Weight("denseBias", 1, 16), Weight("last", 1, 16), Weight("lastBias", 1, 1),
            _norms[0].Scale, _norms[0].Shift, _norms[1].Scale, _norms[1].Shift,
        ];
        Adam = new Adam<T>(Parameters, learningRate: 0.003);
        _graphs = [.. Enumerable.Range(0, graphCount).Select(graph => SmallGraphs.Edges<T>(37 + (graph % 5), 500, seed: (ulong)graph))];

        // Two batches of different size take turns.
        _batches = [_graphs, _graphs[..(graphCount - 3)]];
        _starts = [.. _batches.Select(graphs => graphs.Aggregate(new List<int> { 0 }, (list, graph) => [.. list, list[^1] + graph.NodeCount]).ToArray())];
        _x = [.. _starts.Select(start => SmallGraphs.Matrix<T>("x", start[^1], Features, seed: 30))];
        foreach (Variable<T> x in _x)
        {
            ((Parameter<T>)x).Frozen = true;
        }

        Parameter<T> Weight(string name, int rows, int columns)
        {
            var parameter = new Parameter<T>(name, rows, columns);
            parameter.FillAsLinearLayer(columns, random);
            return parameter;
        }
    }

    internal Parameter<T>[] Parameters { get; }

    internal Adam<T> Adam { get; }

    internal List<T> Losses { get; } = new(capacity: 1000);

    internal void Steps(int from, int to)
    {
        Span<T> targets = stackalloc T[_graphs.Length];
        for (int graph = 0; graph < targets.Length; graph++)
        {
            targets[graph] = T.CreateChecked(graph / (double)targets.Length);
        }

        for (int step = from; step < to; step++)
        {
            int kind = step % 2;
            _batch.Concatenate(_batches[kind]);
            _tape.Begin(TapeMode.Training, seed: 8, (ulong)step);
            Variable<T> h = _x[kind];
            for (int layer = 0; layer < 2; layer++)
            {
                h = _tape.GraphConvolution(h, _batch, Parameters[3 * layer], Parameters[(3 * layer) + 1], Parameters[(3 * layer) + 2]);
                h = _tape.BatchNorm(h, _norms[layer], Activation.Relu);
            }

            h = _tape.Add(_tape.SegmentMax(h, _starts[kind]), _tape.SegmentMean(h, _starts[kind]));
            h = _tape.Dropout(h, 0.2, layer: 0);
            h = _tape.Relu(_tape.Linear(h, Parameters[6], Parameters[7]));
            h = _tape.Sigmoid(_tape.Linear(h, Parameters[8], Parameters[9]));
            Variable<T> loss = _tape.MeanSquaredError(h, targets[.._batches[kind].Length]);
            Adam.ZeroGradients();
            _tape.Backward(loss);
            Adam.Step();
            Losses.Add(loss.Scalar);
        }
    }

    /// <summary>Every number that training changed.</summary>
    internal T[] State() =>
    [
        .. Parameters.SelectMany(parameter => parameter.Value.ToArray()),
        .. _norms.SelectMany(norm => norm.RunningMean.ToArray()),
        .. _norms.SelectMany(norm => norm.RunningVariance.ToArray()),
    ];
}
