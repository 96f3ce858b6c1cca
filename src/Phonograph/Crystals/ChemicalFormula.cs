using System.Collections.Immutable;
using System.Globalization;

namespace Phonograph.Crystals;

/// <summary>Formula of a crystal, elements in the order in which they first appear.</summary>
public static class ChemicalFormula
{
    /// <summary>Atoms of the cell, for example <c>Ag24S8Br8</c>.</summary>
    public static string OfCell(Crystal crystal) => Text(crystal, 1);

    /// <summary>Divided by the greatest common divisor, for example <c>Ag3SBr</c>.</summary>
    public static string Reduced(Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return Text(crystal, Counts(crystal).Select(entry => entry.Count).Aggregate(0, GreatestCommonDivisor));
    }

    /// <summary>Number of atoms of each element, in the order in which the elements first appear.</summary>
    public static ImmutableArray<(Element Element, int Count)> Counts(Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return [.. crystal.Elements.GroupBy(element => element).Select(group => (group.Key, group.Count()))];
    }

    /// <summary>True when both crystals hold the same elements in the same proportions, in whatever order and number of atoms.</summary>
    public static bool IsSameCompound(Crystal first, Crystal second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Shares(first, second.AtomCount).SetEquals(Shares(second, first.AtomCount));
    }

    private static HashSet<(Element Element, long Count)> Shares(Crystal crystal, int factor) => [.. Counts(crystal).Select(entry => (entry.Element, (long)entry.Count * factor))];

    private static string Text(Crystal crystal, int divisor) => string.Concat(Counts(crystal).Select(entry =>
        entry.Element.Symbol + (entry.Count == divisor ? "" : (entry.Count / divisor).ToString(CultureInfo.InvariantCulture))));

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
