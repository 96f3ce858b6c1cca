using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>
/// Every image of every atom that can lie within a distance of an atom of the cell, as points in space, sorted into bins of at least that
/// thickness when there are many. Images are numbered by atom, then translation.
/// </summary>
internal sealed class PeriodicImages
{
    /// <summary>Up to this many images are quicker to go through than to sort.</summary>
    private const int WorthBins = 1500;

    private readonly Vector3D _reach;
    private readonly int[] _bins = [1, 1, 1];
    private readonly double[] _x, _y, _z;
    private readonly int[] _number, _binStart;
    private int[] _found = [];

    /// <summary>Places the images.</summary>
    /// <param name="cell">Cell vectors as rows, Å, compact.</param>
    /// <param name="inside">Position of each atom in fractions of the cell, each component in [0, 1].</param>
    /// <param name="radius">The distance, Å.</param>
    internal PeriodicImages(Matrix3x3 cell, ReadOnlySpan<Vector3D> inside, double radius)
    {
        // A sphere of the radius around a point reaches this far along each axis, in fractions of the cell (radius over plane spacing).
        Matrix3x3 inverse = cell.Inverse().Transposed;
        _reach = new Vector3D(radius * inverse.RowA.Length, radius * inverse.RowB.Length, radius * inverse.RowC.Length);
        (Atom, Translation) = Images(inside);
        ChooseBins(inside.Length);
        int count = Atom.Length;
        (_x, _y, _z) = (GC.AllocateUninitializedArray<double>(count), GC.AllocateUninitializedArray<double>(count), GC.AllocateUninitializedArray<double>(count));
        (_number, _binStart) = IsBinned ? SortIntoBins(inside) : ([], [0, count]);
        for (int entry = 0; entry < count; entry++)
        {
            int image = IsBinned ? _number[entry] : entry;
            Vector3D position = (inside[Atom[image]] + Translation[image].ToVector3D()) * cell;
            (_x[entry], _y[entry], _z[entry]) = (position.X, position.Y, position.Z);
        }
    }

    /// <summary>Atom of each image.</summary>
    internal int[] Atom { get; }

    /// <summary>Translation of each image, in cell vectors.</summary>
    internal IntegerVector3[] Translation { get; }

    /// <summary>Number of distances computed so far.</summary>
    internal long Candidates { get; private set; }

    /// <summary>Numbers of the images at most a distance away from a point of the cell, rising; valid until the next call.</summary>
    /// <param name="centre">The point, in fractions of the cell, each component in [0, 1].</param>
    /// <param name="position">The same point in space, Å.</param>
    /// <param name="squared">Square of the distance, Å²; not above that of the radius.</param>
    internal ReadOnlySpan<int> Within(Vector3D centre, Vector3D position, double squared)
    {
        int found = 0, binX = Bin(centre.X, 0), binY = Bin(centre.Y, 1), binZ = Bin(centre.Z, 2);
        int firstZ = Math.Max(binZ - 1, 0), lastZ = Math.Min(binZ + 1, _bins[2] - 1);
        for (int x = Math.Max(binX - 1, 0); x <= Math.Min(binX + 1, _bins[0] - 1); x++)
        {
            for (int y = Math.Max(binY - 1, 0); y <= Math.Min(binY + 1, _bins[1] - 1); y++)
            {
                int row = ((x * _bins[1]) + y) * _bins[2];
                int first = _binStart[row + firstZ], length = _binStart[row + lastZ + 1] - first;
                int room = found + length + PointsWithin.Margin;
                if (_found.Length < room)
                {
                    Array.Resize(ref _found, Math.Max(room, 2 * _found.Length));
                }

                Span<int> places = _found.AsSpan(found);
                int here = PointsWithin.Find(_x.AsSpan(first, length), _y.AsSpan(first, length), _z.AsSpan(first, length), position, squared, places);
                found += here;
                Candidates += length;
                if (IsBinned)
                {
                    foreach (ref int place in places[..here])
                    {
                        place = _number[first + place];
                    }
                }
            }
        }

        Span<int> numbers = _found.AsSpan(0, found);
        if (IsBinned)
        {
            numbers.Sort();
        }

        return numbers;
    }

    private bool IsBinned => _bins[0] * _bins[1] * _bins[2] > 1;

    private (int[] Atom, IntegerVector3[] Translation) Images(ReadOnlySpan<Vector3D> inside)
    {
        int count = 0;
        foreach (Vector3D place in inside)
        {
            (IntegerVector3 first, IntegerVector3 last) = Range(place);
            count += (last.X - first.X + 1) * (last.Y - first.Y + 1) * (last.Z - first.Z + 1);
        }

        int[] atoms = GC.AllocateUninitializedArray<int>(count);
        IntegerVector3[] translations = GC.AllocateUninitializedArray<IntegerVector3>(count);
        int image = 0;
        for (int atom = 0; atom < inside.Length; atom++)
        {
            (IntegerVector3 first, IntegerVector3 last) = Range(inside[atom]);
            for (int x = first.X; x <= last.X; x++)
            {
                for (int y = first.Y; y <= last.Y; y++)
                {
                    for (int z = first.Z; z <= last.Z; z++, image++)
                    {
                        (atoms[image], translations[image]) = (atom, new IntegerVector3(x, y, z));
                    }
                }
            }
        }

        return (atoms, translations);
    }

    /// <summary>Numbers of the images, bin by bin, and where each bin begins.</summary>
    private (int[] Number, int[] Start) SortIntoBins(ReadOnlySpan<Vector3D> inside)
    {
        int[] bin = new int[Atom.Length], number = new int[Atom.Length], start = new int[(_bins[0] * _bins[1] * _bins[2]) + 1];
        for (int image = 0; image < bin.Length; image++)
        {
            Vector3D place = inside[Atom[image]] + Translation[image].ToVector3D();
            bin[image] = (((Bin(place.X, 0) * _bins[1]) + Bin(place.Y, 1)) * _bins[2]) + Bin(place.Z, 2);
            start[bin[image] + 1]++;
        }

        for (int index = 1; index < start.Length; index++)
        {
            start[index] += start[index - 1];
        }

        int[] next = [.. start];
        for (int image = 0; image < bin.Length; image++)
        {
            number[next[bin[image]]++] = image;
        }

        return (number, start);
    }

    /// <summary>First and last translations, both included, that keep an atom within reach of the cell.</summary>
    private (IntegerVector3 First, IntegerVector3 Last) Range(Vector3D inside) => (
        new((int)Math.Ceiling(-_reach.X - inside.X), (int)Math.Ceiling(-_reach.Y - inside.Y), (int)Math.Ceiling(-_reach.Z - inside.Z)),
        new((int)Math.Floor(1 + _reach.X - inside.X), (int)Math.Floor(1 + _reach.Y - inside.Y), (int)Math.Floor(1 + _reach.Z - inside.Z)));

    /// <summary>As many bins for each axis as are thick enough; no more bins than images, which would only cost memory.</summary>
    private void ChooseBins(int atoms)
    {
        if (Atom.Length <= WorthBins)
        {
            return;
        }

        for (int axis = 0; axis < 3; axis++)
        {
            _bins[axis] = (int)Math.Min(Math.Floor((1 + (2 * _reach[axis])) / _reach[axis]), Math.Max(3, atoms));
        }

        while ((double)_bins[0] * _bins[1] * _bins[2] > Math.Max(27, Atom.Length))
        {
            int longest = Array.IndexOf(_bins, _bins.Max());
            _bins[longest] = Math.Max(1, _bins[longest] / 2);
        }
    }

    private int Bin(double place, int axis) =>
        _bins[axis] == 1 ? 0 : Math.Clamp((int)((place + _reach[axis]) / (1 + (2 * _reach[axis])) * _bins[axis]), 0, _bins[axis] - 1);
}
