using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>
/// All periodic pairs of atoms within a cutoff, exact for any cell (skewed, left-handed, smaller than the cutoff). Bins of at least the
/// cutoff's thickness in a reduced cell keep the cost proportional to the number of atoms.
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
        NeighbourTable table = search.Run((int)(1.1 * expected) + 64);
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

    /// <summary>One run: the atoms in the reduced cell, sorted into bins.</summary>
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
        private readonly IntegerVector3[] _bin;
        private readonly Vector3D _reach;
        private readonly int[] _bins = [1, 1, 1];
        private readonly int[] _binStart;
        private readonly int[] _binAtoms;

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
            _bin = new IntegerVector3[atoms];

            // A sphere of the cutoff around a point reaches this far along each axis, in fractions of the cell (cutoff over plane spacing).
            Matrix3x3 inverse = cell.Rows.Inverse().Transposed;
            double radius = largest * (1 + 1e-9);
            _reach = new Vector3D(radius * inverse.RowA.Length, radius * inverse.RowB.Length, radius * inverse.RowC.Length);
            ChooseBins(atoms);
            for (int atom = 0; atom < atoms; atom++)
            {
                Vector3D position = crystal.PositionsFractional[atom] * toReduced;
                var floor = new Vector3D(Math.Floor(position.X), Math.Floor(position.Y), Math.Floor(position.Z));
                Vector3D inside = position - floor;
                _wrapped[atom] = inside;
                _wrappedCartesian[atom] = inside * _reduced;
                _shift[atom] = new IntegerVector3((int)floor.X, (int)floor.Y, (int)floor.Z);
                _bin[atom] = new IntegerVector3(BinOf(inside.X, 0), BinOf(inside.Y, 1), BinOf(inside.Z, 2));
            }

            _binStart = new int[(_bins[0] * _bins[1] * _bins[2]) + 1];
            _binAtoms = new int[atoms];
            FillBins();
        }

        internal long Candidates { get; private set; }

        internal NeighbourTable Run(int capacity)
        {
            var columns = new NeighbourColumns(_wrapped.Length, capacity);
            Span<int> xs = stackalloc int[3], ys = stackalloc int[3], zs = stackalloc int[3];
            for (int target = 0; target < _wrapped.Length; target++)
            {
                foreach (int x in Around(_bin[target].X, _bins[0], xs))
                {
                    foreach (int y in Around(_bin[target].Y, _bins[1], ys))
                    {
                        foreach (int z in Around(_bin[target].Z, _bins[2], zs))
                        {
                            int bin = (((x * _bins[1]) + y) * _bins[2]) + z;
                            for (int entry = _binStart[bin]; entry < _binStart[bin + 1]; entry++)
                            {
                                AddImages(columns, target, _binAtoms[entry]);
                            }
                        }
                    }
                }

                columns.EndTarget();
            }

            return columns.ToTable();
        }

        /// <summary>As many bins per axis as fit the cutoff; with fewer than three every atom is a candidate, and the images are found pair by pair.</summary>
        private void ChooseBins(int atoms)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                double fitting = Math.Floor(1 / _reach[axis]);
                _bins[axis] = fitting < 3 ? 1 : (int)Math.Min(fitting, Math.Max(3, atoms));
            }

            // More bins than atoms only cost memory (a large, nearly empty cell).
            while ((double)_bins[0] * _bins[1] * _bins[2] > Math.Max(27, atoms))
            {
                int longest = Array.IndexOf(_bins, _bins.Max());
                _bins[longest] = _bins[longest] < 6 ? 1 : _bins[longest] / 2;
            }
        }

        private int BinOf(double inside, int axis) => Math.Min((int)(inside * _bins[axis]), _bins[axis] - 1);

        private void FillBins()
        {
            int Index(int atom) => (((_bin[atom].X * _bins[1]) + _bin[atom].Y) * _bins[2]) + _bin[atom].Z;
            for (int atom = 0; atom < _bin.Length; atom++)
            {
                _binStart[Index(atom) + 1]++;
            }

            for (int bin = 1; bin < _binStart.Length; bin++)
            {
                _binStart[bin] += _binStart[bin - 1];
            }

            int[] next = [.. _binStart];
            for (int atom = 0; atom < _bin.Length; atom++)
            {
                _binAtoms[next[Index(atom)]++] = atom;
            }
        }

        /// <summary>A bin and its two neighbours around the cell, or the only bin.</summary>
        private static ReadOnlySpan<int> Around(int bin, int bins, Span<int> places)
        {
            if (bins == 1)
            {
                places[0] = 0;
                return places[..1];
            }

            (places[0], places[1], places[2]) = (bin == 0 ? bins - 1 : bin - 1, bin, bin == bins - 1 ? 0 : bin + 1);
            return places;
        }

        /// <summary>
        /// Adds every image of the source that lies within the cutoff; along each axis only images between the two bounding planes are tried. Lengths
        /// are those of the wrapped atoms; where rounding could decide, the positions as they are given do.
        /// </summary>
        private void AddImages(NeighbourColumns columns, int target, int source)
        {
            Vector3D apart = _wrapped[source] - _wrapped[target], between = _wrappedCartesian[source] - _wrappedCartesian[target];
            int lastX = (int)Math.Floor(_reach.X - apart.X), lastY = (int)Math.Floor(_reach.Y - apart.Y), lastZ = (int)Math.Floor(_reach.Z - apart.Z);
            int firstX = (int)Math.Ceiling(-_reach.X - apart.X), firstY = (int)Math.Ceiling(-_reach.Y - apart.Y), firstZ = (int)Math.Ceiling(-_reach.Z - apart.Z);
            for (int x = firstX; x <= lastX; x++)
            {
                Vector3D plane = between + (x * _reduced.RowA);
                for (int y = firstY; y <= lastY; y++)
                {
                    Vector3D row = plane + (y * _reduced.RowB);
                    Candidates += Math.Max(0, lastZ - firstZ + 1);
                    for (int z = firstZ; z <= lastZ; z++)
                    {
                        double squared = (row + (z * _reduced.RowC)).LengthSquared;
                        if (squared > _outsideSquared)
                        {
                            continue;
                        }

                        IntegerVector3 image = Image(target, source, x, y, z);
                        if (squared > _insideSquared && Separation(_crystal, target, source, image).LengthSquared > _largestSquared)
                        {
                            continue;
                        }

                        if (source != target || image != IntegerVector3.Zero)
                        {
                            columns.Add(source, image, Math.Sqrt(squared));
                        }
                    }
                }
            }
        }

        private IntegerVector3 Image(int target, int source, int x, int y, int z)
        {
            IntegerVector3 reduced = new IntegerVector3(x, y, z) + (_shift[target] - _shift[source]);
            return _isReduced ? reduced : reduced * _fromLattice;
        }
    }
}
