using System.Collections.Immutable;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Gathers explanations of many structures into tables by pair of elements and length, and by node feature. It keeps sums, not the explanations, so that it can take in any number. Models of several training draws may explain the
/// same structures: intervals then cover draws and structures.
/// </summary>
/// <param name="widthAngstrom">Width of the ranges of lengths of the explanations, Å.</param>
/// <param name="cutoffAngstrom">Longest bond, Å.</param>
/// <param name="densityWidthAngstrom">Width of the ranges of the densities, Å.</param>
public sealed class ImportanceSummary(double widthAngstrom, double cutoffAngstrom, double densityWidthAngstrom = 0.1)
{
    private readonly List<List<Cell>> _draws = [];
    private readonly SortedDictionary<(ElementPair Pair, int Range), (double Bonds, double Importance)> _density = [];
    private int _explanations, _withImportance;

    /// <summary>Number of structures taken in.</summary>
    public int Count => _draws.Count == 0 ? 0 : _draws[0].Count;

    /// <summary>Number of training draws that explained them.</summary>
    public int Draws => _draws.Count;

    /// <summary>Takes in a structure.</summary>
    /// <param name="explanation">Its explanation.</param>
    /// <param name="draw">Number of the training draw of the model, from 0; every draw takes in the same structures in the same order, one draw after the other or structure by structure.</param>
    /// <exception cref="ArgumentException">A draw before has no structure yet.</exception>
    public void Add(CellExplanation explanation, int draw = 0)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        if (draw < 0 || draw > _draws.Count)
        {
            throw new ArgumentException($"Draw {draw} comes after {_draws.Count} draws; expected the next one at most.", nameof(draw));
        }

        if (draw == _draws.Count)
        {
            _draws.Add([]);
        }

        double size = explanation.Importance.Sum(Math.Abs);
        _draws[draw].Add(new Cell(
            explanation.Shells.ToDictionary(shell => (shell.Pair, shell.Range)), explanation.Features.ToDictionary(change => (change.Element ?? "", change.Feature), change => change.Change), explanation.Bonds.Length, size));
        _explanations++;
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
    /// <exception cref="InvalidOperationException">Draws took in different numbers of structures.</exception>
    public ImmutableArray<ShellImportance> Shells(BootstrapOptions? bootstrap = null)
    {
        BootstrapOptions options = bootstrap ?? BootstrapOptions.Default;
        IEnumerable<(ElementPair Pair, int Range)> keys = Checked().SelectMany(draw => draw).SelectMany(each => each.Shells.Keys).Distinct()
            .OrderBy(key => key.Pair).ThenBy(key => key.Range == CellShell.AllLengths ? int.MaxValue : key.Range);
        return [.. keys.Select(key => Shell(key, options))];
    }

    /// <summary>Every node feature, of all atoms first and then of each element in alphabetical order.</summary>
    /// <param name="bootstrap">How intervals are computed.</param>
    /// <exception cref="InvalidOperationException">Draws took in different numbers of structures.</exception>
    public ImmutableArray<FeatureImportance> Features(BootstrapOptions? bootstrap = null)
    {
        BootstrapOptions options = bootstrap ?? BootstrapOptions.Default;
        IEnumerable<(string Element, int Feature)> keys = Checked().SelectMany(draw => draw).SelectMany(each => each.Features.Keys).Distinct().OrderBy(key => key.Item1, StringComparer.Ordinal).ThenBy(key => key.Feature);
        return
        [
            .. keys.Select(key =>
            {
                double[][] changes = Numbers(each => each.Features.TryGetValue(key, out double change) ? change : double.NaN);
                return new FeatureImportance(
                    key.Element.Length == 0 ? null : key.Element, NodeFeatures.Names[key.Feature], StructureMean.Of(changes, options), StructureMean.Of([.. changes.Select(draw => draw.Select(Math.Abs).ToArray())], options));
            }),
        ];
    }

    /// <summary>Densities over length: first those of all pairs together, then those of each pair.</summary>
    public ImmutableArray<ImportanceDensity> Densities()
    {
        ImportanceDensity Row(ElementPair? pair, int range, double bonds, double importance) => new(
            pair, range * densityWidthAngstrom, (range + 1) * densityWidthAngstrom, bonds / (_explanations * densityWidthAngstrom), _withImportance > 0 ? importance / (_withImportance * densityWidthAngstrom) : double.NaN);
        return
        [
            .. _density.GroupBy(each => each.Key.Range).OrderBy(range => range.Key).Select(range => Row(null, range.Key, range.Sum(each => each.Value.Bonds), range.Sum(each => each.Value.Importance))),
            .. _density.Select(each => Row(each.Key.Pair, each.Key.Range, each.Value.Bonds, each.Value.Importance)),
        ];
    }

    private ShellImportance Shell((ElementPair Pair, int Range) key, BootstrapOptions options)
    {
        bool isAll = key.Range == CellShell.AllLengths;
        Interval Mean(Func<Cell, CellShell, double> value) => StructureMean.Of(Numbers(each => value(each, each.Shells.GetValueOrDefault(key))), options);
        return new ShellImportance(
            key.Pair,
            isAll ? 0 : key.Range * widthAngstrom,
            isAll ? cutoffAngstrom : (key.Range + 1) * widthAngstrom,
            isAll,
            _draws.SelectMany(draw => draw).Average(each => each.Shells.GetValueOrDefault(key).Bonds),
            Mean((_, shell) => shell.Importance),
            Mean((_, shell) => shell.Bonds > 0 ? shell.Size / shell.Bonds : double.NaN),
            Mean((each, shell) => each.Size > 0 ? shell.Size / each.Size : double.NaN),
            Mean((each, shell) => each.Bonds > 0 ? (double)shell.Bonds / each.Bonds : double.NaN),
            Mean((_, shell) => shell.Change),
            Mean((_, shell) => Math.Abs(shell.Change)));
    }

    private double[][] Numbers(Func<Cell, double> value) => [.. _draws.Select(draw => draw.Select(value).ToArray())];

    private List<List<Cell>> Checked() => _draws.All(draw => draw.Count == Count)
        ? _draws
        : throw new InvalidOperationException($"The draws took in {string.Join(", ", _draws.Select(draw => draw.Count))} structures; expected as many each.");

    private sealed record Cell(Dictionary<(ElementPair Pair, int Range), CellShell> Shells, Dictionary<(string Element, int Feature), double> Features, int Bonds, double Size);
}
