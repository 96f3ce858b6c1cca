using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>Gathers explanations of many structures into tables by pair of elements and length. It keeps sums, not the explanations, so that it can take in any number.</summary>
/// <param name="widthAngstrom">Width of the ranges of lengths of the explanations, Å.</param>
/// <param name="cutoffAngstrom">Longest bond, Å.</param>
/// <param name="densityWidthAngstrom">Width of the ranges of the densities, Å.</param>
public sealed class ImportanceSummary(double widthAngstrom, double cutoffAngstrom, double densityWidthAngstrom = 0.1)
{
    private readonly List<(Dictionary<(ElementPair Pair, int Range), CellShell> Shells, int Bonds, double Size)> _structures = [];
    private readonly SortedDictionary<(ElementPair Pair, int Range), (double Bonds, double Importance)> _density = [];
    private int _withImportance;

    /// <summary>Number of structures taken in.</summary>
    public int Count => _structures.Count;

    /// <summary>Takes in a structure.</summary>
    public void Add(CellExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        double size = explanation.Importance.Sum(Math.Abs);
        _structures.Add((explanation.Shells.ToDictionary(shell => (shell.Pair, shell.Range)), explanation.Bonds.Length, size));
        _withImportance += size > 0 ? 1 : 0;
        for (int bond = 0; bond < explanation.Bonds.Length; bond++)
        {
            (ElementPair, int) key = (explanation.Bonds[bond].Pair, (int)(explanation.Bonds[bond].LengthAngstrom / densityWidthAngstrom));
            (double bonds, double importance) = _density.GetValueOrDefault(key);
            _density[key] = (bonds + (1.0 / explanation.Bonds.Length), size > 0 ? importance + (Math.Abs(explanation.Importance[bond]) / size) : importance);
        }
    }

    /// <summary>Every pair and range of lengths, then the whole pair; pairs in alphabetical order.</summary>
    /// <param name="bootstrap">How intervals are computed.</param>
    public ImmutableArray<ShellImportance> Shells(BootstrapOptions? bootstrap = null)
    {
        BootstrapOptions options = bootstrap ?? BootstrapOptions.Default;
        IEnumerable<(ElementPair Pair, int Range)> keys = _structures.SelectMany(each => each.Shells.Keys).Distinct()
            .OrderBy(key => key.Pair).ThenBy(key => key.Range == CellShell.AllLengths ? int.MaxValue : key.Range);
        return [.. keys.Select(key => Shell(key, options))];
    }

    /// <summary>Densities over length: first those of all pairs together, then those of each pair.</summary>
    public ImmutableArray<ImportanceDensity> Densities()
    {
        ImportanceDensity Row(ElementPair? pair, int range, double bonds, double importance) => new(
            pair, range * densityWidthAngstrom, (range + 1) * densityWidthAngstrom, bonds / (Count * densityWidthAngstrom), _withImportance > 0 ? importance / (_withImportance * densityWidthAngstrom) : double.NaN);
        return
        [
            .. _density.GroupBy(each => each.Key.Range).OrderBy(range => range.Key).Select(range => Row(null, range.Key, range.Sum(each => each.Value.Bonds), range.Sum(each => each.Value.Importance))),
            .. _density.Select(each => Row(each.Key.Pair, each.Key.Range, each.Value.Bonds, each.Value.Importance)),
        ];
    }

    private ShellImportance Shell((ElementPair Pair, int Range) key, BootstrapOptions options)
    {
        bool isAll = key.Range == CellShell.AllLengths;
        CellShell[] shells = [.. _structures.Select(each => each.Shells.GetValueOrDefault(key))];
        Interval Mean(Func<CellShell, double> value) => StructureMean.Of(shells.Select(value), options);
        Interval Share(Func<CellShell, double> value, Func<int, double> whole) =>
            StructureMean.Of(shells.Select((shell, index) => whole(index) > 0 ? value(shell) / whole(index) : double.NaN), options);
        return new ShellImportance(
            key.Pair,
            isAll ? 0 : key.Range * widthAngstrom,
            isAll ? cutoffAngstrom : (key.Range + 1) * widthAngstrom,
            isAll,
            shells.Average(shell => shell.Bonds),
            Mean(shell => shell.Importance),
            Mean(shell => shell.Bonds > 0 ? shell.Size / shell.Bonds : double.NaN),
            Share(shell => shell.Size, index => _structures[index].Size),
            Share(shell => shell.Bonds, index => _structures[index].Bonds),
            Mean(shell => shell.Change),
            Mean(shell => Math.Abs(shell.Change)));
    }
}
