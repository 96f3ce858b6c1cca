using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Reporting.Explanations;

/// <summary>
/// Where the bonds of a structure lie in space. Atoms are moved into the cell as a whole number of lattice vectors; a bond that stays in the cell is one line, a bond that leaves it is two, one from each of its ends to an image of the
/// other, since both belong to the same bond.
/// </summary>
internal sealed class BondLines
{
    /// <summary>Atoms this far below the cell, in parts of a lattice vector, are left there: an atom of a face that is displaced outwards stays beside its neighbours.</summary>
    private const double Margin = 0.1;

    private BondLines(ImmutableArray<Vector3D> atoms, ImmutableArray<BondLine> lines) => (Atoms, Lines) = (atoms, lines);

    /// <summary>Place of each atom in the cell, Å, Cartesian.</summary>
    internal ImmutableArray<Vector3D> Atoms { get; }

    /// <summary>Lines of all bonds, in the order of the bonds.</summary>
    internal ImmutableArray<BondLine> Lines { get; }

    internal static BondLines Of(DrawnImportance drawn)
    {
        CrystalSnapshot crystal = drawn.Crystal;
        IntegerVector3[] moved = [.. crystal.PositionsFractional.Select(position => new IntegerVector3(Cells(position.X), Cells(position.Y), Cells(position.Z)))];
        Vector3D[] fractional = [.. crystal.PositionsFractional.Select((position, atom) => position - moved[atom].ToVector3D())];
        ImmutableArray<Vector3D> atoms = [.. fractional.Select(position => position * crystal.LatticeRowsAngstrom)];
        var lines = ImmutableArray.CreateBuilder<BondLine>();
        for (int place = 0; place < drawn.Bonds.Length; place++)
        {
            DrawnBond bond = drawn.Bonds[place];
            IntegerVector3 image = bond.Image + moved[bond.Second] + -moved[bond.First];
            Vector3D shift = image.ToVector3D() * crystal.LatticeRowsAngstrom;
            lines.Add(new BondLine(place, bond.First, bond.Second, image, atoms[bond.First], atoms[bond.Second] + shift));
            if (image != default)
            {
                lines.Add(new BondLine(place, bond.Second, bond.First, -image, atoms[bond.Second], atoms[bond.First] - shift));
            }
        }

        return new BondLines(atoms, lines.DrainToImmutable());
    }

    private static int Cells(double coordinate) => (int)Math.Floor(coordinate + Margin);
}

/// <summary>One line of a bond.</summary>
/// <param name="Bond">Place of the bond.</param>
/// <param name="Home">Atom in the cell where it begins.</param>
/// <param name="End">Atom where it ends.</param>
/// <param name="Image">Lattice translation of the atom where it ends, from its place in the cell.</param>
/// <param name="From">Begin, Å, Cartesian.</param>
/// <param name="To">End, Å, Cartesian.</param>
internal readonly record struct BondLine(int Bond, int Home, int End, IntegerVector3 Image, Vector3D From, Vector3D To);
