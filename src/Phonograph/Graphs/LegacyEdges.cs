using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Graphs;

/// <summary>
/// The edges that the published graph builder finds (repository polbeni/GNN-materials, create-graphs.py, on pymatgen's supercells), defects
/// included: it looks from an image cell that is off the centre of its block of images by one along the third axis, it judges the size
/// of the block by the shortest lattice vector, and it looks at each pair of atoms from the first of the two only. Which edges are lost
/// depends on the order of the atoms and on where the origin lies. For comparison with published numbers only.
/// </summary>
public static class LegacyEdges
{
    private const double SmallestDistance = 1e-5;

    /// <summary>Finds the edges, both directions of each pair; images of an atom itself once each, as they are found.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="cutoffAngstrom">Largest distance, Å.</param>
    /// <returns>Pairs sorted by target, source, image; images refer to the positions as given.</returns>
    public static ImmutableArray<NeighbourPair> Find(Crystal crystal, double cutoffAngstrom)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoffAngstrom);
        int repeats = Repeats(crystal.Lattice, cutoffAngstrom);
        IntegerVector3[] block = [.. Block(repeats)];

        // Their centre is one entry behind the middle of the list; the third axis runs fastest, so it is one cell further along it.
        IntegerVector3 lookout = block[(block.Length / 2) + 1];
        var pairs = new List<NeighbourPair>();
        for (int first = 0; first < crystal.AtomCount; first++)
        {
            IntegerVector3 from = InsideBlock(crystal.PositionsFractional[first], lookout, repeats);
            for (int second = first; second < crystal.AtomCount; second++)
            {
                foreach (IntegerVector3 cell in block)
                {
                    IntegerVector3 image = InsideBlock(crystal.PositionsFractional[second], cell, repeats) - from;
                    Vector3D fractional = crystal.PositionsFractional[second] - crystal.PositionsFractional[first] + image.ToVector3D();
                    Vector3D separation = crystal.Lattice.ToCartesian(fractional);
                    double distance = separation.Length;
                    if (distance > cutoffAngstrom || distance <= SmallestDistance)
                    {
                        continue;
                    }

                    pairs.Add(new NeighbourPair(first, second, image, separation, distance));
                    if (first != second)
                    {
                        pairs.Add(new NeighbourPair(second, first, -image, -separation, distance));
                    }
                }
            }
        }

        return [.. pairs.OrderBy(pair => pair.Target).ThenBy(pair => pair.Source).ThenBy(pair => pair.Image.X).ThenBy(pair => pair.Image.Y).ThenBy(pair => pair.Image.Z)];
    }

    /// <summary>Images per axis, odd: three, and two more as long as the shortest lattice vector times (images - 2) stays below the cutoff.</summary>
    private static int Repeats(Lattice lattice, double cutoff)
    {
        double shortest = Math.Min(lattice.A.Length, Math.Min(lattice.B.Length, lattice.C.Length));
        int repeats = 3;
        while (shortest * (repeats - 2) < cutoff)
        {
            repeats += 2;
        }

        return repeats;
    }

    private static IEnumerable<IntegerVector3> Block(int repeats) =>
        from x in Enumerable.Range(0, repeats)
        from y in Enumerable.Range(0, repeats)
        from z in Enumerable.Range(0, repeats)
        select new IntegerVector3(x, y, z);

    /// <summary>The translation of a copy after the block as a whole is treated as periodic and the copy is folded into it.</summary>
    private static IntegerVector3 InsideBlock(Vector3D position, IntegerVector3 cell, int repeats) => new(
        Folded(position.X, cell.X, repeats), Folded(position.Y, cell.Y, repeats), Folded(position.Z, cell.Z, repeats));

    private static int Folded(double position, int cell, int repeats) => cell - (repeats * (int)Math.Floor((position + cell) / repeats));
}
