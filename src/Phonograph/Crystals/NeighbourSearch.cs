using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>
/// All periodic pairs of atoms within a cutoff, exact for any cell (skewed, left-handed, smaller than the cutoff). The images of a reduced cell
/// are searched with vector instructions, in bins of at least the cutoff's thickness when they are many: the cost is proportional to the number of atoms.
/// </summary>
public static class NeighbourSearch
{
    /// <summary>A pair this much (Å) beyond the cutoff still counts as being at it, so that rounding never decides about a shell.</summary>
    public const double ToleranceAngstrom = 1e-9;

    private const double MaximumPairs = 5e8, MaximumCellsAway = 1e6;

    /// <summary>Finds all pairs, both directions and images of an atom itself included.</summary>
    /// <param name="crystal">The crystal; positions may lie outside the cell.</param>
    /// <param name="cutoffAngstrom">Largest distance, Å, itself included.</param>
    /// <returns>Pairs sorted by target, source, image (first, second, third component).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is not positive and finite.</exception>
    /// <exception cref="InputException">A position lies absurdly far outside the cell, or the pairs would not fit into memory.</exception>
    public static ImmutableArray<NeighbourPair> Find(Crystal crystal, double cutoffAngstrom) => Find(crystal, cutoffAngstrom, out _);

    /// <summary>Finds all pairs and says how many candidates had their distance computed.</summary>
    /// <param name="crystal">The crystal; positions may lie outside the cell.</param>
    /// <param name="cutoffAngstrom">Largest distance, Å, itself included.</param>
    /// <param name="candidates">Number of distances computed; a measure of cost that does not depend on the machine.</param>
    /// <returns>Pairs as from <see cref="Find(Crystal, double)"/>.</returns>
    public static ImmutableArray<NeighbourPair> Find(Crystal crystal, double cutoffAngstrom, out long candidates)
    {
        NeighbourTable table = Table(crystal, cutoffAngstrom, out candidates);
        var pairs = new NeighbourPair[table.Count];
        for (int target = 0; target < crystal.AtomCount; target++)
        {
            for (int pair = table.Start[target]; pair < table.Start[target + 1]; pair++)
            {
                Vector3D separation = Separation(crystal, target, table.Source[pair], table.Image[pair]);
                pairs[pair] = new NeighbourPair(target, table.Source[pair], table.Image[pair], separation, separation.Length);
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(pairs);
    }

    /// <summary>The same pairs as columns without their separations: half the memory, for large crystals and graphs.</summary>
    /// <param name="crystal">The crystal; positions may lie outside the cell.</param>
    /// <param name="cutoffAngstrom">Largest distance, Å, itself included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is not positive and finite.</exception>
    /// <exception cref="InputException">A position lies absurdly far outside the cell, or the pairs would not fit into memory.</exception>
    public static NeighbourTable Table(Crystal crystal, double cutoffAngstrom) => Table(crystal, cutoffAngstrom, out _);

    private static NeighbourTable Table(Crystal crystal, double cutoffAngstrom, out long candidates)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoffAngstrom);
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(cutoffAngstrom), false);
        double expected = 4.0 / 3 * Math.PI * Math.Pow(cutoffAngstrom, 3) * crystal.AtomCount / crystal.Lattice.Volume * crystal.AtomCount;
        if (expected > MaximumPairs)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"A cutoff of {cutoffAngstrom} Å would make about {expected:0.0e0} pairs. Use a smaller cutoff, and check that the cell is in Å."));
        }

        foreach (Vector3D position in crystal.PositionsFractional)
        {
            if (Math.Max(Math.Abs(position.X), Math.Max(Math.Abs(position.Y), Math.Abs(position.Z))) > MaximumCellsAway)
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"An atom lies more than {MaximumCellsAway:0} cells away from the origin. Check the positions and the cell."));
            }
        }

        var search = new Search(crystal, cutoffAngstrom);
        NeighbourTable table = search.Run();
        candidates = search.Candidates;
        return table;
    }

    private static Vector3D Separation(Crystal crystal, int target, int source, IntegerVector3 image) =>
        (crystal.PositionsFractional[source] - crystal.PositionsFractional[target] + image.ToVector3D()) * crystal.Lattice.Rows;

    /// <summary>The closest pair of atoms, an atom and its own image included.</summary>
    /// <exception cref="InputException">A position lies absurdly far outside the cell.</exception>
    public static NeighbourPair Closest(Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        for (double cutoff = 0.5 * Math.Cbrt(crystal.Lattice.Volume / crystal.AtomCount); ; cutoff *= 1.5)
        {
            ImmutableArray<NeighbourPair> pairs = Find(crystal, cutoff);
            if (!pairs.IsEmpty)
            {
                return pairs.MinBy(pair => pair.Distance);
            }
        }
    }

    /// <summary>One run: the atoms in the reduced cell, and their images.</summary>
    private sealed class Search
    {
        // Rounding of positions many cells away is far below this, Å.
        private const double Doubtful = 1e-3;

        private readonly Crystal _crystal;
        private readonly Matrix3x3 _reduced;
        private readonly IntegerMatrix3 _fromLattice;
        private readonly double _largestSquared, _insideSquared, _outsideSquared;
        private readonly bool _isReduced;
        private readonly Vector3D[] _wrapped, _wrappedCartesian;
        private readonly IntegerVector3[] _shift;
        private readonly PeriodicImages _images;

        internal Search(Crystal crystal, double cutoff)
        {
            ReducedCell cell = ReducedCell.Of(crystal.Lattice);
            double largest = cutoff + ToleranceAngstrom;
            _crystal = crystal;
            _reduced = cell.Rows;
            _fromLattice = cell.FromLattice;
            _largestSquared = largest * largest;
            _insideSquared = largest > Doubtful ? (largest - Doubtful) * (largest - Doubtful) : 0;
            _outsideSquared = (largest + Doubtful) * (largest + Doubtful);
            _isReduced = _fromLattice == IntegerMatrix3.Identity;
            Matrix3x3 toReduced = cell.FractionalFromLattice.ToMatrix3x3();
            int atoms = crystal.AtomCount;
            _wrapped = new Vector3D[atoms];
            _wrappedCartesian = new Vector3D[atoms];
            _shift = new IntegerVector3[atoms];
            for (int atom = 0; atom < atoms; atom++)
            {
                Vector3D position = crystal.PositionsFractional[atom] * toReduced;
                var floor = new Vector3D(Math.Floor(position.X), Math.Floor(position.Y), Math.Floor(position.Z));
                _wrapped[atom] = position - floor;
                _wrappedCartesian[atom] = _wrapped[atom] * _reduced;
                _shift[atom] = new IntegerVector3((int)floor.X, (int)floor.Y, (int)floor.Z);
            }

            _images = new PeriodicImages(_reduced, _wrapped, largest + (2 * Doubtful));
        }

        internal long Candidates => _images.Candidates;

        internal NeighbourTable Run()
        {
            int targets = _wrapped.Length, count = 0;
            int[] near = [], start = new int[targets + 1];
            for (int target = 0; target < targets; target++)
            {
                ReadOnlySpan<int> images = _images.Within(_wrapped[target], _wrappedCartesian[target], _outsideSquared);
                if (near.Length < count + images.Length)
                {
                    Array.Resize(ref near, Math.Max(2 * near.Length, images.Length * Math.Min(targets, 64)));
                }

                images.CopyTo(near.AsSpan(count));
                start[target + 1] = count += images.Length;
            }

            // An atom is near itself, and no pair.
            var columns = new NeighbourColumns(targets, count - targets);
            for (int target = 0; target < targets; target++)
            {
                foreach (int image in near.AsSpan(start[target]..start[target + 1]))
                {
                    Add(columns, target, _images.Atom[image], _images.Translation[image]);
                }

                // Translations of the cell as it is given keep the order of the images.
                columns.EndTarget(isSorted: _isReduced);
            }

            return columns.ToTable();
        }

        /// <summary>Adds a pair if it is one. Lengths are those of the wrapped atoms; where rounding could decide, the positions as they are given do.</summary>
        private void Add(NeighbourColumns columns, int target, int source, IntegerVector3 translation)
        {
            Vector3D between = _wrappedCartesian[source] - _wrappedCartesian[target];
            double squared = (between + (translation.X * _reduced.RowA) + (translation.Y * _reduced.RowB) + (translation.Z * _reduced.RowC)).LengthSquared;
            if (squared > _outsideSquared)
            {
                return;
            }

            IntegerVector3 apart = translation + (_shift[target] - _shift[source]);
            IntegerVector3 image = _isReduced ? apart : apart * _fromLattice;
            if (squared > _insideSquared && Separation(_crystal, target, source, image).LengthSquared > _largestSquared)
            {
                return;
            }

            if (source != target || image != IntegerVector3.Zero)
            {
                columns.Add(source, image, Math.Sqrt(squared));
            }
        }
    }
}
