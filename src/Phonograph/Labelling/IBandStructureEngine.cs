using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling;

/// <summary>An engine that also gives the eigenvalues at any wave vectors, and what atoms and shells take part in each state.</summary>
public interface IBandStructureEngine : IElectronicStructureEngine
{
    /// <summary>Eigenvalues at wave vectors, in the potential that the level's own k-points lead to.</summary>
    /// <param name="request">Crystal, level and folder.</param>
    /// <param name="pointsFractional">Wave vectors in units of the reciprocal vectors.</param>
    /// <param name="cancellation">Ends the computation.</param>
    Task<StatesOutcome> StatesAsync(EngineRequest request, ImmutableArray<Vector3D> pointsFractional, CancellationToken cancellation);

    /// <summary>States at Γ with the shares of the shells of each element. A supercell's Γ holds the wave vectors that are commensurate with it.</summary>
    /// <param name="request">Crystal, level without a mesh of its own, and folder.</param>
    /// <param name="cancellation">Ends the computation.</param>
    Task<StatesOutcome> ProjectAsync(EngineRequest request, CancellationToken cancellation);
}

/// <summary>What an engine says of the states of a crystal.</summary>
public abstract record StatesOutcome;

/// <summary>Why there are no states.</summary>
/// <param name="Failure">The reason, as for labels.</param>
public sealed record NoStates(LabelFailure Failure) : StatesOutcome;

/// <summary>Eigenvalues of a crystal without spin.</summary>
/// <param name="PointsFractional">Wave vectors in units of the reciprocal vectors.</param>
/// <param name="EnergiesElectronvolt">For each wave vector the eigenvalues, rising, eV, on the engine's own zero.</param>
/// <param name="Occupied">Number of bands that the electrons of a closed shell fill.</param>
public sealed record ElectronicStates(ImmutableArray<Vector3D> PointsFractional, ImmutableArray<ImmutableArray<double>> EnergiesElectronvolt, int Occupied) : StatesOutcome
{
    /// <summary>Shells of elements that states are taken apart into; empty when they are not.</summary>
    public ImmutableArray<ElementShell> Shells { get; init; } = [];

    /// <summary>For each wave vector and state the share of each of <see cref="Shells"/>; about 1 in all.</summary>
    public ImmutableArray<ImmutableArray<ImmutableArray<double>>> Shares { get; init; } = [];
}

/// <summary>A shell of all atoms of an element.</summary>
/// <param name="Element">The element.</param>
/// <param name="Shell"><c>s</c>, <c>p</c>, <c>d</c> or <c>f</c>.</param>
public sealed record ElementShell(Element Element, string Shell)
{
    /// <summary>For example <c>Ag s</c>.</summary>
    public override string ToString() => $"{Element.Symbol} {Shell}";
}
