using System.Collections.Immutable;
using System.Globalization;
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
        ImmutableArray<NeighbourPair> pairs = search.Run();
        candidates = search.Candidates;
        return pairs;
    }

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
        private readonly Matrix3x3 _rows;
        private readonly ImmutableArray<Vector3D> _positions;
        private readonly IntegerMatrix3 _fromLattice;
        private readonly double _largest;
        private readonly Vector3D[] _wrapped;
        private readonly IntegerVector3[] _shift;
        private readonly IntegerVector3[] _bin;
        private readonly Vector3D _reach;
        private readonly int[] _bins = [1, 1, 1];
        private readonly int[] _binStart;
        private readonly int[] _binAtoms;

        internal Search(Crystal crystal, double cutoff)
        {
            ReducedCell cell = ReducedCell.Of(crystal.Lattice);
            _rows = crystal.Lattice.Rows;
            _positions = crystal.PositionsFractional;
            _fromLattice = cell.FromLattice;
            _largest = cutoff + ToleranceAngstrom;
            Matrix3x3 toReduced = cell.FractionalFromLattice.ToMatrix3x3();
            int atoms = crystal.AtomCount;
            _wrapped = new Vector3D[atoms];
            _shift = new IntegerVector3[atoms];
            _bin = new IntegerVector3[atoms];

            // A sphere of the cutoff around a point reaches this far along each axis, in fractions of the cell (cutoff over plane spacing).
            Matrix3x3 inverse = cell.Rows.Inverse().Transposed;
            double radius = _largest * (1 + 1e-9);
            _reach = new Vector3D(radius * inverse.RowA.Length, radius * inverse.RowB.Length, radius * inverse.RowC.Length);
            ChooseBins(atoms);
            for (int atom = 0; atom < atoms; atom++)
            {
                Vector3D position = _positions[atom] * toReduced;
                var floor = new Vector3D(Math.Floor(position.X), Math.Floor(position.Y), Math.Floor(position.Z));
                Vector3D inside = position - floor;
                _wrapped[atom] = inside;
                _shift[atom] = new IntegerVector3((int)floor.X, (int)floor.Y, (int)floor.Z);
                _bin[atom] = new IntegerVector3(BinOf(inside.X, 0), BinOf(inside.Y, 1), BinOf(inside.Z, 2));
            }

            _binStart = new int[(_bins[0] * _bins[1] * _bins[2]) + 1];
            _binAtoms = new int[atoms];
            FillBins();
        }

        internal long Candidates { get; private set; }

        internal ImmutableArray<NeighbourPair> Run()
        {
            var pairs = new List<NeighbourPair>(_positions.Length * 32);
            for (int target = 0; target < _positions.Length; target++)
            {
                int first = pairs.Count;
                foreach (int x in Around(_bin[target].X, _bins[0]))
                {
                    foreach (int y in Around(_bin[target].Y, _bins[1]))
                    {
                        foreach (int z in Around(_bin[target].Z, _bins[2]))
                        {
                            int bin = (((x * _bins[1]) + y) * _bins[2]) + z;
                            for (int entry = _binStart[bin]; entry < _binStart[bin + 1]; entry++)
                            {
                                AddImages(pairs, target, _binAtoms[entry]);
                            }
                        }
                    }
                }

                SortFrom(pairs, first);
            }

            return [.. pairs];
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

        private static ReadOnlySpan<int> Around(int bin, int bins) => bins == 1
            ? [0]
            : new[] { bin == 0 ? bins - 1 : bin - 1, bin, bin == bins - 1 ? 0 : bin + 1 };

        /// <summary>Adds every image of the source that lies within the cutoff; along each axis only images between the two bounding planes are tried.</summary>
        private void AddImages(List<NeighbourPair> pairs, int target, int source)
        {
            Vector3D apart = _wrapped[source] - _wrapped[target];
            Vector3D given = _positions[source] - _positions[target];
            IntegerVector3 shift = _shift[target] - _shift[source];
            int lastX = (int)Math.Floor(_reach.X - apart.X), lastY = (int)Math.Floor(_reach.Y - apart.Y), lastZ = (int)Math.Floor(_reach.Z - apart.Z);
            int firstY = (int)Math.Ceiling(-_reach.Y - apart.Y), firstZ = (int)Math.Ceiling(-_reach.Z - apart.Z);
            for (int x = (int)Math.Ceiling(-_reach.X - apart.X); x <= lastX; x++)
            {
                for (int y = firstY; y <= lastY; y++)
                {
                    for (int z = firstZ; z <= lastZ; z++)
                    {
                        Candidates++;
                        IntegerVector3 image = (new IntegerVector3(x, y, z) + shift) * _fromLattice;
                        Vector3D separation = (given + image.ToVector3D()) * _rows;
                        double squared = separation.LengthSquared;
                        if (squared <= _largest * _largest && !(source == target && image == IntegerVector3.Zero))
                        {
                            pairs.Add(new NeighbourPair(target, source, image, separation, Math.Sqrt(squared)));
                        }
                    }
                }
            }
        }

        /// <summary>Sorts the pairs of one target, unless they are sorted already, as in compact cells.</summary>
        private static void SortFrom(List<NeighbourPair> pairs, int first)
        {
            for (int pair = first + 1; pair < pairs.Count; pair++)
            {
                if (Compare(pairs[pair - 1], pairs[pair]) > 0)
                {
                    pairs.Sort(first, pairs.Count - first, Comparer<NeighbourPair>.Create(Compare));
                    return;
                }
            }
        }

        private static int Compare(NeighbourPair a, NeighbourPair b) =>
            a.Source != b.Source ? a.Source.CompareTo(b.Source)
            : a.Image.X != b.Image.X ? a.Image.X.CompareTo(b.Image.X)
            : a.Image.Y != b.Image.Y ? a.Image.Y.CompareTo(b.Image.Y)
            : a.Image.Z.CompareTo(b.Image.Z);
    }
}
