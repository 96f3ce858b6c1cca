using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>A periodic image of one atom within the cutoff of another atom.</summary>
/// <param name="Target">Atom of the cell from which one looks.</param>
/// <param name="Source">Atom whose image is seen; may be the target itself, then the image is not the home cell.</param>
/// <param name="Image">Lattice translation n of the source, for the positions as they are given (not wrapped).</param>
/// <param name="SeparationCartesian">r_source + n·L - r_target, Cartesian, Å.</param>
/// <param name="Distance">Length of the separation, Å.</param>
public readonly record struct NeighbourPair(int Target, int Source, IntegerVector3 Image, Vector3D SeparationCartesian, double Distance);
