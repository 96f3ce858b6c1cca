using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Random;

namespace Phonograph.Benchmarks;

/// <summary>The network of the training benchmark, with its batch, tape and optimiser.</summary>
internal sealed class TrainingModel
{
    private readonly Tape<float> _tape;
    private readonly SparseRows<float> _batch = new();
    private readonly Parameter<float>[] _neighbour, _bias, _root;
    private readonly BatchNormalization<float>[] _norm;
    private readonly Parameter<float> _dense, _denseBias, _last, _lastBias;
    private readonly Adam<float> _adam;
    private int[] _start = [];

    internal TrainingModel(WorkerPool pool, int features, int hidden, int layers, int dense)
    {
        _tape = new Tape<float>(pool);
        var random = new Philox(3, 0);
        int[] inputs = [features, .. Enumerable.Repeat(hidden, layers - 1)];
        _neighbour = [.. inputs.Select((width, layer) => Weight($"neighbour{layer + 1}", hidden, width))];
        _root = [.. inputs.Select((width, layer) => Weight($"root{layer + 1}", hidden, width))];
        _bias = [.. inputs.Select((width, layer) => Bias($"bias{layer + 1}", hidden, width))];
        _norm = [.. inputs.Select((_, layer) => new BatchNormalization<float>($"norm{layer + 1}", hidden))];
        (_dense, _denseBias) = (Weight("dense", dense, hidden), Bias("denseBias", dense, hidden));
        (_last, _lastBias) = (Weight("last", 1, dense), Bias("lastBias", 1, dense));
        _adam = new Adam<float>(
            [.. _neighbour, .. _root, .. _bias, .. _norm.SelectMany(norm => new[] { norm.Scale, norm.Shift }), _dense, _denseBias, _last, _lastBias],
            learningRate: 1e-3);

        Parameter<float> Weight(string name, int outputs, int inputs)
        {
            var weight = new Parameter<float>(name, outputs, inputs);
            weight.FillAsLinearLayer(inputs, random);
            return weight;
        }

        Parameter<float> Bias(string name, int outputs, int inputs)
        {
            var bias = new Parameter<float>(name, 1, outputs);
            bias.FillAsLinearLayer(inputs, random);
            return bias;
        }
    }

    internal float LastLoss { get; private set; }

    /// <summary>One step: batch, forward, backward, Adam.</summary>
    internal void Step(ReadOnlySpan<SparseRows<float>> graphs, ReadOnlySpan<float> features, ReadOnlySpan<float> targets, ulong step)
    {
        PutTogether(graphs);
        _tape.Begin(TapeMode.Training, seed: 4, step);
        Variable<float> loss = _tape.MeanSquaredError(Forward(features), targets);
        _adam.ZeroGradients();
        _tape.Backward(loss);
        _adam.Step();
        LastLoss = loss.Scalar;
    }

    /// <summary>Predictions of a batch.</summary>
    internal void Predict(ReadOnlySpan<SparseRows<float>> graphs, ReadOnlySpan<float> features)
    {
        PutTogether(graphs);
        _tape.BeginPrediction();
        Forward(features);
    }

    private void PutTogether(ReadOnlySpan<SparseRows<float>> graphs)
    {
        _batch.Concatenate(graphs, _tape.Pool);
        if (_start.Length != graphs.Length + 1)
        {
            _start = new int[graphs.Length + 1];
        }

        for (int graph = 0; graph < graphs.Length; graph++)
        {
            _start[graph + 1] = _start[graph] + graphs[graph].NodeCount;
        }
    }

    private Variable<float> Forward(ReadOnlySpan<float> features)
    {
        Variable<float> h = _tape.Input(features, _batch.NodeCount, features.Length / _batch.NodeCount);
        for (int layer = 0; layer < _neighbour.Length; layer++)
        {
            h = _tape.GraphConvolution(h, _batch, _neighbour[layer], _bias[layer], _root[layer]);
            h = _tape.BatchNorm(h, _norm[layer], Activation.Relu);
        }

        h = _tape.Dropout(_tape.SegmentMax(h, _start), 0.2, layer: 0);
        h = _tape.Relu(_tape.Linear(h, _dense, _denseBias));
        return _tape.Sigmoid(_tape.Linear(h, _last, _lastBias));
    }
}
