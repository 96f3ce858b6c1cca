using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Files;
using Phonograph.Graphs;

namespace Phonograph.Learning.Models;

/// <summary>All architectures by name.</summary>
public static class GraphNetworks
{
    /// <summary>Convolutions of <c>cgcnn</c>, <c>schnet</c> and <c>painn</c> when nothing else is asked for.</summary>
    public const int DefaultLayers = 3;

    private const string CrystalConvolution = "cgcnn", ContinuousFilter = "schnet", VectorFeature = "painn";

    /// <summary>Names in the order of help texts: the published variants <c>m1</c> to <c>m6</c>, then <c>cgcnn</c>, <c>schnet</c>, <c>painn</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. GraphConvVariant.All.Select(variant => variant.Name), CrystalConvolution, ContinuousFilter, VectorFeature];

    /// <summary>One line for tables.</summary>
    /// <exception cref="InputException">No architecture has this name.</exception>
    public static string Describe(string name) => name switch
    {
        CrystalConvolution => "CGCNN: messages gated by both ends and the distance",
        ContinuousFilter => "SchNet class: filters of the distance with a smooth cutoff",
        VectorFeature => "PaiNN class: vector features, smooth cutoff",
        _ => Variant(name).Describe(),
    };

    /// <summary>What an architecture reads of an edge.</summary>
    /// <exception cref="InputException">No architecture has this name.</exception>
    public static EdgeGeometry GeometryOf(string name) => name switch
    {
        CrystalConvolution or ContinuousFilter => EdgeGeometry.Length,
        VectorFeature => EdgeGeometry.Direction,
        _ => Variant(name) is not null ? EdgeGeometry.ScaledLength : default,
    };

    /// <summary>Builds a network with weights drawn from a seed.</summary>
    /// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
    /// <param name="options">Shape.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="InputException">The options do not pass <see cref="Check"/>.</exception>
    public static GraphNetwork<T> Create<T>(NetworkOptions options, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(options);
        return options.Model switch
        {
            CrystalConvolution => new CrystalConvolutionModel<T>(options, seed),
            ContinuousFilter => new ContinuousFilterModel<T>(options, seed),
            VectorFeature => new VectorFeatureModel<T>(options, seed),
            _ => new GraphConvModel<T>(Shaped(options), options.Hidden, options.Dropout, seed, options.Outputs),
        };
    }

    /// <summary>Checks that a network of these options exists.</summary>
    /// <exception cref="InputException">The name is unknown, a number is out of its range, or layers are asked of a published variant.</exception>
    public static void Check(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Describe(options.Model);
        if (options.Layers is < 1 or > 16)
        {
            throw new InputException($"The number of layers is {options.Layers}; expected 1 to 16.");
        }

        if (options.Outputs is < 1 or > 64)
        {
            throw new InputException($"The number of outputs is {options.Outputs}; expected 1 to 64.");
        }

        if (options.Layers is not null && GeometryOf(options.Model) == EdgeGeometry.ScaledLength)
        {
            throw new InputException($"Model {options.Model} has {Variant(options.Model).Convolutions} convolutions by its name. Choose another variant, or leave out the number of layers.");
        }
    }

    /// <summary>The same options with everything that the architecture decides filled in, so that equal networks have equal options.</summary>
    internal static NetworkOptions Resolved(NetworkOptions options) => GeometryOf(options.Model) == EdgeGeometry.ScaledLength
        ? options with { Layers = Variant(options.Model).Convolutions, ReadOut = options.ReadOut ?? Variant(options.Model).Pooling }
        : options with { Layers = options.Layers ?? DefaultLayers, ReadOut = options.ReadOut ?? Pooling.Mean };

    private static GraphConvVariant Shaped(NetworkOptions options) => Variant(options.Model) is var variant && options.ReadOut is { } pooling ? variant with { Pooling = pooling } : variant;

    private static GraphConvVariant Variant(string name) => GraphConvVariant.All.FirstOrDefault(variant => variant.Name == name)
        ?? throw new InputException($"Unknown model {name}. Choose one of {string.Join(", ", Names)}.");
}
