using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Explaining;

/// <summary>The bonds of one cell by their elements and lengths, and what each group does to the edges.</summary>
internal sealed class ExplainedCell
{
    /// <summary>The range that holds every length.</summary>
    internal const int AllLengths = int.MaxValue;

    private ExplainedCell(EdgeParts parts, Dictionary<(int First, int Second, int Range), Group> groups)
    {
        Parts = parts;
        Groups = groups;
    }

    /// <summary>The edges and their parts.</summary>
    internal EdgeParts Parts { get; }

    /// <summary>Groups by places of the elements in the form and number of the range.</summary>
    internal Dictionary<(int First, int Second, int Range), Group> Groups { get; }

    /// <summary>A group; one without bonds does nothing.</summary>
    internal Group this[(int First, int Second, int Range) key] => Groups.GetValueOrDefault(key);

    internal static ExplainedCell Of(EdgeParts parts, double width)
    {
        var members = new Dictionary<(int, int, int), List<int>>();
        for (int bond = 0; bond < parts.BondCount; bond++)
        {
            (int first, int second, double length) = parts.Bond(bond);
            foreach (int range in new[] { (int)(length / width), AllLengths })
            {
                if (!members.TryGetValue((first, second, range), out List<int>? list))
                {
                    members[(first, second, range)] = list = [];
                }

                list.Add(bond);
            }
        }

        double gap = parts.Edges.GapElectronvolt;
        return new ExplainedCell(parts, members.ToDictionary(pair => pair.Key, pair =>
        {
            HashSet<int> without = [.. pair.Value];
            return new Group(
                pair.Value.Count,
                pair.Value.Sum(bond => parts.ValenceBonds[bond]),
                pair.Value.Sum(bond => parts.ConductionBonds[bond]),
                parts.Keeping(bond => !without.Contains(bond)).GapElectronvolt - gap);
        }));
    }

    /// <summary>What a group of bonds does, eV.</summary>
    internal readonly record struct Group(int Bonds, double Valence, double Conduction, double GapChange);
}
