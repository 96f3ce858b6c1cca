using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Hamiltonians;

/// <summary>Small cells, and a Hamiltonian of random numbers that labels them.</summary>
internal static class HamiltonianCells
{
    internal const double Cutoff = 5;

    internal static HamiltonianForm Form(OrbitalChoice orbitals = OrbitalChoice.Full) =>
        new([Element.Of("S"), Element.Of("Br"), Element.Of("Ag")], orbitals, 2.2, Cutoff, 4);

    internal static CrystalGraph Graph(Crystal crystal) => CrystalGraphBuilder.Build(crystal, new GraphOptions { CutoffAngstrom = Cutoff });

    internal static Crystal Shaken(ulong seed, double width = 0.5) => TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, width, seed);

    /// <summary>Numbers of a size as learnt ones have.</summary>
    internal static double[] Numbers(HamiltonianForm form, ulong seed)
    {
        var random = new Philox(seed, 3);
        return [.. Enumerable.Range(0, new HamiltonianParameters(form).Count).Select(_ => 0.8 * random.NextNormal())];
    }

    /// <summary>A model whose start is near the prior but not on it.</summary>
    internal static HamiltonianModel Teacher(ulong seed)
    {
        HamiltonianForm form = Form(OrbitalChoice.Frontier);
        var start = new StartingParameters(form, new HamiltonianParameters(form));
        var random = new Philox(seed, 5);
        double[] values = [.. start.Values.Zip(start.Spreads, (mean, spread) => mean + (0.15 * spread * random.NextNormal()))];
        var range = new TrainingRange(["S", "Br", "Ag"], form.StartAngstrom, 20, 0, 1);
        var options = new HamiltonianOptions { Orbitals = form.Orbitals, CutoffAngstrom = Cutoff, RadialFunctions = form.RadialFunctions };
        return new HamiltonianModel(form, [.. values], range, new HamiltonianProvenance("", "teacher", "exact", "none", options, [], [], [new HamiltonianPass(1, 0, 0, 0)], 1));
    }

    internal static HamiltonianData Data(HamiltonianModel teacher, int training, int validation) =>
        new(Labelled(teacher, 1000, training), Labelled(teacher, 5000, validation), "teacher", "exact");

    internal static ImmutableArray<LabelledGraph> Labelled(HamiltonianModel teacher, ulong firstSeed, int count, double width = 0.5)
    {
        CrystalGraph[] graphs = [.. Enumerable.Range(0, count).Select(place => Graph(Shaken(firstSeed + (ulong)place, width)))];
        return
        [
            .. graphs.Zip(teacher.Predict(graphs), (graph, found) => new LabelledGraph("", "random", graph, found.Edges.ValenceElectronvolt) { FurtherTargets = [found.Edges.GapElectronvolt] })
                .Select((cell, place) => cell with { Configuration = $"cell-{firstSeed + (ulong)place}" }),
        ];
    }
}
