using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Graphs;

namespace Phonograph.Learning;

/// <summary>The graphs of labelled configurations, built once and used for every property and every fit.</summary>
public sealed class GraphLibrary
{
    private readonly ImmutableDictionary<string, CrystalGraph> _graphs;

    private GraphLibrary(ImmutableDictionary<string, CrystalGraph> graphs, GraphOptions options)
    {
        _graphs = graphs;
        Options = options;
    }

    /// <summary>How the graphs were built.</summary>
    public GraphOptions Options { get; }

    /// <summary>Builds the graph of each configuration.</summary>
    /// <param name="configurations">Configurations with distinct identifiers.</param>
    /// <param name="options">Cutoff and builder; the defaults when null.</param>
    /// <param name="progress">Told after each graph.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    public static GraphLibrary Build(
        IReadOnlyCollection<LabelledConfiguration> configurations, GraphOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new GraphOptions();
        var graphs = ImmutableDictionary.CreateBuilder<string, CrystalGraph>(StringComparer.Ordinal);
        foreach (LabelledConfiguration configuration in configurations)
        {
            cancellation.ThrowIfCancellationRequested();
            graphs.Add(configuration.Id, CrystalGraphBuilder.Build(configuration.Crystal, options));
            progress?.Report(new WorkProgress("graph", graphs.Count, configurations.Count));
        }

        return new GraphLibrary(graphs.ToImmutable(), options);
    }

    /// <summary>Graphs of some configurations with their label of a property.</summary>
    /// <exception cref="KeyNotFoundException">A configuration was not among those the library was built from.</exception>
    public ImmutableArray<LabelledGraph> Of(IEnumerable<LabelledConfiguration> configurations, Property property) =>
        [.. configurations.Select(each => new LabelledGraph(each.Id, each.SchemeClass, _graphs[each.Id], each[property]))];

    /// <summary>Graphs of some configurations with their labels of several properties.</summary>
    /// <exception cref="KeyNotFoundException">A configuration was not among those the library was built from.</exception>
    public ImmutableArray<LabelledGraph> Of(IEnumerable<LabelledConfiguration> configurations, ImmutableArray<Property> properties) =>
    [
        .. configurations.Select(each =>
            new LabelledGraph(each.Id, each.SchemeClass, _graphs[each.Id], each[properties[0]]) { FurtherTargets = [.. properties.Skip(1).Select(property => each[property])] }),
    ];
}
