using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>Finds the atom that sits at a given place of a crystal, whatever the periodic image, in constant time per question.</summary>
internal sealed class SiteIndex
{
    private readonly Crystal _crystal;
    private readonly double _tolerance;
    private readonly Vector3D _margin;
    private readonly int _bins;

    // Atoms by bin: those of bin b stand in _atoms from _start[b] to _start[b + 1].
    private readonly int[] _start, _atoms;

    internal SiteIndex(Crystal crystal, double toleranceAngstrom)
    {
        _crystal = crystal;
        _tolerance = toleranceAngstrom;
        Matrix3x3 reciprocal = crystal.Lattice.ReciprocalRows;
        _margin = toleranceAngstrom * new Vector3D(reciprocal.RowA.Length, reciprocal.RowB.Length, reciprocal.RowC.Length);
        _bins = Math.Max(1, (int)Math.Min(Math.Cbrt(crystal.AtomCount), 0.5 / Math.Max(_margin.X, Math.Max(_margin.Y, _margin.Z))));
        int[] bins = [.. crystal.PositionsFractional.Select(position => Wrapped(position)).Select(position => Index(Bin(position.X), Bin(position.Y), Bin(position.Z)))];
        _start = new int[(_bins * _bins * _bins) + 1];
        foreach (int bin in bins)
        {
            _start[bin + 1]++;
        }

        for (int bin = 1; bin < _start.Length; bin++)
        {
            _start[bin] += _start[bin - 1];
        }

        _atoms = new int[bins.Length];
        int[] next = [.. _start];
        for (int atom = 0; atom < bins.Length; atom++)
        {
            _atoms[next[bins[atom]]++] = atom;
        }
    }

    /// <summary>The nearest atom of an element within the tolerance of a place, or -1.</summary>
    internal int Find(Element element, Vector3D fractional)
    {
        Vector3D position = Wrapped(fractional);
        Span<int> x = stackalloc int[3], y = stackalloc int[3], z = stackalloc int[3];
        int countX = Around(position.X, _margin.X, x), countY = Around(position.Y, _margin.Y, y), countZ = Around(position.Z, _margin.Z, z);
        int found = -1;
        double nearest = _tolerance;
        for (int i = 0; i < countX; i++)
        {
            for (int j = 0; j < countY; j++)
            {
                for (int k = 0; k < countZ; k++)
                {
                    int bin = Index(x[i], y[j], z[k]);
                    for (int entry = _start[bin]; entry < _start[bin + 1]; entry++)
                    {
                        int atom = _atoms[entry];
                        double distance = Distance(_crystal.PositionsFractional[atom], position);
                        if (distance <= nearest && _crystal.Elements[atom] == element)
                        {
                            nearest = distance;
                            found = atom;
                        }
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Fractional coordinates folded into [0, 1).</summary>
    internal static Vector3D Wrapped(Vector3D f) => new(Wrapped(f.X), Wrapped(f.Y), Wrapped(f.Z));

    private static double Wrapped(double value)
    {
        double folded = value - Math.Floor(value);
        return folded >= 1 ? 0 : folded;
    }

    // The tolerance is far below half the cell, where rounding to the nearest image is exact.
    private double Distance(Vector3D a, Vector3D b)
    {
        Vector3D d = a - b;
        return _crystal.Lattice.ToCartesian(new Vector3D(d.X - Math.Round(d.X), d.Y - Math.Round(d.Y), d.Z - Math.Round(d.Z))).Length;
    }

    private int Bin(double coordinate) => Math.Min((int)(coordinate * _bins), _bins - 1);

    private int Index(int x, int y, int z) => (((x * _bins) + y) * _bins) + z;

    /// <summary>Bins along one axis that the margin around a coordinate touches; returns their number, at most three.</summary>
    private int Around(double coordinate, double margin, Span<int> bins)
    {
        int here = Bin(coordinate), count = 1;
        bins[0] = here;
        if (_bins == 1)
        {
            return count;
        }

        double inside = (coordinate * _bins) - here;
        int below = (here + _bins - 1) % _bins, above = (here + 1) % _bins;
        bool reachesBelow = inside < margin * _bins, reachesAbove = 1 - inside <= margin * _bins;
        if (reachesBelow)
        {
            bins[count++] = below;
        }

        if (reachesAbove && !(reachesBelow && above == below))
        {
            bins[count++] = above;
        }

        return count;
    }
}
