using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Training;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning;

/// <summary>Displaced anti-perovskite cells whose label is the sum of the distances from sulphur to silver: something a network can learn.</summary>
internal static class SyntheticCells
{
    public static readonly GraphOptions Graph = new();
    private const int Sulphur = 3;

    /// <summary>Five atoms: Ag on the face centres, S in the middle, Br on the corner.</summary>
    public static Crystal Ideal { get; } = new(
        Lattice.Cubic(4.793),
        [Element.Of("Ag"), Element.Of("Ag"), Element.Of("Ag"), Element.Of("S"), Element.Of("Br")],
        [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);

    public static Crystal Displaced(Crystal crystal, ulong seed, double widthAngstrom)
    {
        var random = new Philox(seed, 99);
        Vector3D[] displacements = [.. crystal.Elements.Select(_ => widthAngstrom * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
        return crystal.Displaced(displacements);
    }

    public static LabelledGraph Labelled(ulong seed, double widthAngstrom = 0.15, string scheme = "phonon")
    {
        CrystalGraph graph = CrystalGraphBuilder.Build(Displaced(Ideal, seed, widthAngstrom), Graph);
        double label = 0;
        for (int edge = graph.EdgeStart[Sulphur]; edge < graph.EdgeStart[Sulphur + 1]; edge++)
        {
            label += graph.Elements[graph.EdgeSource[edge]].Symbol == "Ag" ? graph.EdgeLengthAngstrom[edge] : 0;
        }

        return new LabelledGraph($"cell-{seed}", scheme, graph, label);
    }

    public static ImmutableArray<LabelledGraph> Many(ulong firstSeed, int count) => [.. Enumerable.Range(0, count).Select(index => Labelled(firstSeed + (ulong)index))];

    public static TrainingData Data(int training, int validation) => new(
        Property.BandGap, Many(1000, training), Many(5000, validation), Graph, "tight-binding", "model");
}
