using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Tests.Learning.Training;

/// <summary>The loss over several properties and over band edges.</summary>
public sealed class TargetTermsTests
{
    private static readonly ImmutableArray<LabelledGraph> Cells = SeveralProperties.Many(40, 6);

    [Theory]
    [InlineData(TargetHead.Direct, "schnet")]
    [InlineData(TargetHead.Edges, "schnet")]
    [InlineData(TargetHead.Direct, "m2")]
    [InlineData(TargetHead.Edges, "m2")]
    public void Gradients_agree_with_central_differences(TargetHead head, string name)
    {
        var terms = new TargetTerms(TargetScales.Fit(SeveralProperties.Properties, head, Cells));
        GraphNetwork<double> network = GraphNetworks.Create<double>(new NetworkOptions(name, 5, 0, GraphOptions.DefaultCutoffAngstrom) { Outputs = 3, Layers = name == "m2" ? null : 2 }, seed: 3);
        var features = FeatureNormalization.Fit(Cells.Select(each => each.Graph));
        GraphBatch<double> batch = new GraphBatch<double>().Pack([.. Cells.Select(each => new GraphTensors<double>(features.Apply(each.Graph, network.Geometry)))], [0, 1, 2, 3, 4, 5]);
        var tape = new Tape<double>();
        double Loss(bool backward)
        {
            tape.Begin(TapeMode.Training, seed: 5, step: 7, recordGradients: backward);
            Variable<double> loss = tape.MeanSquaredError(terms.Of(tape, network.Forward(tape, batch)), Labels(terms));
            if (backward)
            {
                tape.Backward(loss);
            }

            return loss.Scalar;
        }

        Loss(backward: true);
        const double Step = 1e-6;
        double largest = network.Parameters.Max(parameter => parameter.Gradient.ToArray().Max(Math.Abs));
        Assert.True(largest > 1e-6, "The loss does not depend on the weights, so nothing is tested.");
        foreach (Parameter<double> parameter in network.Parameters.Where(parameter => name != "m2" || parameter.Name.StartsWith("lin2", StringComparison.Ordinal)))
        {
            double[] gradient = parameter.Gradient.ToArray();
            for (int element = 0; element < gradient.Length; element += Math.Max(1, gradient.Length / 7))
            {
                double kept = parameter.Value[element];
                parameter.Value[element] = kept + Step;
                double above = Loss(backward: false);
                parameter.Value[element] = kept - Step;
                double below = Loss(backward: false);
                parameter.Value[element] = kept;
                Assert.Equal((above - below) / (2 * Step), gradient[element], 1e-6 * largest);
            }
        }
    }

    [Fact]
    public void Terms_are_the_properties_and_the_conduction_edge_each_on_its_own_scale()
    {
        var scales = TargetScales.Fit(SeveralProperties.Properties, TargetHead.Edges, Cells);
        var terms = new TargetTerms(scales);
        float[] outputs = [0.3f, 0.8f, 0.4f];
        double vbm = scales.Targets[1].Restore(outputs[1]), cbm = scales.ConductionEdge!.Restore(outputs[0]);
        Assert.Equal(cbm - vbm, scales.Restore(outputs, 0), 1e-12);
        Assert.Equal(vbm, scales.Restore(outputs, 1), 1e-12);
        var tape = new Tape<double>();
        tape.Begin(TapeMode.Evaluation);
        double[] found = terms.Of(tape, tape.Input([.. outputs.Select(output => (double)output)], 1, 3)).Value.ToArray();
        double[] expected = [scales.Targets[0].Scale(cbm - vbm), outputs[1], outputs[2], outputs[0]];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(expected.Select((value, term) => (value, term)), pair => Assert.Equal(pair.value, terms.Term(outputs, pair.term), 1e-12));

        // Labels of a cell are what perfect outputs give.
        double[] labels = Labels(terms);
        for (int cell = 0; cell < Cells.Length; cell++)
        {
            double gap = Cells[cell].Label(0), edge = Cells[cell].Label(1);
            Assert.Equal([(float)scales.Targets[0].Scale(gap), (float)scales.Targets[1].Scale(edge), (float)scales.Targets[2].Scale(Cells[cell].Label(2)), (float)scales.ConductionEdge.Scale(edge + gap)], labels[(4 * cell)..((4 * cell) + 4)].Select(label => (float)label));
        }
    }

    [Fact]
    public void Each_scale_covers_zero_to_one_over_the_training_labels()
    {
        var scales = TargetScales.Fit(SeveralProperties.Properties, TargetHead.Edges, Cells);
        double[] labels = Labels(new TargetTerms(scales));
        for (int term = 0; term < 4; term++)
        {
            double[] column = [.. Enumerable.Range(0, Cells.Length).Select(cell => labels[(4 * cell) + term])];
            Assert.Equal((0.0, 1.0), (column.Min(), column.Max()));
        }
    }

    [Fact]
    public void Properties_that_do_not_fit_are_refused_with_the_reason()
    {
        Assert.Contains("named twice", Refused([Property.BandGap, Property.BandGap], TargetHead.Direct), StringComparison.Ordinal);
        Assert.Contains("predicts band_gap and vbm; asked for is energy_per_atom,vbm", Refused([Property.EnergyPerAtom, Property.ValenceBandMaximum], TargetHead.Edges), StringComparison.Ordinal);
        ImmutableArray<LabelledGraph> flat = [.. Cells.Select(each => each with { FurtherTargets = [1, each.FurtherTargets[1]] })];
        Assert.StartsWith("vbm: The training labels have no spread", Assert.Throws<InputException>(() => TargetScales.Fit(SeveralProperties.Properties, TargetHead.Direct, flat)).Message, StringComparison.Ordinal);

        static string Refused(ImmutableArray<Property> properties, TargetHead head) => Assert.Throws<InputException>(() => TargetScales.Check(properties, head)).Message;
    }

    private static double[] Labels(TargetTerms terms)
    {
        var labels = new float[terms.Count * Cells.Length];
        for (int cell = 0; cell < Cells.Length; cell++)
        {
            terms.Label(Cells[cell], labels.AsSpan(cell * terms.Count, terms.Count));
        }

        return [.. labels.Select(label => (double)label)];
    }
}
