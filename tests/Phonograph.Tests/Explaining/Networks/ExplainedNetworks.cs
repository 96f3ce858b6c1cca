using System.Collections.Concurrent;
using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Explaining.Networks;

/// <summary>Small networks, trained for a moment, of every kind of message.</summary>
internal static class ExplainedNetworks
{
    public static readonly ImmutableArray<string> Names = ["m2", "m5", "cgcnn", "schnet", "painn"];
    private static readonly ConcurrentDictionary<string, Lazy<TrainedModel>> Models = new(StringComparer.Ordinal);

    public static Crystal Cell { get; } = SyntheticCells.Displaced(SyntheticCells.Ideal, 4, 0.2);

    public static CrystalGraph Graph { get; } = CrystalGraphBuilder.Build(Cell);

    public static TrainedModel Trained(string name) => Models.GetOrAdd(name, key => new Lazy<TrainedModel>(() => Train(key, 4))).Value;

    public static TrainedModel Train(string name, int epochs, ulong seed = 7) => Trainer.Train(
        SyntheticCells.Data(24, 8),
        new TrainingOptions { Model = name, Hidden = 9, Layers = name.StartsWith('m') ? null : 2, Epochs = epochs, BatchSize = 8, Seed = seed });

    public static ExplainedModel<double> Explained(string name) => new(Trained(name));

    public static GraphPass<double> Pass(string name) => new(Explained(name), new WorkerPool(1));

    /// <summary>A graph without some of its directed edges, made by hand.</summary>
    public static CrystalGraph Without(CrystalGraph graph, Func<int, bool> isGone)
    {
        int[] kept = [.. Enumerable.Range(0, graph.EdgeCount).Where(edge => !isGone(edge))];
        return graph with
        {
            EdgeStart = [.. graph.EdgeStart.Select(start => kept.Count(edge => edge < start))],
            EdgeSource = [.. kept.Select(edge => graph.EdgeSource[edge])],
            EdgeImage = [.. kept.Select(edge => graph.EdgeImage[edge])],
            EdgeLengthAngstrom = [.. kept.Select(edge => graph.EdgeLengthAngstrom[edge])],
        };
    }
}
