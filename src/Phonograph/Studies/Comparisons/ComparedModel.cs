using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;
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

    /// <summary>How it is tuned and trained; null for the way of all models that have none.</summary>
    public ModelRecipe? Recipe { get; init; }

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

    /// <summary>The space of settings that tuning searches: that of the recipe, or 24 for each architecture.</summary>
    public SearchSpace Space() => Recipe?.Space ?? new(Name, [Dimension("model", [.. Architectures]), Dimension("hidden", "32", "64", "128"), Dimension("learning-rate", "0.0003", "0.001", "0.003", "0.01"), Dimension("dropout", "0", "0.2")]);

    /// <summary>How long its trainings last.</summary>
    /// <param name="shared">What trainings share where there is no recipe.</param>
    internal (int Epochs, int Patience) Duration(TrainingOptions shared) => Recipe is null ? (shared.Epochs, shared.Patience) : (Recipe.Epochs, Recipe.Patience);

    /// <summary>Settings of its trainings.</summary>
    /// <param name="shared">What trainings share where there is no recipe.</param>
    /// <param name="tuned">What a search chose; null before it, when the first candidate stands in.</param>
    /// <param name="seed">Seed of the search.</param>
    internal TrainingOptions Settings(TrainingOptions shared, TrainingOptions? tuned, ulong seed) => (Recipe, tuned) switch
    {
        (null, null) => shared with { Model = Architectures[0] },
        (null, _) => shared with { Model = tuned.Model, Hidden = tuned.Hidden, LearningRate = tuned.LearningRate, Dropout = tuned.Dropout },
        (_, null) => Recipe.Draw(1, seed)[0],
        _ => tuned,
    };

    private static SearchDimension Dimension(string name, params string[] values) => SearchDimension.List(HyperParameter.All.Single(each => each.Name == name), values);
}
