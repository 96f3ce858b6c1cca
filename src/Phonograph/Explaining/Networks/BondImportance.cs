using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;

namespace Phonograph.Explaining.Networks;

/// <summary>Importance of every bond of a graph by one of the methods.</summary>
public static class BondImportance
{
    /// <summary>Measures it.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    /// <param name="bonds">Its bonds.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops the learning of masks.</param>
    /// <returns>One number for each bond, of each run: as many runs as masks are learned, and one for the methods without chance.</returns>
    public static ImmutableArray<ImmutableArray<double>> Of<T>(
        GraphPass<T> pass, CrystalGraph graph, BondList bonds, ExplanationOptions options, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(bonds);
        ArgumentNullException.ThrowIfNull(options);
        return options.Method switch
        {
            ImportanceMethod.Gradients => [[.. bonds.Sums<double>(PredictionGradient.Of(pass, graph).ByMessage.AsSpan())]],
            ImportanceMethod.IntegratedGradients => [[.. bonds.Sums<double>(IntegratedGradients.Of(pass, graph, IntegrationPath.Messages, options.IntegrationTolerance).ByEdge.AsSpan())]],
            ImportanceMethod.Occlusion => [[.. Occlusion.OfBonds(pass, graph, bonds)]],
            _ => LearnedMask.Of(pass, graph, bonds, options.Mask, cancellation).Masks,
        };
    }
}
