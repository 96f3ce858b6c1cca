using System.Diagnostics;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Benchmarks;

/// <summary>
/// Speed of turning crystals into graphs, one thread: the 40-atom Ag3SBr cell with every coordinate moved by up to ±0.2 Å, cutoff 5.5 Å, about
/// 1,180 directed edges with images and lengths. <c>--write FILE</c> writes the cells, so that benchmarks/pymatgen_neighbours.py works on the same ones.
/// </summary>
internal static class GraphBuilding
{
    private const int Cells = 200;

    internal static int Run(ReadOnlySpan<string> arguments) => BenchmarkArguments.Run("graphs", 5, arguments, ["--write"], Measure);

    private static void Measure(BenchmarkArguments arguments)
    {
        Crystal[] crystals = [.. Enumerable.Range(0, Cells).Select(number => Displaced(number))];
        if (arguments.Write is { } path)
        {
            ExtendedXyz.Write(path, crystals.Select(crystal => new ExtendedXyzFrame(crystal, [], [])));
        }

        // Half of the time compiles and warms up; then windows of all cells, whose spread tells a quiet machine from a busy one.
        var rates = new List<double>();
        long edges = 0;
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < arguments.Seconds || rates.Count < 5)
        {
            edges = 0;
            var watch = Stopwatch.StartNew();
            foreach (Crystal crystal in crystals)
            {
                edges += CrystalGraphBuilder.Build(crystal).EdgeCount;
            }

            if (total.Elapsed.TotalSeconds > arguments.Seconds / 2)
            {
                rates.Add(Cells / watch.Elapsed.TotalSeconds);
            }
        }

        rates.Sort();
        Console.WriteLine(FormattableString.Invariant($"{Cells} cells of {crystals[0].AtomCount} atoms, {(double)edges / Cells:F0} directed edges each, {edges} in all, one thread"));
        Console.WriteLine(FormattableString.Invariant($"{rates[rates.Count / 2]:F0} structures/s (median of {rates.Count} windows; 10 % {rates[rates.Count / 10]:F0}, 90 % {rates[rates.Count * 9 / 10]:F0})"));
        MeasureLargeCells();
    }

    /// <summary>Cost for each atom of ever larger cells: equal when the search is linear in atoms.</summary>
    private static void MeasureLargeCells()
    {
        foreach (int repeats in new[] { 2, 6, 13, 28 })
        {
            Crystal crystal = Displaced(0, repeats);
            double fastest = double.PositiveInfinity;
            for (int repeat = 0; repeat < 5; repeat++)
            {
                var watch = Stopwatch.StartNew();
                _ = CrystalGraphBuilder.Build(crystal);
                fastest = Math.Min(fastest, watch.Elapsed.TotalMicroseconds);
            }

            Console.WriteLine(FormattableString.Invariant($"{crystal.AtomCount,7} atoms in one cell: {fastest / crystal.AtomCount:F2} µs for each atom (best of 5)"));
        }
    }

    private static Crystal Displaced(int number, int repeats = 2)
    {
        const double Edge = 4.793;
        var unit = new Crystal(
            Lattice.Cubic(Edge),
            [Element.Of("Ag"), Element.Of("Ag"), Element.Of("Ag"), Element.Of("S"), Element.Of("Br")],
            [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);
        Crystal supercell = Supercell.Of(unit, repeats, repeats, repeats).Crystal;
        var random = new Philox(3, (ulong)number);
        double Next() => 0.4 * (random.NextDouble() - 0.5);
        return supercell.Displaced([.. Enumerable.Range(0, supercell.AtomCount).Select(_ => new Vector3D(Next(), Next(), Next()))]);
    }
}
