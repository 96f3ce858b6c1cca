using System.Collections.Immutable;
using Phonograph.Files;

namespace Phonograph.Learning.Models;

/// <summary>
/// One of the six published architectures (arXiv 2511.15222 and the scripts of its authors): graph convolutions, each followed by batch
/// normalisation and ReLU; pooling; dropout; a linear layer to 16, ReLU, a linear layer to 1; output function.
/// </summary>
/// <param name="Name"><c>m1</c> to <c>m6</c>.</param>
/// <param name="Convolutions">Number of graph convolutions.</param>
/// <param name="Pooling">From nodes to crystal.</param>
/// <param name="Output">Last function.</param>
public sealed record GraphConvVariant(string Name, int Convolutions, Pooling Pooling, OutputFunction Output)
{
    /// <summary>All six, in the order of their numbers.</summary>
    public static ImmutableArray<GraphConvVariant> All { get; } =
    [
        new("m1", 3, Pooling.Max, OutputFunction.Sigmoid),
        new("m2", 3, Pooling.Mean, OutputFunction.Sigmoid),
        new("m3", 3, Pooling.Max, OutputFunction.Relu),
        new("m4", 3, Pooling.Mean, OutputFunction.Relu),
        new("m5", 2, Pooling.Max, OutputFunction.Sigmoid),
        new("m6", 4, Pooling.Max, OutputFunction.Sigmoid),
    ];

    /// <summary>The variant of a name.</summary>
    /// <exception cref="InputException">No variant has this name.</exception>
    public static GraphConvVariant Of(string name) => All.FirstOrDefault(variant => variant.Name == name)
        ?? throw new InputException($"Unknown model {name}. Choose one of {string.Join(", ", All.Select(variant => variant.Name))}.");

    /// <summary>One line for tables, for example <c>3 convolutions, max pooling, sigmoid</c>.</summary>
    public string Describe() => $"{Convolutions} convolutions, {Pooling.ToString().ToLowerInvariant()} pooling, {(Output == OutputFunction.Sigmoid ? "sigmoid" : "ReLU")}";
}
