using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;

namespace Phonograph.Tests.Learning.Models;

/// <summary>Laws that every architecture obeys, and those that only some do.</summary>
public sealed class GraphNetworkTests
{
    private const double Cutoff = GraphOptions.DefaultCutoffAngstrom;
    private static readonly Crystal Cell = SyntheticCells.Displaced(SyntheticCells.Ideal, 4, 0.2);

    public static TheoryData<string> Names => [.. GraphNetworks.Names];

    public static TheoryData<string, Pooling> NamesAndReadOuts =>
        [.. from name in new[] { "m2", "cgcnn", "schnet", "painn" } from pooling in Enum.GetValues<Pooling>() select (name, pooling)];

    [Theory]
    [MemberData(nameof(NamesAndReadOuts))]
    public void Gradients_agree_with_central_differences(string name, Pooling readOut)
    {
        GraphNetwork<double> network = GraphNetworks.Create<double>(new NetworkOptions(name, 5, 0.2, Cutoff) { ReadOut = readOut, Layers = name == "m2" ? null : 2 }, seed: 3);
        GraphBatch<double> batch = Batch(network, [.. SyntheticCells.Many(1, 3).Select(cell => cell.Graph)]);
        using var pool = new WorkerPool(1);
        var tape = new Tape<double>(pool);
        double[] targets = [0.1, 0.9, 0.4];
        double Loss(bool backward)
        {
            tape.Begin(TapeMode.Training, seed: 5, step: 7, recordGradients: backward);
            Variable<double> loss = tape.MeanSquaredError(network.Forward(tape, batch), targets);
            if (backward)
            {
                tape.Backward(loss);
            }

            return loss.Scalar;
        }

        // A smaller step than usual: some functions bend strongly where the vectors are short.
        Loss(backward: true);
        const double Step = 1e-6;
        double largest = network.Parameters.Max(parameter => parameter.Gradient.ToArray().Max(Math.Abs));
        Assert.True(largest > 1e-6, "The loss does not depend on the weights, so nothing is tested.");
        int compared = 0, differing = 0;
        foreach (Parameter<double> parameter in network.Parameters)
        {
            double[] gradient = parameter.Gradient.ToArray();
            for (int element = 0; element < gradient.Length; element += Math.Max(1, gradient.Length / 5))
            {
                double kept = parameter.Value[element];
                parameter.Value[element] = kept + Step;
                double above = Loss(backward: false);
                parameter.Value[element] = kept - Step;
                double below = Loss(backward: false);
                parameter.Value[element] = kept;
                compared++;
                differing += Math.Abs(((above - below) / (2 * Step)) - gradient[element]) > 1e-6 * largest ? 1 : 0;
            }
        }

        // A kink of ReLU or of the maximum may lie within one step; smooth networks have none.
        Assert.True(differing <= (name == "m2" || readOut == Pooling.Max ? compared / 40 : 0), $"{differing} of {compared} gradients differ.");
    }

    [Theory]
    [MemberData(nameof(NamesAndReadOuts))]
    public void Rotation_order_of_atoms_origin_and_repetition_change_nothing(string name, Pooling readOut)
    {
        GraphNetwork<double> network = GraphNetworks.Create<double>(new NetworkOptions(name, 16, 0, Cutoff) { ReadOut = readOut }, seed: 11);
        if (name == "m2")
        {
            // Untrained, its sum is far out where the sigmoid is flat, and nothing would be tested.
            foreach (ref double weight in network.Parameters.Single(parameter => parameter.Name == "lin2.weight").Value)
            {
                weight *= 0.02;
            }
        }

        int[] order = [3, 0, 4, 2, 1];
        Crystal[] same =
        [
            Cell,
            Rotated(Cell),
            new(Cell.Lattice, [.. order.Select(atom => Cell.Elements[atom])], [.. order.Select(atom => Cell.PositionsFractional[atom])]),
            new(Cell.Lattice, Cell.Elements, [.. Cell.PositionsFractional.Select(position => position + new Vector3D(0.3, -0.77, 5.1))]),
            Supercell.Of(Cell, 2, 1, 2).Crystal,
        ];
        double[] outputs = Outputs(network, same);

        // Scaled lengths are in single precision, which bounds what can be asked for.
        Assert.All(outputs, output => Assert.Equal(outputs[0], output, 1e-6));
        Assert.NotEqual(outputs[0], Outputs(network, [SyntheticCells.Displaced(SyntheticCells.Ideal, 5, 0.2)])[0], 1e-6);
    }

    [Theory]
    [InlineData("m2", false)]
    [InlineData("cgcnn", false)]
    [InlineData("schnet", true)]
    [InlineData("painn", true)]
    public void Only_models_with_a_smooth_cutoff_are_continuous_when_a_neighbour_crosses_it(string name, bool isContinuous)
    {
        // Two atoms in a large box, one of them moved through the cutoff of the other; a third keeps both connected.
        GraphNetwork<double> network = GraphNetworks.Create<double>(new NetworkOptions(name, 16, 0, Cutoff), seed: 2);
        Crystal At(double distance) => new(
            Lattice.Cubic(20), [Element.Of("Ag"), Element.Of("S"), Element.Of("Br")], [new(0, 0, 0), new(distance / 20, 0, 0), new(0.125, 0.1, 0)]);
        double[] outputs = Outputs(network, [At(Cutoff - 1e-3), At(Cutoff + 1e-3), At(Cutoff - 1e-5), At(Cutoff + 1e-5)]);
        double wide = Math.Abs(outputs[0] - outputs[1]), narrow = Math.Abs(outputs[2] - outputs[3]);

        // A continuous change shrinks with the way; a jump stays.
        Assert.True(isContinuous ? narrow < wide / 50 : narrow > wide / 2 && narrow > 1e-4, $"The prediction changes by {wide} over 2e-3 Å and by {narrow} over 2e-5 Å.");
    }

    [Fact]
    public void Vector_features_turn_with_the_crystal_and_the_others_do_not()
    {
        var network = new VectorFeatureModel<double>(new NetworkOptions("painn", 12, 0, Cutoff), seed: 3);
        (double[] scalars, double[] vectors) = Features(network, Cell);
        (double[] scalarsAfter, double[] vectorsAfter) = Features(network, Rotated(Cell));
        Assert.All(scalars.Zip(scalarsAfter), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Contains(vectors, component => Math.Abs(component) > 1e-2);
        for (int node = 0; node < Cell.AtomCount; node++)
        {
            for (int feature = 0; feature < 12; feature++)
            {
                Vector3D expected = Rotation * Of(vectors, node, feature), actual = Of(vectorsAfter, node, feature);
                Assert.Equal(0, (expected - actual).Length, 1e-6);
            }
        }

        static Vector3D Of(double[] vectors, int node, int feature) => new(vectors[(36 * node) + feature], vectors[(36 * node) + 12 + feature], vectors[(36 * node) + 24 + feature]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_prediction_depends_neither_on_the_batch_nor_on_the_number_of_threads(string name)
    {
        GraphNetwork<float> network = GraphNetworks.Create<float>(new NetworkOptions(name, 19, 0, Cutoff), seed: 5);
        CrystalGraph[] graphs = [.. Enumerable.Range(0, 12).Select(seed => CrystalGraphBuilder.Build(Supercell.Of(SyntheticCells.Displaced(SyntheticCells.Ideal, (ulong)seed, 0.2), 2, 2, 2).Crystal))];
        float[]? expected = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var pool = new WorkerPool(threads);
            var tape = new Tape<float>(pool);
            tape.BeginPrediction();
            float[] outputs = network.Forward(tape, Batch(network, graphs)).Value.ToArray();
            expected ??= outputs;
            Assert.Equal(expected, outputs);
            tape.BeginPrediction();
            Assert.Equal(expected[7], network.Forward(tape, Batch(network, [graphs[7]])).Value[0]);
        }
    }

    [Theory]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void Lengths_that_edges_share_predict_and_teach_what_lengths_of_each_edge_do(string name)
    {
        GraphBatch<float> batch = Batch(New(), [.. new[] { Cell, SyntheticCells.Ideal, Cell }.Select(cell => CrystalGraphBuilder.Build(Supercell.Of(cell, 2, 2, 2).Crystal))]);

        // Both directions of a bond have one length, and in the ideal crystal and in repeated cells many bonds.
        Assert.True(2 * batch.DistinctLength.Length < batch.Edges.EdgeCount, $"{batch.DistinctLength.Length} lengths of {batch.Edges.EdgeCount} edges");
        Assert.Equal(batch.DistinctLength.Length, batch.Lengths.Count);
        float[] ofEdges = new float[batch.Edges.EdgeCount];
        for (int edge = 0; edge < ofEdges.Length; edge++)
        {
            ofEdges[edge] = batch.DistinctLength[batch.Lengths.OfEdge[edge]];
        }

        using var pool = new WorkerPool(1);
        var tape = new Tape<float>(pool);
        float[] shared = Taught(isShared: true), alone = Taught(isShared: false);
        Assert.Equal(shared[..3], alone[..3]);
        float largest = shared.Max(Math.Abs);
        Assert.All(shared.Zip(alone), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * largest));

        GraphNetwork<float> New() => GraphNetworks.Create<float>(new NetworkOptions(name, 19, 0, Cutoff), seed: 5);

        float[] Taught(bool isShared)
        {
            GraphNetwork<float> network = New();
            tape.Begin(TapeMode.Training, seed: 5, step: 7);
            Variable<float> output = network.Forward(tape, batch, isShared ? default : new GraphVariables<float> { Length = tape.Input(ofEdges, ofEdges.Length, 1) });
            tape.Backward(tape.MeanSquaredError(output, [0.1f, 0.9f, 0.4f]));
            return [.. output.Value.ToArray(), .. network.Parameters.SelectMany(parameter => parameter.Gradient.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_crystal_without_edges_has_a_prediction(string name)
    {
        GraphNetwork<double> network = GraphNetworks.Create<double>(new NetworkOptions(name, 8, 0, Cutoff), seed: 5);
        Assert.True(double.IsFinite(Outputs(network, [new Crystal(Lattice.Cubic(30), [Element.Of("Ag")], [new(0, 0, 0)])])[0]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_of_arrays_are_distinct_and_weights_depend_on_the_seed_alone(string name)
    {
        GraphNetwork<float> Make(ulong seed) => GraphNetworks.Create<float>(new NetworkOptions(name, 8, 0, Cutoff) { ReadOut = Pooling.Attention }, seed);
        string[] names = [.. Make(1).Arrays().Select(array => array.Name)];
        Assert.Equal(names.Distinct(), names);
        float[] Weights(ulong seed) => [.. Make(seed).Arrays().SelectMany(array => array.Values.ToArray())];
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void Networks_that_do_not_exist_are_refused_with_the_reason()
    {
        Assert.Contains("m6, cgcnn, schnet, painn", Refused(new NetworkOptions("gcn", 8, 0, Cutoff)), StringComparison.Ordinal);
        Assert.Contains("has 2 convolutions by its name", Refused(new NetworkOptions("m5", 8, 0, Cutoff) { Layers = 2 }), StringComparison.Ordinal);
        Assert.Contains("1 to 16", Refused(new NetworkOptions("painn", 8, 0, Cutoff) { Layers = 0 }), StringComparison.Ordinal);

        static string Refused(NetworkOptions options) => Assert.Throws<InputException>(() => GraphNetworks.Create<float>(options, 1)).Message;
    }

    [Fact]
    public void Directions_of_edges_are_those_of_the_neighbour_search_and_need_the_crystal()
    {
        CrystalGraph graph = CrystalGraphBuilder.Build(Cell);
        double[] directions = [.. EdgeDirections.Of(graph)];
        NeighbourPair[] pairs = [.. NeighbourSearch.Find(Cell, Cutoff)];
        Assert.Equal(graph.EdgeCount, pairs.Length);
        for (int edge = 0; edge < pairs.Length; edge++)
        {
            Vector3D direction = new(directions[3 * edge], directions[(3 * edge) + 1], directions[(3 * edge) + 2]);
            Assert.Equal(0, ((pairs[edge].Distance * direction) - pairs[edge].SeparationCartesian).Length, 1e-9);
        }

        Assert.Throws<ArgumentException>(() => EdgeDirections.Of(graph with { Crystal = null }));
    }

    private static Matrix3x3 Rotation { get; } = MakeRotation();

    private static Matrix3x3 MakeRotation()
    {
        (double a, double b) = (0.7, 2.1);
        Matrix3x3 first = new(new(Math.Cos(a), -Math.Sin(a), 0), new(Math.Sin(a), Math.Cos(a), 0), new(0, 0, 1));
        Matrix3x3 second = new(new(1, 0, 0), new(0, Math.Cos(b), -Math.Sin(b)), new(0, Math.Sin(b), Math.Cos(b)));
        return first * second;
    }

    private static Crystal Rotated(Crystal crystal) => new(new Lattice(crystal.Lattice.Rows * Rotation.Transposed), crystal.Elements, crystal.PositionsFractional);

    private static GraphBatch<T> Batch<T>(GraphNetwork<T> network, CrystalGraph[] graphs)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        // Ranges of one fixed cell, so that each crystal is scaled alike wherever it stands.
        var normalization = FeatureNormalization.Fit([CrystalGraphBuilder.Build(Cell)]);
        GraphTensors<T>[] tensors = [.. graphs.Select(graph => new GraphTensors<T>(normalization.Apply(graph, network.Geometry)))];
        return new GraphBatch<T>().Pack(tensors, [.. Enumerable.Range(0, graphs.Length)]);
    }

    private static double[] Outputs(GraphNetwork<double> network, Crystal[] crystals)
    {
        using var pool = new WorkerPool(1);
        var tape = new Tape<double>(pool);
        tape.BeginPrediction();
        return network.Forward(tape, Batch(network, [.. crystals.Select(crystal => CrystalGraphBuilder.Build(crystal))])).Value.ToArray();
    }

    private static (double[] Scalars, double[] Vectors) Features(VectorFeatureModel<double> network, Crystal crystal)
    {
        using var pool = new WorkerPool(1);
        var tape = new Tape<double>(pool);
        tape.BeginPrediction();
        (Variable<double> scalars, Variable<double> vectors) = network.Features(tape, Batch(network, [CrystalGraphBuilder.Build(crystal)]));
        return (scalars.Value.ToArray(), vectors.Value.ToArray());
    }
}
