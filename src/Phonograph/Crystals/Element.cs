using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Phonograph.Crystals;

/// <summary>A chemical element; sources of the numbers stand in the table they come from.</summary>
/// <param name="AtomicNumber">Number of protons.</param>
/// <param name="Symbol">Chemical symbol, for example <c>Ag</c>.</param>
/// <param name="Name">English name.</param>
/// <param name="MassAmu">Standard atomic weight, amu.</param>
/// <param name="PaulingElectronegativity">Pauling electronegativity, without unit; null where none is tabulated.</param>
/// <param name="CovalentRadiusPicometre">Covalent radius, pm.</param>
public sealed record Element(int AtomicNumber, string Symbol, string Name, double MassAmu, double? PaulingElectronegativity, double CovalentRadiusPicometre)
{
    /// <summary>All tabulated elements in order of atomic number, hydrogen first.</summary>
    public static ImmutableArray<Element> All { get; } =
    [
        .. ElementTable.Rows.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse),
    ];

    private static readonly Dictionary<string, Element> BySymbol = All.ToDictionary(element => element.Symbol, StringComparer.Ordinal);

    /// <summary>Finds an element by its symbol, upper and lower case as in print.</summary>
    public static bool TryFind(string symbol, [NotNullWhen(true)] out Element? element) => BySymbol.TryGetValue(symbol, out element);

    /// <summary>Finds an element by its symbol.</summary>
    /// <exception cref="KeyNotFoundException">There is no such element up to curium.</exception>
    public static Element Of(string symbol) =>
        TryFind(symbol, out Element? element) ? element : throw new KeyNotFoundException($"'{symbol}' is not the symbol of an element from H to Cm.");

    /// <inheritdoc/>
    public override string ToString() => Symbol;

    private static Element Parse(string row)
    {
        string[] cells = row.Split(',');
        return new Element(
            int.Parse(cells[0], CultureInfo.InvariantCulture),
            cells[1],
            cells[2],
            double.Parse(cells[3], CultureInfo.InvariantCulture),
            cells[4].Length == 0 ? null : double.Parse(cells[4], CultureInfo.InvariantCulture),
            double.Parse(cells[5], CultureInfo.InvariantCulture));
    }
}
