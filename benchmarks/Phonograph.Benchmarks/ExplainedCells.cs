using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Labelling.TightBinding;
using Phonograph.Learning;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Sampling;

namespace Phonograph.Benchmarks;

/// <summary>A trained network and structures it has not seen, for the benchmark of masks. Trained, because the masks of a network that answers the same to everything are all penalty.</summary>
internal sealed record ExplainedCells(TrainedModel Model, ImmutableArray<CrystalGraph> Graphs)
{
    private const int Training = 96, Epochs = 30;
    private const double Width = 0.5;

    /// <summary>Draws displaced 40-atom cells of Ag3SBr, labels them with the teacher whose gap the Ag-S bonds make, and trains m6.</summary>
    internal static ExplainedCells Make(int hidden, int structures)
    {
        var unit = new Crystal(
            Lattice.Cubic(4.793),
            [.. "Ag Ag Ag S Br".Split(' ').Select(Element.Of)],
            [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);
        var sampler = new UniformSampler(Supercell.Of(unit, 2, 2, 2).Crystal, Width);
        Crystal[] cells = [.. Enumerable.Range(0, Training + structures).Select(index => sampler.Draw(5, index).Displaced())];
        CrystalGraph[] graphs = [.. cells.Select(cell => CrystalGraphBuilder.Build(cell))];
        TightBindingTeacher teacher = TightBindingTeacher.SilverSulphur;
        ImmutableArray<LabelledGraph> labelled = [.. Enumerable.Range(0, Training).Select(cell => new LabelledGraph(
            $"cell-{cell}", "random", graphs[cell], GapParts.Of(teacher.Parameters, cells[cell]).GapElectronvolt))];
        var data = new TrainingData(Property.BandGap, labelled, [], new GraphOptions(), TightBindingEngine.EngineName, teacher.Level);
        TrainedModel model = Trainer.Train(data, new TrainingOptions { Model = "m6", Hidden = hidden, Epochs = Epochs, BatchSize = 8, LearningRate = 1e-3, Seed = 1 });
        return new ExplainedCells(model, [.. graphs[Training..]]);
    }

    /// <summary>Writes what PyTorch works on: scaled features and lengths, edges with their bonds, first logits; whole numbers as floating-point ones.</summary>
    internal void WriteStructures(string path, MaskOptions options)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsTensor>(StringComparer.Ordinal);
        var model = new ExplainedModel<double>(Model);
        for (int place = 0; place < Graphs.Length; place++)
        {
            CrystalGraph graph = Graphs[place];
            var bonds = BondList.Of(graph);
            GraphTensors<double> scaled = model.Tensors(graph);
            double[] targets = [.. Enumerable.Range(0, graph.NodeCount).SelectMany(node => Enumerable.Repeat((double)node, graph.EdgeStart[node + 1] - graph.EdgeStart[node]))];
            tensors.Add($"{place}.x", SafetensorsTensor.Of(scaled.NodeFeatures, graph.NodeCount, NodeFeatures.Count));
            tensors.Add($"{place}.weight", Row([.. scaled.Edges.Weight]));
            tensors.Add($"{place}.target", Row(targets));
            tensors.Add($"{place}.source", Row([.. graph.EdgeSource.Select(source => (double)source)]));
            tensors.Add($"{place}.bond", Row([.. bonds.BondOfEdge.Select(bond => (double)bond)]));
            tensors.Add($"{place}.start", Row([.. MaskStart.Of(graph, bonds).Logits(options.Seed, 0)]));
        }

        new SafetensorsFile(tensors.ToImmutable(), ImmutableSortedDictionary<string, string>.Empty).Write(path);
    }

    private static SafetensorsTensor Row(double[] values) => SafetensorsTensor.Of(values, values.Length);
}
