using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Models;
using Phonograph.Learning.Tuning;

namespace Phonograph.Studies.Comparisons;

/// <summary>A model, or a family of models of which the best is chosen, that takes part in a comparison.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Architectures">Architectures it may be; none for the learned Hamiltonian.</param>
public sealed record ComparedModel(string Name, ImmutableArray<string> Architectures)
{
    /// <summary>The published family m1 to m6, of which tuning chooses one.</summary>
    public const string Published = "published";

    /// <summary>Names that may be asked for.</summary>
    public static ImmutableArray<string> Names { get; } = [Published, .. GraphNetworks.Names, HamiltonianModel.Name];

    /// <summary>True for the learned Hamiltonian, which is no network.</summary>
    public bool IsHamiltonian => Architectures.IsEmpty;

    /// <summary>The model of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ComparedModel Of(string name) => name switch
    {
        Published => new ComparedModel(Published, [.. GraphConvVariant.All.Select(variant => variant.Name)]),
        HamiltonianModel.Name => new ComparedModel(name, []),
        _ when GraphNetworks.Names.Contains(name) => new ComparedModel(name, [name]),
        _ => throw new InputException($"--models: found '{name}'; expected some of {string.Join(", ", Names)}."),
    };

    /// <summary>The space of settings that tuning searches: 24 for each architecture.</summary>
    public SearchSpace Space() => new(Name, [Dimension("model", [.. Architectures]), Dimension("hidden", "32", "64", "128"), Dimension("learning-rate", "0.0003", "0.001", "0.003", "0.01"), Dimension("dropout", "0", "0.2")]);

    private static SearchDimension Dimension(string name, params string[] values) => SearchDimension.List(HyperParameter.All.Single(each => each.Name == name), values);
}
