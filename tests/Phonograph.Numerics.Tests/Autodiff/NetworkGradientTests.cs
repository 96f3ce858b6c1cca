using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Tests.Autodiff;

public sealed class NetworkGradientTests
{
    [Theory]
    [InlineData(TapeMode.Training, true)]
    [InlineData(TapeMode.Training, false)]
    [InlineData(TapeMode.Evaluation, true)]
    public void A_whole_graph_network_has_the_gradients_of_central_differences(TapeMode mode, bool largest)
    {
        int[] start = [0, 5, 6, 11];
        SparseRows<double> first = SmallGraphs.Edges<double>(5, 17, seed: 1);
        SparseRows<double> second = SmallGraphs.Edges<double>(1, 2, seed: 2);
        SparseRows<double> third = SmallGraphs.Edges<double>(5, 12, seed: 3);
        var edges = new SparseRows<double>();
        edges.Concatenate([first, second, third]);
        Parameter<double> x = SmallGraphs.Matrix<double>("x", 11, 3, seed: 4);
        Parameter<double> neighbour1 = SmallGraphs.Matrix<double>("neighbour1", 7, 3, seed: 5);
        Parameter<double> bias1 = SmallGraphs.Matrix<double>("bias1", 1, 7, seed: 6);
        Parameter<double> root1 = SmallGraphs.Matrix<double>("root1", 7, 3, seed: 7);
        Parameter<double> neighbour2 = SmallGraphs.Matrix<double>("neighbour2", 6, 7, seed: 8);
        Parameter<double> bias2 = SmallGraphs.Matrix<double>("bias2", 1, 6, seed: 9);
        Parameter<double> root2 = SmallGraphs.Matrix<double>("root2", 6, 7, seed: 10);
        Parameter<double> mask = SmallGraphs.Matrix<double>("mask", edges.EdgeCount, 1, seed: 11);
        Parameter<double> dense = SmallGraphs.Matrix<double>("dense", 4, 6, seed: 12);
        Parameter<double> denseBias = SmallGraphs.Matrix<double>("denseBias", 1, 4, seed: 13);
        Parameter<double> last = SmallGraphs.Matrix<double>("last", 1, 4, seed: 14);
        var norm1 = new BatchNormalization<double>("norm1", 7);
        var norm2 = new BatchNormalization<double>("norm2", 6);
        double[] target = [0.3, -0.2, 0.9];

        // A bias in front of a normalisation has no gradient in training: the batch mean takes it away.
        List<Parameter<double>> parameters = [x, neighbour1, root1, neighbour2, root2, mask, dense, denseBias, last, norm1.Scale, norm1.Shift, norm2.Scale, norm2.Shift];
        if (mode == TapeMode.Evaluation)
        {
            parameters.AddRange([bias1, bias2]);
        }

        GradientComparison.Verify(parameters, Loss, mode, tolerance: 1e-6);

        Variable<double> Loss(Tape<double> tape)
        {
            Variable<double> weight = tape.Sigmoid(mask);
            Variable<double> h = tape.GraphConvolution(x, edges, neighbour1, bias1, root1, weight);
            h = tape.BatchNorm(h, norm1, Activation.Relu);
            h = tape.GraphConvolution(h, edges, neighbour2, bias2, root2);
            h = tape.BatchNorm(h, norm2, Activation.Relu);
            h = largest ? tape.SegmentMax(h, start) : tape.SegmentMean(h, start);
            h = tape.Dropout(h, 0.3, layer: 0);
            h = tape.Relu(tape.Linear(h, dense, denseBias));
            h = tape.Sigmoid(tape.Linear(h, last));
            return tape.MeanSquaredError(h, target);
        }
    }
}
