using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Memory;

namespace Phonograph.Tests.Learning.Models;

public sealed class GraphConvModelTests
{
    public static TheoryData<string> Names => [.. GraphConvVariant.All.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_central_differences(string name)
    {
        // Double precision, training mode with dropout and batch statistics: the whole loss as one function of all weights.
        var model = new GraphConvModel<double>(GraphConvVariant.Of(name), hidden: 6, dropout: 0.3, seed: 3);
        LabelledGraph[] cells = [.. SyntheticCells.Many(1, 3)];
        var normalization = FeatureNormalization.Fit(cells.Select(cell => cell.Graph));
        GraphTensors<double>[] graphs = [.. cells.Select(cell => new GraphTensors<double>(normalization.Apply(cell.Graph)))];
        GraphBatch<double> batch = new GraphBatch<double>().Pack(graphs, [0, 1, 2]);
        using var pool = new WorkerPool(1);
        var tape = new Tape<double>(pool);
        double[] targets = [0.1, 0.9, 0.4];

        // ReLU at the end would be flat where the sum is negative: start where it is not.
        model.Parameters.Single(parameter => parameter.Name == "lin2.bias").Fill(2);
        double Loss(bool backward)
        {
            tape.Begin(TapeMode.Training, seed: 5, step: 7);
            Variable<double> loss = tape.MeanSquaredError(model.Forward(tape, batch), targets);
            if (backward)
            {
                tape.Backward(loss);
            }

            return loss.Scalar;
        }

        foreach (Parameter<double> parameter in model.Parameters)
        {
            parameter.ZeroGradient();
        }

        Loss(backward: true);
        double[][] gradients = [.. model.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        double largest = gradients.Max(gradient => gradient.Max(Math.Abs));
        Assert.True(largest > 1e-6, "The loss does not depend on the weights, so nothing is tested.");
        const double Step = 1e-6;
        int compared = 0, differing = 0;
        for (int index = 0; index < gradients.Length; index++)
        {
            for (int element = 0; element < gradients[index].Length; element += Math.Max(1, gradients[index].Length / 7))
            {
                double kept = model.Parameters[index].Value[element];
                model.Parameters[index].Value[element] = kept + Step;
                double above = Loss(backward: false);
                model.Parameters[index].Value[element] = kept - Step;
                double below = Loss(backward: false);
                model.Parameters[index].Value[element] = kept;
                double difference = Math.Abs(((above - below) / (2 * Step)) - gradients[index][element]);
                compared++;
                differing += difference > 1e-6 * largest ? 1 : 0;
            }
        }

        // A kink of ReLU or of the maximum may lie within one step; it does so rarely.
        Assert.True(differing <= compared / 50, $"{differing} of {compared} gradients differ.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_supercell_is_predicted_as_its_unit_cell(string name)
    {
        var model = new GraphConvModel<double>(GraphConvVariant.Of(name), hidden: 16, dropout: 0.2, seed: 11);
        Crystal unit = SyntheticCells.Displaced(SyntheticCells.Ideal, 4, 0.2);
        CrystalGraph[] graphs = [CrystalGraphBuilder.Build(unit), CrystalGraphBuilder.Build(Supercell.Of(unit, 2, 2, 2).Crystal)];
        var normalization = FeatureNormalization.Fit([graphs[0]]);
        double[] outputs = Outputs(model, [.. graphs.Select(graph => new GraphTensors<double>(normalization.Apply(graph)))]);

        // Edge lengths of the two cells agree to rounding of the positions; single-precision features bound what can be asked for.
        Assert.Equal(outputs[0], outputs[1], 1e-6);
    }

    [Fact]
    public void The_order_of_atoms_does_not_matter()
    {
        var model = new GraphConvModel<double>(GraphConvVariant.Of("m2"), hidden: 16, dropout: 0, seed: 11);
        Crystal crystal = SyntheticCells.Displaced(SyntheticCells.Ideal, 4, 0.2);
        int[] order = [3, 0, 4, 2, 1];
        var shuffled = new Crystal(crystal.Lattice, [.. order.Select(atom => crystal.Elements[atom])], [.. order.Select(atom => crystal.PositionsFractional[atom])]);
        CrystalGraph[] graphs = [CrystalGraphBuilder.Build(crystal), CrystalGraphBuilder.Build(shuffled)];
        var normalization = FeatureNormalization.Fit([graphs[0]]);
        double[] outputs = Outputs(model, [.. graphs.Select(graph => new GraphTensors<double>(normalization.Apply(graph)))]);
        Assert.Equal(outputs[0], outputs[1], 1e-9);
    }

    [Fact]
    public void The_number_of_weights_is_that_of_the_published_network()
    {
        // m5 with H features: conv 2·4·H + H, conv 2·H·H + H, two batch norms 2·H each, 16·H + 16, 16 + 1.
        var model = new GraphConvModel<float>(GraphConvVariant.Of("m5"), hidden: 64, dropout: 0, seed: 1);
        Assert.Equal((2 * 4 * 64) + 64 + (2 * 64 * 64) + 64 + (4 * 64) + (16 * 64) + 16 + 17, model.ParameterCount);
    }

    [Fact]
    public void Weights_depend_on_the_seed_alone()
    {
        float[] Weights(ulong seed) => [.. new GraphConvModel<float>(GraphConvVariant.Of("m1"), 8, 0, seed).Parameters.SelectMany(parameter => parameter.Value.ToArray())];
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void A_batch_packed_again_into_the_same_memory_holds_the_new_graphs()
    {
        LabelledGraph[] cells = [.. SyntheticCells.Many(1, 4)];
        var normalization = FeatureNormalization.Fit(cells.Select(cell => cell.Graph));
        GraphTensors<float>[] graphs = [.. cells.Select(cell => new GraphTensors<float>(normalization.Apply(cell.Graph)))];
        var used = new GraphBatch<float>();
        used.Pack(graphs, [3, 2, 1, 0]);
        used.Pack(graphs, [2, 0]);
        GraphBatch<float> fresh = new GraphBatch<float>().Pack(graphs, [2, 0]);
        Assert.Equal(fresh.GraphCount, used.GraphCount);
        Assert.Equal(fresh.NodeStart.ToArray(), used.NodeStart.ToArray());
        Assert.Equal(fresh.NodeFeatures.ToArray(), used.NodeFeatures.ToArray());
        Assert.Equal(fresh.Edges.Source.ToArray(), used.Edges.Source.ToArray());
        Assert.Equal(fresh.Edges.Weight.ToArray(), used.Edges.Weight.ToArray());
    }

    private static double[] Outputs(GraphConvModel<double> model, GraphTensors<double>[] graphs)
    {
        using var pool = new WorkerPool(1);
        var tape = new Tape<double>(pool);
        tape.BeginPrediction();
        return model.Forward(tape, new GraphBatch<double>().Pack(graphs, [.. Enumerable.Range(0, graphs.Length)])).Value.ToArray();
    }
}
