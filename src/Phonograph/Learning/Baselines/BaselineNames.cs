using System.Collections.Immutable;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Learning.Baselines;

/// <summary>Names of the simple baselines, as tables and files carry them.</summary>
public static class BaselineNames
{
    /// <summary>Always the mean of the training labels.</summary>
    public const string Mean = MeanBaseline.Name;

    /// <summary>Ridge regression on <see cref="RadialDistribution"/>.</summary>
    public const string Radial = "ridge-radial";

    /// <summary>Ridge regression on the amplitudes of the normal modes.</summary>
    public const string Modes = "ridge-modes";

    /// <summary>Ridge regression on the amplitudes of the normal modes, their squares and their products.</summary>
    public const string ModesSquared = "ridge-modes-squared";

    /// <summary>All of them, the simplest first.</summary>
    public static ImmutableArray<string> All { get; } = [Mean, Radial, Modes, ModesSquared];

    /// <summary>Everything that a study compares its network with: the baselines, and the learned Hamiltonian.</summary>
    public static ImmutableArray<string> Compared { get; } = [.. All, HamiltonianModel.Name];

    /// <summary>True for one of <see cref="Compared"/>, false for a network.</summary>
    public static bool Contains(string model) => Compared.Contains(model);

    /// <summary>What a baseline is, in a few words.</summary>
    public static string Describe(string name) => name switch
    {
        Mean => "always the mean training label",
        Radial => "ridge regression on the radial distribution of each pair of elements",
        Modes => "ridge regression on normal-mode amplitudes",
        ModesSquared => "ridge regression on normal-mode amplitudes, their squares and products",
        HamiltonianModel.Name => "learned tight-binding Hamiltonian, whose eigenvalues are the band edges",
        _ => throw new ArgumentException($"There is no baseline '{name}'.", nameof(name)),
    };
}
