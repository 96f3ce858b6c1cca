using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>A bond of the tight-binding model and what its hopping gives to the gap.</summary>
/// <param name="First">Atom i, from 0.</param>
/// <param name="Second">Atom j, from 0; not below i.</param>
/// <param name="Image">Lattice translation n of atom j: the bond reaches from r_i to r_j + n·L.</param>
/// <param name="Pair">The elements.</param>
/// <param name="LengthAngstrom">Length, Å.</param>
/// <param name="PartElectronvolt">d(gap)/d(factor of this hopping) at factor one, eV: Σ 2 Re(c*_i h_ij c_j) of the lowest empty state minus that of the highest filled one.</param>
public readonly record struct GapBond(int First, int Second, IntegerVector3 Image, ElementPair Pair, double LengthAngstrom, double PartElectronvolt);
