using Phonograph.Crystals;

namespace Phonograph.Explaining.Networks;

/// <summary>One bond of one periodic image: both directed edges of a graph between atom i of the cell at rest and atom j in an image.</summary>
/// <param name="First">Atom i, from 0.</param>
/// <param name="Second">Atom j, from 0; not below i.</param>
/// <param name="Image">Lattice translation n of atom j: the bond reaches from r_i to r_j + n·L.</param>
/// <param name="LengthAngstrom">Length, Å.</param>
/// <param name="Pair">Elements of the two atoms.</param>
public readonly record struct Bond(int First, int Second, IntegerVector3 Image, double LengthAngstrom, ElementPair Pair);
