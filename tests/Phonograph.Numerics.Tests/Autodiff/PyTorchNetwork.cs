using System.Numerics;
using System.Text.Json;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;
using Phonograph.Testing;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>The network of <c>tests/reference/pytorch</c>, with the weights PyTorch started from.</summary>
internal sealed class PyTorchNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly JsonElement _reference;
    private readonly SparseRows<T> _edges;
    private readonly int[] _start;
    private readonly T[] _labels;

    internal PyTorchNetwork(JsonElement reference)
    {
        _reference = reference;
        _start = [.. reference.GetProperty("start").EnumerateArray().Select(element => element.GetInt32())];
        int[] source = [.. reference.GetProperty("source").EnumerateArray().Select(element => element.GetInt32())];
        int[] rows = new int[_start[^1] + 1];
        foreach (JsonElement target in reference.GetProperty("target").EnumerateArray())
        {
            rows[target.GetInt32() + 1]++;
        }

        for (int node = 1; node < rows.Length; node++)
        {
            rows[node] += rows[node - 1];
        }

        _edges = new SparseRows<T>(rows, source, Values(reference.GetProperty("weight")));
        _labels = Values(reference.GetProperty("labels"));
        int features = reference.GetProperty("features").GetInt32(), hidden = reference.GetProperty("hidden").GetInt32(), dense = reference.GetProperty("dense").GetInt32();
        X = Filled("x", _start[^1], features, reference.GetProperty("x"));
        EdgeWeight = Filled("weight", source.Length, 1, reference.GetProperty("weight"));
        Norms = [Norm("norm1", hidden), Norm("norm2", hidden)];
        Parameters =
        [
            Named("convolution1.lin_rel.weight", hidden, features), Named("convolution1.lin_rel.bias", 1, hidden), Named("convolution1.lin_root.weight", hidden, features),
            Named("convolution2.lin_rel.weight", hidden, hidden), Named("convolution2.lin_rel.bias", 1, hidden), Named("convolution2.lin_root.weight", hidden, hidden),
            Named("dense.weight", dense, hidden), Named("dense.bias", 1, dense), Named("last.weight", 1, dense), Named("last.bias", 1, 1),
            Norms[0].Scale, Norms[0].Shift, Norms[1].Scale, Norms[1].Shift,
        ];
    }

    internal Parameter<T> X { get; }

    internal Parameter<T> EdgeWeight { get; }

    internal BatchNormalization<T>[] Norms { get; }

    internal Parameter<T>[] Parameters { get; }

    internal static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "reference", "pytorch", file))).RootElement;

    internal static T[] Values(JsonElement array) => [.. array.EnumerateArray().Select(element => T.CreateChecked(element.GetDouble()))];

    /// <summary>Prediction for each graph; the weights of the edges are a variable when their gradient is wanted.</summary>
    internal Variable<T> Predict(Tape<T> tape, bool edgeWeightAsVariable)
    {
        Variable<T>? weight = edgeWeightAsVariable ? EdgeWeight : null;
        Variable<T> h = X;
        for (int layer = 0; layer < 2; layer++)
        {
            h = tape.GraphConvolution(h, _edges, Parameters[3 * layer], Parameters[(3 * layer) + 1], Parameters[(3 * layer) + 2], weight);
            h = tape.BatchNorm(h, Norms[layer], Activation.Relu);
        }

        h = _reference.GetProperty("pooling").GetString() == "max" ? tape.SegmentMax(h, _start) : tape.SegmentMean(h, _start);
        h = tape.Relu(tape.Linear(h, Parameters[6], Parameters[7]));
        return tape.Sigmoid(tape.Linear(h, Parameters[8], Parameters[9]));
    }

    internal Variable<T> Loss(Tape<T> tape, bool edgeWeightAsVariable) => tape.MeanSquaredError(Predict(tape, edgeWeightAsVariable), _labels);

    private static Parameter<T> Filled(string name, int rows, int columns, JsonElement values)
    {
        var parameter = new Parameter<T>(name, rows, columns);
        Values(values).CopyTo(parameter.Value);
        return parameter;
    }

    private Parameter<T> Named(string name, int rows, int columns) => Filled(name, rows, columns, _reference.GetProperty("initial").GetProperty(name));

    private BatchNormalization<T> Norm(string name, int columns)
    {
        var norm = new BatchNormalization<T>(name, columns);
        Values(_reference.GetProperty("initial").GetProperty(name + ".weight")).CopyTo(norm.Scale.Value);
        Values(_reference.GetProperty("initial").GetProperty(name + ".bias")).CopyTo(norm.Shift.Value);
        return norm;
    }
}
