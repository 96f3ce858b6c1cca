using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>A displaced supercell together with how it was drawn.</summary>
/// <param name="Reference">The undisplaced supercell.</param>
/// <param name="DisplacementsCartesian">Displacement of each atom, Cartesian, Å.</param>
/// <param name="Draw">Scheme, seed and everything else that made it.</param>
public sealed record Configuration(Crystal Reference, ImmutableArray<Vector3D> DisplacementsCartesian, DrawProvenance Draw)
{
    /// <summary>The displaced crystal.</summary>
    public Crystal Displaced() => Reference.Displaced(DisplacementsCartesian.AsSpan());
}
