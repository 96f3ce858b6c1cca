using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class PredictionGradientTests
{
    public static TheoryData<string> Names => [.. ExplainedNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_explained_prediction_is_that_of_the_predictor(string name)
    {
        TrainedModel model = ExplainedNetworks.Trained(name);
        double expected = new Predictor(model).Predict([ExplainedNetworks.Graph], cancellation: TestContext.Current.CancellationToken)[0].Value, tolerance = 1e-5 * model.Description.Target.Range;
        Assert.Equal(expected, new GraphPass<float>(new ExplainedModel<float>(model)).Predict(ExplainedNetworks.Graph), tolerance);
        Assert.Equal(expected, Of(name, ExplainedNetworks.Cell).Prediction, tolerance);
        Assert.NotEqual(expected, new GraphPass<float>(new ExplainedModel<float>(model).Untrained(99)).Predict(ExplainedNetworks.Graph), tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_by_position_are_central_differences_of_whole_predictions(string name)
    {
        const double Step = 1e-5;
        PredictionGradient gradient = Of(name, ExplainedNetworks.Cell);
        double largest = gradient.ByPosition.Max(each => each.Length);
        Assert.True(largest > 1e-4, "The prediction does not depend on positions, so nothing is tested.");
        for (int atom = 0; atom < ExplainedNetworks.Cell.AtomCount; atom++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                double difference = (Moved(atom, axis, Step) - Moved(atom, axis, -Step)) / (2 * Step);
                Assert.Equal(difference, gradient.ByPosition[atom][axis], 2e-6 * largest);
            }
        }

        double Moved(int atom, int axis, double step)
        {
            var displacements = new Vector3D[ExplainedNetworks.Cell.AtomCount];
            displacements[atom] = step * new Vector3D(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
            return Of(name, ExplainedNetworks.Cell.Displaced(displacements)).Prediction;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_by_message_are_central_differences_of_masked_predictions(string name)
    {
        const double Step = 1e-5;
        CrystalGraph graph = ExplainedNetworks.Graph;
        PredictionGradient gradient = Of(name, ExplainedNetworks.Cell);
        double[] predictions = ExplainedNetworks.Pass(name).Predict(graph, 2 * graph.EdgeCount, (number, edges) =>
        {
            edges.Fill(1);
            edges[number / 2] += number % 2 == 0 ? Step : -Step;
        });
        double largest = gradient.ByMessage.Max(Math.Abs);
        Assert.True(largest > 1e-5, "The prediction does not depend on messages, so nothing is tested.");

        // The mask meets lengths scaled in single precision, the gradient those in double.
        Assert.All(Enumerable.Range(0, graph.EdgeCount), edge => Assert.Equal((predictions[2 * edge] - predictions[(2 * edge) + 1]) / (2 * Step), gradient.ByMessage[edge], 1e-5 * largest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Moving_all_atoms_together_changes_nothing_and_derivatives_turn_with_the_crystal(string name)
    {
        Crystal cell = ExplainedNetworks.Cell;
        PredictionGradient gradient = Of(name, cell);
        double tolerance = 1e-9 * gradient.ByPosition.Max(each => each.Length);
        Assert.Equal(0, gradient.ByPosition.Aggregate(Vector3D.Zero, (sum, each) => sum + each).Length, tolerance);

        Matrix3x3 rotation = TestCrystals.Rotation(new(1, 2, -1), 0.7);
        PredictionGradient turned = Of(name, TestCrystals.Turned(cell, rotation));
        int[] order = [3, 0, 4, 2, 1];
        PredictionGradient reordered = Of(name, TestCrystals.Reordered(cell, order));
        Vector3D[] images = [new(1, 0, -2), new(0, 0, 0), new(-1, 3, 0), new(0, -1, 0), new(2, 2, 2)];
        PredictionGradient moved = Of(name, new Crystal(cell.Lattice, cell.Elements, [.. cell.PositionsFractional.Zip(images, (position, image) => position + image + new Vector3D(0.3, -0.77, 5.1))]));
        for (int atom = 0; atom < cell.AtomCount; atom++)
        {
            Assert.Equal(0, ((rotation * gradient.ByPosition[atom]) - turned.ByPosition[atom]).Length, 100 * tolerance);
            Assert.Equal(0, (gradient.ByPosition[order[atom]] - reordered.ByPosition[atom]).Length, 100 * tolerance);
            Assert.Equal(0, (gradient.ByPosition[atom] - moved.ByPosition[atom]).Length, 100 * tolerance);
        }
    }

    [Fact]
    public void Node_features_have_the_gradient_of_central_differences()
    {
        // Another mass moves one scaled feature of all atoms of an element, and the prediction by the sum of their gradients.
        TrainedModel model = ExplainedNetworks.Trained("schnet");
        PredictionGradient gradient = Of("schnet", ExplainedNetworks.Cell);
        double Shifted(double shift)
        {
            var features = model.Description.Features;
            var moved = features with { NodeMinimum = features.NodeMinimum.SetItem(2, features.NodeMinimum[2] - shift), NodeMaximum = features.NodeMaximum.SetItem(2, features.NodeMaximum[2] - shift) };
            return new GraphPass<double>(new ExplainedModel<double>(model with { Description = model.Description with { Features = moved } })).Predict(ExplainedNetworks.Graph);
        }

        double range = model.Description.Features.NodeMaximum[2] - model.Description.Features.NodeMinimum[2], step = 1e-2;
        double expected = (Shifted(step) - Shifted(-step)) / (2 * step) * range, sum = Enumerable.Range(0, 5).Sum(atom => gradient.ByNodeFeature[(NodeFeatures.Count * atom) + 2]);
        Assert.NotEqual(0, expected, 1e-4);
        Assert.Equal(expected, sum, 1e-3 * Math.Abs(expected));
    }

    private static PredictionGradient Of(string name, Crystal cell) => PredictionGradient.Of(ExplainedNetworks.Pass(name), CrystalGraphBuilder.Build(cell));
}
