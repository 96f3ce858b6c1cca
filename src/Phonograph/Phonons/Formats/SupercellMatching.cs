using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>Which atom of a supercell is which atom of a file, found by place and element.</summary>
public static class SupercellMatching
{
    /// <summary>For each atom of the file's crystal its index in the supercell's own order.</summary>
    /// <param name="place">File and section, for messages.</param>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="file">The same atoms as the file lists them, in any order and any periodic image; the lattice may use other vectors of the same translations.</param>
    /// <param name="toleranceAngstrom">How far an atom may lie from its site, Å.</param>
    /// <exception cref="InputException">The file holds other atoms, or another lattice.</exception>
    public static ImmutableArray<int> ToOwn(string place, Supercell supercell, Crystal file, double toleranceAngstrom = 0.01)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(file);
        Crystal own = supercell.Crystal;
        const string Advice = "Give the supercell the numbers were computed in.";
        if (file.AtomCount != own.AtomCount)
        {
            throw InputException.At(place, 0, $"{file.AtomCount} atoms", $"{own.AtomCount}, the atoms of the supercell", Advice);
        }

        for (int row = 0; row < 3; row++)
        {
            Vector3D f = own.Lattice.ToFractional(file.Lattice.Rows[row]);
            double off = own.Lattice.ToCartesian(new Vector3D(f.X - Math.Round(f.X), f.Y - Math.Round(f.Y), f.Z - Math.Round(f.Z))).Length;
            if (off > toleranceAngstrom || Math.Abs((file.Lattice.Volume / own.Lattice.Volume) - 1) > 1e-3)
            {
                throw InputException.At(place, 0, $"a lattice vector {row + 1} {Text(file.Lattice.Rows[row])} that is {off.ToString("G3", CultureInfo.InvariantCulture)} Å off the supercell's lattice, or another volume", "the supercell's lattice", Advice);
            }
        }

        var sites = new SiteIndex(own, toleranceAngstrom);
        var taken = new bool[own.AtomCount];
        var order = ImmutableArray.CreateBuilder<int>(own.AtomCount);
        for (int atom = 0; atom < file.AtomCount; atom++)
        {
            int site = sites.Find(file.Elements[atom], own.Lattice.ToFractional(file.PositionCartesian(atom)));
            if (site < 0 || taken[site])
            {
                throw InputException.At(
                    place, 0, $"atom {atom + 1} ({file.Elements[atom]}) at {Text(file.PositionCartesian(atom))}",
                    string.Create(CultureInfo.InvariantCulture, $"every atom within {toleranceAngstrom} Å of {(site < 0 ? "a site" : "a site of its own")} of its element in the supercell"), Advice);
            }

            taken[site] = true;
            order.Add(site);
        }

        return order.MoveToImmutable();
    }

    private static string Text(Vector3D v) => string.Create(CultureInfo.InvariantCulture, $"({v.X:F4} {v.Y:F4} {v.Z:F4}) Å");
}
