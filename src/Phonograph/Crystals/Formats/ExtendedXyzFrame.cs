using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Formats;

/// <summary>
/// One frame of an extended XYZ file: a crystal, the key=value pairs of the comment line in their order, and vector columns per atom.
/// It is what stages hand to each other in files: samplers write frames, campaigns label them, datasets read them.
/// </summary>
/// <param name="Crystal">Lattice, elements and positions (masses from a <c>masses:R:1</c> column where there is one).</param>
/// <param name="Info">Comment-line values as text without quotes, except Lattice, Properties and pbc.</param>
/// <param name="VectorColumns">Per-atom columns of three reals, Cartesian, for example <c>REF_forces</c> (eV/Å) or <c>displacement</c> (Å).</param>
public sealed record ExtendedXyzFrame(
    Crystal Crystal,
    ImmutableDictionary<string, string> Info,
    ImmutableDictionary<string, ImmutableArray<Vector3D>> VectorColumns);
