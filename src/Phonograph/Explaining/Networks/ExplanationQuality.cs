using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Numerics.Random;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Whether explanations can be trusted: do the bonds they name decide the prediction (fidelity, deletion, insertion), do they come out again (seeds, members, equivalent cells), and do they differ from those of controls that know nothing.
/// </summary>
/// <param name="PredictionSpread">Standard deviation of the predictions over the structures, in the unit of the property; NaN for one structure.</param>
/// <param name="Rows">The measures.</param>
public sealed record ExplanationQuality(double PredictionSpread, ImmutableArray<QualityRow> Rows)
{
    private const string Explanation = "explanation", Random = "random", Untrained = "untrained", Control = "control";
    private const ulong Stream = 0x7261_6e6b_0000_0000; // "rank"

    /// <summary>Measures the quality of explanations.</summary>
    /// <param name="explainer">What explained them.</param>
    /// <param name="graphs">The structures.</param>
    /// <param name="explanations">Their explanations, in the same order.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each structure.</param>
    /// <param name="cancellation">Stops between structures and steps.</param>
    /// <exception cref="InputException">An option is out of its range, or the control reads other graphs.</exception>
    public static ExplanationQuality Of(
        NetworkExplainer explainer,
        IReadOnlyList<CrystalGraph> graphs,
        IReadOnlyList<CellExplanation> explanations,
        QualityOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentNullException.ThrowIfNull(explanations);
        QualityOptions settings = (options ?? new QualityOptions()).Validated();
        if (settings.Control is { } control && control.Description.GraphOptions != explainer.Description.GraphOptions)
        {
            throw new InputException("The control reads other graphs than the model: another cutoff or builder. Give a control that was trained with the same ones.");
        }

        if (graphs.Count != explanations.Count)
        {
            throw new ArgumentException($"{explanations.Count} explanations of {graphs.Count} structures.", nameof(explanations));
        }

        ImmutableArray<Cell> cells = explainer.Each(graphs, (index, passes) => Assess(explainer, graphs[index], explanations[index], passes, (settings, index), cancellation), "quality", progress, cancellation);
        double mean = cells.Length > 0 ? cells.Average(cell => cell.Prediction) : double.NaN;
        double spread = cells.Length > 1 ? Math.Sqrt(cells.Sum(cell => (cell.Prediction - mean) * (cell.Prediction - mean)) / (cells.Length - 1)) : double.NaN;
        return new ExplanationQuality(spread, [.. Curves(cells, settings, spread).Concat(Agreements(cells, settings)).Where(row => row.Structures > 0)]);
    }

    private static Cell Assess(
        NetworkExplainer explainer, CrystalGraph graph, CellExplanation explanation, GraphPass<float>[] passes, (QualityOptions Settings, int Index) how, CancellationToken cancellation)
    {
        (QualityOptions settings, int index) = how;
        var bonds = BondList.Of(graph);
        var random = new Philox(settings.Seed, Stream + (ulong)index);
        double[] Again(GraphPass<float> pass, CrystalGraph of, BondList its) => Mean(BondImportance.Of(pass, of, its, explainer.Options, cancellation));
        var rankings = new List<(string Name, double[] Importance)>
        {
            (Explanation, [.. explanation.Importance]),
            (Random, [.. Enumerable.Range(0, bonds.Count).Select(_ => random.NextDouble())]),
            (Untrained, Again(new GraphPass<float>(passes[0].Model.Untrained(settings.Seed), passes[0].Tape.Pool), graph, bonds)),
        };
        if (settings.Control is { } control)
        {
            rankings.Add((Control, Again(new GraphPass<float>(control, passes[0].Tape.Pool), graph, bonds)));
        }

        double[] own = Mean(explanation.Runs[0]);
        var agreements = new Dictionary<string, Agreement>(StringComparer.Ordinal)
        {
            ["seeds"] = Agreement.Among([.. explanation.Runs[0].Select(run => run.ToArray())]),
            ["members"] = Agreement.Among([.. explanation.Runs.Select(Mean)]),
        };
        foreach (EquivalentCell cell in EquivalentCell.Of(graph.Crystal!, settings.Seed + (ulong)index))
        {
            CrystalGraph same = CrystalGraphBuilder.Build(cell.Crystal, explainer.Description.GraphOptions);
            var its = BondList.Of(same);
            agreements[cell.Name] = Agreement.Of(own, cell.OnOriginal(graph, bonds, its, Again(passes[0], same, its)));
        }

        foreach ((string name, double[] importance) in rankings.Skip(2))
        {
            agreements[name] = Agreement.Of(own, importance);
        }

        return new Cell(explanation.Prediction, rankings.ToDictionary(each => each.Name, each => passes.Select(pass => ImportanceCurve.Of(pass, graph, bonds, each.Importance, settings.Steps)).ToArray()), agreements);
    }

    private static IEnumerable<QualityRow> Curves(ImmutableArray<Cell> cells, QualityOptions settings, double spread)
    {
        (string Name, Func<ImportanceCurve, double> Value)[] measures =
        [
            ("fidelity_plus", curve => curve.FidelityPlus(settings.Share)), ("fidelity_minus", curve => curve.FidelityMinus(settings.Share)),
            ("deletion_area", curve => curve.DeletionArea), ("insertion_area", curve => curve.InsertionArea),
        ];
        foreach (string ranking in Names(cells, cell => cell.Curves.Keys))
        {
            foreach ((string name, Func<ImportanceCurve, double> value) in measures)
            {
                double[] values = [.. cells.Select(cell => cell.Curves[ranking].Average(value))];
                yield return Row(name, ranking, hasUnit: true, values, settings);
                yield return Row(name + "_relative", ranking, hasUnit: false, [.. values.Select(each => spread > 0 ? each / spread : double.NaN)], settings);
            }

            if (ranking != Random)
            {
                yield return Row("deletion_gain", ranking, hasUnit: true, [.. cells.Select(cell => cell.Curves[ranking].Average(curve => curve.DeletionArea) - cell.Curves[Random].Average(curve => curve.DeletionArea))], settings);
                yield return Row("insertion_gain", ranking, hasUnit: true, [.. cells.Select(cell => cell.Curves[Random].Average(curve => curve.InsertionArea) - cell.Curves[ranking].Average(curve => curve.InsertionArea))], settings);
            }
        }
    }

    private static IEnumerable<QualityRow> Agreements(ImmutableArray<Cell> cells, QualityOptions settings)
    {
        foreach (string with in Names(cells, cell => cell.Agreements.Keys))
        {
            yield return Row("rank_correlation", with, hasUnit: false, [.. cells.Select(cell => cell.Agreements[with].RankCorrelation)], settings);
            yield return Row("cosine", with, hasUnit: false, [.. cells.Select(cell => cell.Agreements[with].Cosine)], settings);
        }
    }

    private static IEnumerable<string> Names(ImmutableArray<Cell> cells, Func<Cell, IEnumerable<string>> names) => cells.IsEmpty ? [] : names(cells[0]);

    private static QualityRow Row(string measure, string of, bool hasUnit, double[] values, QualityOptions settings) =>
        new(measure, of, hasUnit, StructureMean.Of(values, settings.Bootstrap), values.Count(double.IsFinite));

    private static double[] Mean(ImmutableArray<ImmutableArray<double>> runs) => [.. Enumerable.Range(0, runs[0].Length).Select(bond => runs.Average(run => run[bond]))];

    private sealed record Cell(double Prediction, Dictionary<string, ImportanceCurve[]> Curves, Dictionary<string, Agreement> Agreements);
}
