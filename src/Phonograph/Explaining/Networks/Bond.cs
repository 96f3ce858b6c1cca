using Phonograph.Crystals;

namespace Phonograph.Explaining.Networks;

/// <summary>One bond of one periodic image: both directed edges of a graph between atom i of the cell at rest and atom j in an image.</summary>
/// <param name="First">Atom i, from 0.</param>
/// <param name="Second">Atom j, from 0; not below i.</param>
/// <param name="Image">Lattice translation n of atom j: the bond reaches from r_i to r_j + n·L.</param>
/// <param name="LengthAngstrom">Length, Å.</param>
/// <param name="FirstElement">Element of atom i.</param>
/// <param name="SecondElement">Element of atom j.</param>
public readonly record struct Bond(int First, int Second, IntegerVector3 Image, double LengthAngstrom, Element FirstElement, Element SecondElement)
{
    /// <summary>Elements of the two atoms, whatever their order.</summary>
    public ElementPair Pair => new(FirstElement, SecondElement);
}
