using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Autodiff;

public sealed class TapeTests
{
    private readonly Tape<float> _tape = new();

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        _tape.Begin(TapeMode.Training);
        Variable<float> x = _tape.Input(4, 3), y = _tape.Input(3, 4);
        Parameter<float> weight = new("weight", 2, 3), wrong = new("wrong", 2, 4);
        SparseRows<float> edges = new([0, 1, 1, 1, 1], [2], [1f]);
        Refused(() => _tape.Input([1, 2, 3], 2, 2));
        Refused(() => _tape.Linear(x, wrong));
        Refused(() => _tape.Linear(x, weight, new Parameter<float>("bias", 1, 3)));
        Refused(() => _tape.GraphConvolution(y, edges, wrong, null, wrong));
        Refused(() => _tape.GraphConvolution(x, edges, wrong, null, weight));
        Refused(() => _tape.GraphConvolution(x, edges, weight, null, wrong));
        Refused(() => _tape.GraphConvolution(x, edges, weight, null, weight, _tape.Input(2, 1)));
        Refused(() => _tape.BatchNorm(x, new BatchNormalization<float>("norm", 4)));
        Refused(() => _tape.BatchNorm(_tape.Input(1, 4), new BatchNormalization<float>("norm", 4)));
        Refused(() => _tape.SegmentMax(x, [0, 2]));
        Refused(() => _tape.SegmentMean(x, [0, 2, 2, 4]));
        Refused(() => _tape.MeanSquaredError(x, [1, 2]));
        Refused(() => _tape.MeanSquaredError(_tape.Input(0, 1), []));
        Refused(() => _tape.Add(x, y));
        Refused(() => _tape.Multiply(x, y));
        Refused(() => _tape.GatherRows(x, [4]));
        Refused(() => _tape.GatherRows(x, [-1]));
        Refused(() => _tape.Backward(x));

        static void Refused(Action action) => Assert.ThrowsAny<ArgumentException>(action);
    }

    [Fact]
    public void A_pass_that_records_nothing_has_no_gradients()
    {
        var weight = new Parameter<float>("weight", 1, 2);
        _tape.Begin(TapeMode.Evaluation, recordGradients: false);
        Variable<float> x = _tape.Input([1, 2], 1, 2, requiresGradient: true);
        Variable<float> loss = _tape.Sum(_tape.Linear(x, weight));
        Assert.False(loss.RequiresGradient);
        Assert.Throws<InvalidOperationException>(() => _tape.Backward(loss));
        Assert.Throws<InvalidOperationException>(() => x.Gradient.Length);
        Assert.Throws<InvalidOperationException>(() => _tape.Input(2, 2).Scalar);
    }

    [Fact]
    public void Gradients_of_parameters_add_up_until_they_are_set_to_zero()
    {
        var weight = new Parameter<float>("weight", 1, 2);
        Assert.Equal([0, 0], weight.Gradient.ToArray());
        for (int pass = 1; pass <= 3; pass++)
        {
            _tape.Begin(TapeMode.Training);
            _tape.Backward(_tape.Sum(_tape.Linear(_tape.Input([1, 2], 1, 2), weight)));
            Assert.Equal([pass, 2 * pass], weight.Gradient.ToArray());
        }

        weight.ZeroGradient();
        Assert.Equal([0, 0], weight.Gradient.ToArray());
    }

    [Fact]
    public void A_parameter_the_loss_does_not_reach_has_gradient_zero_even_on_a_tape_used_before()
    {
        Parameter<float> first = new("first", 1, 2), second = new("second", 1, 2);
        _tape.Begin(TapeMode.Training);
        Variable<float> x = _tape.Input([1, 2], 1, 2, requiresGradient: true);
        _tape.Backward(_tape.Add(_tape.Sum(_tape.Linear(x, first)), _tape.Sum(_tape.Linear(x, second))));
        first.ZeroGradient();
        second.ZeroGradient();
        _tape.Begin(TapeMode.Training);
        x = _tape.Input([3, 4], 1, 2, requiresGradient: true);
        Variable<float> unused = _tape.Linear(x, second);
        _tape.Backward(_tape.Sum(_tape.Linear(x, first)));
        Assert.Equal([3, 4], first.Gradient.ToArray());
        Assert.Equal([0, 0], second.Gradient.ToArray());
        Assert.Equal([0], unused.Gradient.ToArray());
        Assert.Equal(first.Value.ToArray(), x.Gradient.ToArray());
    }

    [Fact]
    public void A_prediction_does_not_depend_on_the_other_graphs_of_its_batch()
    {
        Parameter<float> neighbour = SmallGraphs.Matrix<float>("neighbour", 37, 5, seed: 1), root = SmallGraphs.Matrix<float>("root", 37, 5, seed: 2);
        var norm = new BatchNormalization<float>("norm", 37);
        SparseRows<float> graph = SmallGraphs.Edges<float>(13, 80, seed: 3), other = SmallGraphs.Edges<float>(29, 111, seed: 4);
        float[] x = SmallGraphs.Matrix<float>("x", 13, 5, seed: 5).Value.ToArray(), otherX = SmallGraphs.Matrix<float>("x", 29, 5, seed: 6).Value.ToArray();
        float[] alone = Predict([graph], x, [0, 13], 0);
        Assert.Equal(alone, Predict([other, graph], [.. otherX, .. x], [0, 29, 42], 1));
        Assert.Equal(alone, Predict([graph, other, other], [.. x, .. otherX, .. otherX], [0, 13, 42, 71], 0));

        float[] Predict(SparseRows<float>[] graphs, float[] features, int[] start, int which)
        {
            var batch = new SparseRows<float>();
            batch.Concatenate(graphs);
            _tape.BeginPrediction();
            Variable<float> h = _tape.GraphConvolution(_tape.Input(features, batch.NodeCount, 5), batch, neighbour, null, root);
            h = _tape.SegmentMean(_tape.BatchNorm(h, norm, Activation.Relu), start);
            return h.Value.Slice(which * 37, 37).ToArray();
        }
    }

    [Fact]
    public void Linear_layers_start_as_in_PyTorch_uniform_within_one_over_the_root_of_the_inputs()
    {
        var weight = new Parameter<double>("weight", 200, 25);
        weight.FillAsLinearLayer(25, new Philox(1, 2));
        double[] values = weight.Value.ToArray();
        Assert.All(values, value => Assert.InRange(value, -0.2, 0.2));

        // Variance of a uniform number in ±0.2 is 0.04/3; six standard errors of 5000 draws.
        Assert.Equal(0, values.Average(), 6 * Math.Sqrt(0.04 / 3 / 5000));
        Assert.Equal(0.04 / 3, values.Average(value => value * value), 6 * Math.Sqrt(0.04 * 0.04 * 4 / 45 / 5000));
        var again = new Parameter<float>("weight", 200, 25);
        again.FillAsLinearLayer(25, new Philox(1, 2));
        Assert.Equal(values.Select(value => (float)value), again.Value.ToArray());
    }
}
