using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;

namespace Phonograph.Explaining.Networks;

/// <summary>Explains structures by one network or by the members of an ensemble, structures side by side. Results do not depend on the number of threads.</summary>
public sealed class NetworkExplainer
{
    private readonly ImmutableArray<ExplainedModel<float>> _models;
    private readonly ExplanationOptions _options;
    private readonly WorkerPool _pool;
    private readonly GraphPass<float>[]?[] _passes;

    /// <summary>Takes models.</summary>
    /// <param name="models">Models that read the same graphs and predict the same property.</param>
    /// <param name="options">How.</param>
    /// <param name="pool">Threads; the pool of the process when null.</param>
    /// <exception cref="InputException">An option is out of its range, or the models do not fit together.</exception>
    public NetworkExplainer(ImmutableArray<ExplainedModel<float>> models, ExplanationOptions options, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (models.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There is no model.", nameof(models));
        }

        static (string, GraphOptions) Kind(ExplainedModel<float> model) => (model.Description.Properties[model.Property].Key, model.Description.GraphOptions);
        if (models.Any(model => Kind(model) != Kind(models[0])))
        {
            throw new InputException("The models predict different properties or read different graphs. Explain them one by one.");
        }

        (_models, _options, _pool) = (models, options.Validated(), pool ?? WorkerPool.Shared);
        _passes = new GraphPass<float>[_pool.ThreadCount][];
    }

    /// <summary>What the first model says of itself.</summary>
    public ModelDescription Description => _models[0].Description;

    /// <summary>The models.</summary>
    public ImmutableArray<ExplainedModel<float>> Models => _models;

    /// <summary>How structures are explained.</summary>
    public ExplanationOptions Options => _options;

    /// <summary>Whether a graph can be explained: it has atoms with tabulated features and at least one bond, and knows its crystal.</summary>
    public static bool CanExplain(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.EdgeCount > 0 && graph.Crystal is not null && graph.Elements.All(element => element.PaulingElectronegativity is not null);
    }

    /// <summary>Explains graphs that were built with the options of the models.</summary>
    /// <param name="graphs">Graphs that <see cref="CanExplain"/>.</param>
    /// <param name="progress">Told after each graph.</param>
    /// <param name="cancellation">Stops between graphs and steps.</param>
    public ImmutableArray<CellExplanation> Explain(IReadOnlyList<CrystalGraph> graphs, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) =>
        Each(graphs, (index, passes) => Explain(graphs[index], passes, cancellation), "explain", progress, cancellation);

    /// <summary>Does something with each graph, given by its place; graphs side by side, each thread with passes of its own.</summary>
    internal ImmutableArray<TResult> Each<TResult>(
        IReadOnlyList<CrystalGraph> graphs, Func<int, GraphPass<float>[], TResult> work, string stage, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        var results = new TResult[graphs.Count];
        int done = 0;
        _pool.Run(graphs.Count, (index, worker) =>
        {
            cancellation.ThrowIfCancellationRequested();
            GraphPass<float>[] passes = _passes[worker] ??= [.. _models.Select(model => new GraphPass<float>(model, _pool))];
            results[index] = work(index, passes);
            progress?.Report(new WorkProgress(stage, Interlocked.Increment(ref done), graphs.Count));
        });
        return [.. results];
    }

    private CellExplanation Explain(CrystalGraph graph, GraphPass<float>[] passes, CancellationToken cancellation)
    {
        var bonds = BondList.Of(graph);
        ImmutableArray<ImmutableArray<ImmutableArray<double>>> runs = [.. passes.Select(pass => BondImportance.Of(pass, graph, bonds, _options, cancellation))];
        PredictionGradient[] gradients = [.. passes.Select(pass => PredictionGradient.Of(pass, graph))];
        double[] importance = Mean([.. runs.SelectMany(model => model)]);
        return new CellExplanation(
            gradients.Average(each => each.Prediction),
            bonds.Bonds,
            [.. importance],
            runs,
            [.. bonds.Sums<double>(Mean([.. gradients.Select(each => each.ByLength)]))],
            [.. Enumerable.Range(0, graph.NodeCount).Select(atom => gradients.Aggregate(Vector3D.Zero, (sum, each) => sum + each.ByPosition[atom]) / gradients.Length)],
            [.. TimesFeature(graph, Mean([.. gradients.Select(each => each.ByNodeFeature)]))],
            [.. CellShells.Of(graph, bonds, importance, _options.ShellWidthAngstrom, passes)],
            Mean([.. passes.Select(pass => NodeFeatureOcclusion.Of(pass, graph))]));
    }

    private static ImmutableArray<FeatureChange> Mean(ImmutableArray<FeatureChange>[] models) =>
        [.. models[0].Select((change, place) => change with { Change = models.Average(each => each[place].Change) })];

    private double[] TimesFeature(CrystalGraph graph, double[] gradient)
    {
        ImmutableArray<float> features = Description.Features.Apply(graph).NodeFeatures;
        return [.. gradient.Select((value, place) => (value * features[place]) + 0.0)];
    }

    private static double[] Mean(ImmutableArray<double>[] rows)
    {
        var mean = new double[rows[0].Length];
        for (int place = 0; place < mean.Length; place++)
        {
            foreach (ImmutableArray<double> row in rows)
            {
                mean[place] += row[place] / rows.Length;
            }
        }

        return mean;
    }
}
