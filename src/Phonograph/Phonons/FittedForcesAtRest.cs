using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>Forces at zero displacement, fitted together with the force constants: F = F⁰ - Φ u.</summary>
/// <param name="ForceConstants">The force constants, with their errors and the quality of the common fit.</param>
/// <param name="Basis">The forces that symmetry allows.</param>
/// <param name="Coefficients">Fitted coefficients of that basis, eV/Å.</param>
/// <param name="StandardErrors">Their standard errors when the unexplained parts of all force components are independent and equally large, eV/Å.</param>
/// <param name="SnapshotStandardErrors">Their standard errors when only the snapshots are independent, eV/Å; not defined (NaN) for a single snapshot.</param>
public sealed record FittedForcesAtRest(
    FittedForceConstants ForceConstants, SiteForceBasis Basis, ImmutableArray<double> Coefficients, ImmutableArray<double> StandardErrors, ImmutableArray<double> SnapshotStandardErrors)
{
    /// <summary>The force on each atom of the supercell at rest, Cartesian, eV/Å.</summary>
    public ImmutableArray<Vector3D> ForcesCartesian => Basis.Forces(Coefficients.AsSpan());
}
