using Phonograph.Graphs;

namespace Phonograph.Explaining.Networks;

/// <summary>Puts the bonds of one structure into groups by pair of elements and length, and takes each group out.</summary>
internal static class CellShells
{
    public static IEnumerable<CellShell> Of(CrystalGraph graph, BondList bonds, double[] importance, double width, GraphPass<float>[] passes)
    {
        // A bond belongs to its range and to its pair: two cuts into groups, each exact.
        (ElementPair Pair, int Range)[] ranges = [.. bonds.Bonds.Select(bond => (bond.Pair, (int)(bond.LengthAngstrom / width)))];
        (ElementPair Pair, int Range)[] pairs = [.. bonds.Bonds.Select(bond => (bond.Pair, CellShell.AllLengths))];
        return Groups(ranges).Concat(Groups(pairs)).OrderBy(shell => shell.Pair).ThenBy(shell => shell.Range);

        IEnumerable<CellShell> Groups((ElementPair Pair, int Range)[] keys)
        {
            (ElementPair Pair, int Range)[] distinct = [.. keys.Distinct()];
            Dictionary<(ElementPair, int), int> numbers = distinct.Select((key, number) => (key, number)).ToDictionary(each => each.key, each => each.number);
            int[] group = [.. keys.Select(key => numbers[key])];
            double[][] changes = [.. passes.Select(pass => Occlusion.OfGroups(pass, graph, bonds, group, distinct.Length))];
            int[] counts = new int[distinct.Length];
            double[] sums = new double[distinct.Length], sizes = new double[distinct.Length];
            for (int bond = 0; bond < group.Length; bond++)
            {
                counts[group[bond]]++;
                sums[group[bond]] += importance[bond];
                sizes[group[bond]] += Math.Abs(importance[bond]);
            }

            return distinct.Select((key, number) => new CellShell(key.Pair, key.Range, counts[number], sums[number], sizes[number], changes.Average(model => model[number])));
        }
    }
}
