using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>Finds the atom that sits at a given place of a crystal, whatever the periodic image, in constant time per question.</summary>
internal sealed class SiteIndex
{
    private readonly Crystal _crystal;
    private readonly double _tolerance;
    private readonly Vector3D _margin;
    private readonly int _bins;
    private readonly Dictionary<(int, int, int), List<int>> _atoms = [];

    internal SiteIndex(Crystal crystal, double toleranceAngstrom)
    {
        _crystal = crystal;
        _tolerance = toleranceAngstrom;
        Matrix3x3 reciprocal = crystal.Lattice.ReciprocalRows;
        _margin = toleranceAngstrom * new Vector3D(reciprocal.RowA.Length, reciprocal.RowB.Length, reciprocal.RowC.Length);
        _bins = Math.Max(1, (int)Math.Min(Math.Cbrt(crystal.AtomCount), 0.5 / Math.Max(_margin.X, Math.Max(_margin.Y, _margin.Z))));
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            Vector3D position = Wrapped(crystal.PositionsFractional[atom]);
            var bin = (Bin(position.X), Bin(position.Y), Bin(position.Z));
            if (!_atoms.TryGetValue(bin, out List<int>? members))
            {
                _atoms.Add(bin, members = []);
            }

            members.Add(atom);
        }
    }

    /// <summary>The nearest atom of an element within the tolerance of a place, or -1.</summary>
    internal int Find(Element element, Vector3D fractional)
    {
        Vector3D position = Wrapped(fractional);
        int found = -1;
        double nearest = _tolerance;
        foreach (int x in Around(position.X, _margin.X))
        {
            foreach (int y in Around(position.Y, _margin.Y))
            {
                foreach (int z in Around(position.Z, _margin.Z))
                {
                    if (!_atoms.TryGetValue((x, y, z), out List<int>? members))
                    {
                        continue;
                    }

                    foreach (int atom in members)
                    {
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

    private IEnumerable<int> Around(double coordinate, double margin)
    {
        int here = Bin(coordinate);
        yield return here;
        if (_bins == 1)
        {
            yield break;
        }

        double inside = (coordinate * _bins) - here;
        int below = (here + _bins - 1) % _bins, above = (here + 1) % _bins;
        bool reachesBelow = inside < margin * _bins, reachesAbove = 1 - inside <= margin * _bins;
        if (reachesBelow)
        {
            yield return below;
        }

        if (reachesAbove && !(reachesBelow && above == below))
        {
            yield return above;
        }
    }
}
