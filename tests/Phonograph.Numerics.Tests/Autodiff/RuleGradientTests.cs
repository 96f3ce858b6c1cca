using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>Each rule alone, in double precision. The loss weighs every element of the result differently, so that no error cancels.</summary>
public sealed class RuleGradientTests
{
    private readonly Parameter<double> _x = SmallGraphs.Matrix<double>("x", 7, 5, seed: 1);
    private readonly Parameter<double> _y = SmallGraphs.Matrix<double>("y", 7, 5, seed: 2);

    [Fact]
    public void A_linear_layer_has_the_gradients_of_central_differences()
    {
        Parameter<double> weight = SmallGraphs.Matrix<double>("weight", 3, 5, seed: 3), bias = SmallGraphs.Matrix<double>("bias", 1, 3, seed: 4);
        Verify([_x, weight, bias], tape => tape.Linear(_x, weight, bias));
        Verify([_x, weight], tape => tape.Linear(_x, weight));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 5)]
    public void A_graph_convolution_has_the_gradients_of_central_differences_also_for_the_weights_of_edges(int inputs, int outputs)
    {
        SparseRows<double> edges = SmallGraphs.Edges<double>(6, 21, seed: 5);
        Parameter<double> x = SmallGraphs.Matrix<double>("x", 6, inputs, seed: 6);
        Parameter<double> neighbour = SmallGraphs.Matrix<double>("neighbour", outputs, inputs, seed: 7), root = SmallGraphs.Matrix<double>("root", outputs, inputs, seed: 8);
        Parameter<double> bias = SmallGraphs.Matrix<double>("bias", 1, outputs, seed: 9), weight = SmallGraphs.Matrix<double>("edges", 21, 1, seed: 10);
        Verify([x, neighbour, root, bias, weight], tape => tape.GraphConvolution(x, edges, neighbour, bias, root, weight));
        Verify([x, neighbour, root], tape => tape.GraphConvolution(x, edges, neighbour, null, root));
    }

    [Theory]
    [InlineData(TapeMode.Training, Activation.None)]
    [InlineData(TapeMode.Training, Activation.Relu)]
    [InlineData(TapeMode.Evaluation, Activation.None)]
    [InlineData(TapeMode.Evaluation, Activation.Relu)]
    public void Batch_normalisation_has_the_gradients_of_central_differences(TapeMode mode, Activation activation)
    {
        var layer = new BatchNormalization<double>("norm", 5);
        layer.Scale.Value[1] = -0.7;
        layer.Shift.Value[2] = 0.4;
        layer.RunningMean[3] = 0.3;
        layer.RunningVariance[4] = 2.5;
        Verify([_x, layer.Scale, layer.Shift], tape => tape.BatchNorm(_x, layer, activation), mode);
    }

    [Fact]
    public void Activations_have_the_gradients_of_central_differences()
    {
        Verify([_x], tape => tape.Relu(_x));
        Verify([_x], tape => tape.Sigmoid(_x));
        Verify([_x], tape => tape.Entropy(tape.Sigmoid(_x)));
    }

    [Fact]
    public void Dropout_has_the_gradients_of_central_differences() => Verify([_x], tape => tape.Dropout(_x, 0.4, layer: 2));

    [Fact]
    public void Pooling_has_the_gradients_of_central_differences()
    {
        int[] start = [0, 3, 4, 7];
        Verify([_x], tape => tape.SegmentMean(_x, start));
        Verify([_x], tape => tape.SegmentMax(_x, start));
    }

    [Fact]
    public void Arithmetic_has_the_gradients_of_central_differences()
    {
        Verify([_x, _y], tape => tape.Add(_x, _y));
        Verify([_x, _y], tape => tape.Combine(_x, 0.3, _y, -2));
        Verify([_x, _y], tape => tape.Multiply(_x, _y));
        Verify([_x], tape => tape.Scale(_x, -1.5, 4));
        Verify([_x], tape => tape.GatherRows(_x, [6, 0, 0, 1, 2, 3, 4, 5, 6, 6]));
    }

    [Fact]
    public void A_variable_used_several_times_collects_all_its_gradients()
    {
        Verify([_x], tape => tape.Multiply(tape.Add(_x, tape.Sigmoid(_x)), tape.Relu(tape.Scale(_x, 2, 0.1))));
        Parameter<double> weight = SmallGraphs.Matrix<double>("weight", 5, 5, seed: 11), bias = SmallGraphs.Matrix<double>("bias", 1, 5, seed: 12);
        Verify([_x, weight, bias], tape => tape.Linear(tape.Sigmoid(tape.Linear(_x, weight, bias)), weight, bias));
        var layer = new BatchNormalization<double>("norm", 5);
        Verify([_x, layer.Scale], tape => tape.Multiply(tape.BatchNorm(_x, layer), tape.BatchNorm(tape.Sigmoid(_x), layer)));
        int[] start = [0, 7];
        Verify([_x], tape => tape.Add(tape.SegmentMax(_x, start), tape.SegmentMean(_x, start)));
    }

    [Fact]
    public void Losses_have_the_gradients_of_central_differences()
    {
        double[] target = SmallGraphs.Matrix<double>("target", 7, 5, seed: 13).Value.ToArray();
        GradientComparison.Verify([_x], tape => tape.MeanSquaredError(_x, target));
        GradientComparison.Verify([_x], tape => tape.Sum(tape.Multiply(_x, _x)));
        GradientComparison.Verify([_x], tape => tape.Add(tape.MeanSquaredError(_x, target), tape.MeanSquaredError(tape.Sigmoid(_x), target)));
    }

    [Fact]
    public void The_gradient_of_a_maximum_goes_to_the_first_of_equal_rows()
    {
        var tape = new Tape<double>();
        tape.Begin(TapeMode.Training);
        Variable<double> x = tape.Input([1, 5, 4, 5, 4, 2], 3, 2, requiresGradient: true);
        tape.Backward(tape.Sum(tape.SegmentMax(x, [0, 3])));
        Assert.Equal([0, 1, 1, 0, 0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void Not_a_number_is_not_hidden()
    {
        var tape = new Tape<float>();
        tape.Begin(TapeMode.Evaluation);
        float[] values = [.. Enumerable.Repeat(1f, 40)];
        values[21] = float.NaN;
        values[39] = float.NaN;
        Variable<float> x = tape.Input(values, 2, 20);
        Assert.Equal([21, 39], Places(tape.Relu(x)));
        Assert.Equal([21, 39], Places(tape.BatchNorm(x, new BatchNormalization<float>("norm", 20), Activation.Relu)));
        Assert.Equal([1, 19], Places(tape.SegmentMax(x, [0, 2])));

        static int[] Places(Variable<float> variable)
        {
            float[] all = variable.Value.ToArray();
            return [.. Enumerable.Range(0, all.Length).Where(index => float.IsNaN(all[index]))];
        }
    }

    private static void Verify(Parameter<double>[] parameters, Func<Tape<double>, Variable<double>> operation, TapeMode mode = TapeMode.Training) =>
        GradientComparison.Verify(
            parameters,
            tape =>
            {
                Variable<double> result = operation(tape);
                Variable<double> weight = tape.Input(result.Rows, result.Columns);
                SmallGraphs.Matrix<double>("factors", result.Rows, result.Columns, seed: 99).Value.CopyTo(weight.Value);
                return tape.Sum(tape.Multiply(result, weight));
            },
            mode);
}
