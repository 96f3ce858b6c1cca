using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Explaining.Networks;

/// <summary>What one or several models say of one structure. The unit u is that of the property.</summary>
/// <param name="Prediction">Mean prediction of the models, u.</param>
/// <param name="Bonds">Every bond.</param>
/// <param name="Importance">Importance of each bond, the mean over runs and models.</param>
/// <param name="Runs">Importance of each bond in each run of each model, in this order: [model][run][bond].</param>
/// <param name="ByLength">Derivative of the prediction by the length of each bond, u/Å, mean over models.</param>
/// <param name="ByPosition">Derivative of the prediction by the position of each atom, u/Å, Cartesian, mean over models.</param>
/// <param name="NodeImportance">Change of the prediction with each node feature of each atom to first order: derivative times scaled feature, shape [atoms, features], u, mean over models.</param>
/// <param name="Shells">Groups of bonds by pair and length, and the exact change of the prediction without them.</param>
/// <param name="Features">Exact change of the prediction when a node feature is set to its mean over the structure, for all atoms and for those of each element; mean over models.</param>
public sealed record CellExplanation(
    double Prediction,
    ImmutableArray<Bond> Bonds,
    ImmutableArray<double> Importance,
    ImmutableArray<ImmutableArray<ImmutableArray<double>>> Runs,
    ImmutableArray<double> ByLength,
    ImmutableArray<Vector3D> ByPosition,
    ImmutableArray<double> NodeImportance,
    ImmutableArray<CellShell> Shells,
    ImmutableArray<FeatureChange> Features);
