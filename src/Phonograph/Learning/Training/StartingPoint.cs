using System.Globalization;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Training;

/// <summary>
/// Where a training begins: weights drawn from the seed, or those of another model. A start model keeps its scaling of features, so that its inputs mean
/// what they meant. For labels of its own engine and level it keeps its scaling of targets too, and goes on as if it had never stopped. For other labels
/// targets are scaled anew, and where the last function is linear the last layer is shifted and stretched by the least-squares line from its outputs to
/// the new training labels, so that the first predictions are the start model's as far as a line can carry them over.
/// </summary>
/// <param name="Features">Scaling of node features and edge lengths.</param>
/// <param name="Terms">Scaling of targets, and what the loss compares.</param>
/// <param name="Network">The network.</param>
internal sealed record StartingPoint(FeatureNormalization Features, TargetTerms Terms, GraphNetwork<float> Network)
{
    public static StartingPoint Of(TrainingData data, TrainingOptions options, TrainingRun run)
    {
        NetworkOptions shape = options.Network(data.Graph.CutoffAngstrom) with { Outputs = data.Properties.Length };
        GraphNetwork<float> network = GraphNetworks.Create<float>(shape, options.Seed);
        if (data.Start is not { } start)
        {
            return options.Freeze
                ? throw new InputException("Only a network that starts from the weights of another model can be frozen. Give a start model.")
                : new StartingPoint(Fitted(data, options), new TargetTerms(Scales(data, options)), network);
        }

        Check(start.Model.Description, shape, data, options);
        foreach ((NamedArray<float> array, NamedArray<float> from) in network.Arrays().Zip(start.Model.Network.Arrays()))
        {
            from.Values.CopyTo(array.Values);
        }

        bool isSameLevel = start.Model.Description.Engine == data.Engine && start.Model.Description.Level == data.Level;
        var point = new StartingPoint(
            start.Model.Description.Features, new TargetTerms(isSameLevel ? start.Model.Description.Scales : Scales(data, options)), network);
        if (!isSameLevel && network.Output == OutputFunction.Linear)
        {
            point.FollowLabels(data, run);
        }

        if (options.Freeze)
        {
            network.FreezeBody();
        }

        return point;
    }

    private static FeatureNormalization Fitted(TrainingData data, TrainingOptions options) =>
        options.LegacyNormalization ? FeatureNormalization.Published : FeatureNormalization.Fit(data.Training.Select(each => each.Graph));

    private static TargetScales Scales(TrainingData data, TrainingOptions options) =>
        TargetScales.Fit(data.Properties, options.Head, options.LegacyNormalization ? [.. data.Training, .. data.Validation] : data.Training);

    private static void Check(ModelDescription start, NetworkOptions asked, TrainingData data, TrainingOptions options)
    {
        NetworkOptions has = GraphNetworks.Resolved(start.Network), wants = GraphNetworks.Resolved(asked);
        TargetHead head = start.ConductionEdge is null ? TargetHead.Direct : TargetHead.Edges;
        (string Name, IFormattable Has, IFormattable Wants)[] numbers =
        [
            ("hidden", has.Hidden, wants.Hidden), ("layers", has.Layers!.Value, wants.Layers!.Value), ("read-out", has.ReadOut!.Value, wants.ReadOut!.Value),
            ("cutoff / Å", has.CutoffAngstrom, wants.CutoffAngstrom), ("head", head, options.Head),
        ];
        string[] differences =
        [
            .. new[] { ("property", TargetScales.Names(start.Properties), TargetScales.Names(data.Properties)), ("model", has.Model, wants.Model), ("graph builder", Builder(start.LegacyGraph), Builder(data.Graph.Legacy)) }
                .Concat(numbers.Select(each => (each.Name, Text(each.Has), Text(each.Wants))))
                .Where(each => each.Item2 != each.Item3)
                .Select(each => $"{each.Item1}: {each.Item2} there, {each.Item3} here"),
        ];
        if (differences.Length > 0)
        {
            throw new InputException($"The start model is another kind of model ({string.Join("; ", differences)}). Ask for the same, or choose another start model.");
        }

        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture).ToLowerInvariant();
        static string Builder(bool isLegacy) => isLegacy ? "published" : "own";
    }

    /// <summary>Shifts and stretches each row of the last layer by the least-squares line from outputs to scaled labels, where that line rises.</summary>
    private void FollowLabels(TrainingData data, TrainingRun run)
    {
        var graphs = new ScaledGraphs(data.Training, Features, Terms, Network.Geometry);
        int outputs = Terms.Scales.Count;
        var x = new double[outputs, graphs.Count];
        graphs.Predict(Network, new Tape<float>(run.Pool), new GraphBatch<float>(), (graph, values) =>
        {
            for (int output = 0; output < outputs; output++)
            {
                x[output, graph] = values[output];
            }
        });
        Parameter<float> weight = Network.Parameters.Single(each => each.Name == PredictionHead<float>.LastLayer + ".weight");
        Parameter<float> bias = Network.Parameters.Single(each => each.Name == PredictionHead<float>.LastLayer + ".bias");
        for (int output = 0; output < outputs; output++)
        {
            double[] from = [.. Enumerable.Range(0, graphs.Count).Select(graph => x[output, graph])];
            double[] to = [.. data.Training.Select(each => Terms.Scales.ScaledOutput(each, output))];
            double fromMean = from.Average(), toMean = to.Average();
            double spread = from.Sum(value => (value - fromMean) * (value - fromMean));
            double slope = from.Zip(to, (a, b) => (a - fromMean) * (b - toMean)).Sum() / spread;
            if (slope > 0 && double.IsFinite(slope))
            {
                foreach (ref float value in weight.Value.Slice(output * weight.Columns, weight.Columns))
                {
                    value = (float)(slope * value);
                }

                bias.Value[output] = (float)((slope * (bias.Value[output] - fromMean)) + toMean);
            }
        }
    }
}
