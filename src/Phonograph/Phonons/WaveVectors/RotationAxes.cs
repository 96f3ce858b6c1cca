using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>Rotation axes of a lattice, and the lattice vectors along and across them.</summary>
internal sealed class RotationAxes
{
    /// <summary>Twice the longest coefficient a conventional vector has in a reduced basis.</summary>
    private const int Reach = 4;
    private readonly Lattice _lattice;
    private readonly ImmutableArray<IntegerMatrix3> _proper;
    private readonly double _tolerance;
    private readonly Vector3D[] _vectors;

    internal RotationAxes(Lattice lattice, ImmutableArray<IntegerMatrix3> rotations, double tolerance)
    {
        _lattice = lattice;
        _tolerance = tolerance;
        _proper = [.. rotations.Where(rotation => rotation.Determinant == 1 && rotation != IntegerMatrix3.Identity)];
        int[] range = [.. Enumerable.Range(-Reach, (2 * Reach) + 1)];
        _vectors =
        [
            .. (from x in range from y in range from z in range where (x, y, z) != (0, 0, 0) select lattice.ToCartesian(new Vector3D(x, y, z)))
                .OrderBy(vector => vector.Length),
        ];
    }

    /// <summary>The shortest lattice vector along each axis of an order, one for each axis.</summary>
    internal Vector3D[] Along(int order)
    {
        var found = new List<Vector3D>();
        foreach (IntegerMatrix3 rotation in _proper.Where(rotation => Order(rotation) == order))
        {
            Vector3D axis = Axis(rotation);
            if (!found.Any(other => Vector3D.Cross(other, axis).Length < 1e-3 * other.Length * axis.Length))
            {
                found.Add(axis);
            }
        }

        return [.. found];
    }

    /// <summary>Shortest lattice vectors across an axis, all of the first length, then longer ones.</summary>
    internal Vector3D[] Perpendicular(Vector3D axis) =>
        [.. _vectors.Where(vector => Math.Abs(Vector3D.Dot(vector, axis)) / axis.Length < Math.Max(_tolerance, 1e-6 * vector.Length)).Take(40)];

    /// <summary>Number of lattice points in the cell of three vectors.</summary>
    internal int Centring(Vector3D[] v) => (int)Math.Round(Math.Abs(Vector3D.Dot(v[0], Vector3D.Cross(v[1], v[2]))) / _lattice.Volume);

    /// <summary>Whether a vector leads from one lattice point to another.</summary>
    internal bool Holds(Vector3D vector)
    {
        Vector3D f = _lattice.ToFractional(vector);
        return _lattice.ToCartesian(new Vector3D(f.X - Math.Round(f.X), f.Y - Math.Round(f.Y), f.Z - Math.Round(f.Z))).Length < 10 * _tolerance;
    }

    /// <summary>The primitive cell of the shortest vectors that a threefold axis carries into one another.</summary>
    internal Matrix3x3 ThreefoldCell()
    {
        Matrix3x3 turn = _proper.First(rotation => Order(rotation) == 3).ToMatrix3x3();
        foreach (Vector3D vector in _vectors)
        {
            Vector3D f = _lattice.ToFractional(vector);
            var rows = new Matrix3x3(vector, _lattice.ToCartesian(f * turn), _lattice.ToCartesian(f * turn * turn));
            if (Math.Abs(Math.Abs(rows.Determinant) / _lattice.Volume - 1) < 1e-3)
            {
                return rows;
            }
        }

        throw new InvalidOperationException("A rhombohedral lattice without a rhombohedral cell.");
    }

    private static int Order(IntegerMatrix3 rotation)
    {
        IntegerMatrix3 power = rotation;
        int order = 1;
        while (power != IntegerMatrix3.Identity && order < 7)
        {
            power *= rotation;
            order++;
        }

        return order;
    }

    /// <summary>The shortest lattice vector that a rotation leaves in place.</summary>
    private Vector3D Axis(IntegerMatrix3 rotation)
    {
        Matrix3x3 turn = rotation.ToMatrix3x3();
        return _vectors.First(vector =>
        {
            Vector3D f = _lattice.ToFractional(vector);
            return ((f * turn) - f).Length < 1e-6;
        });
    }
}
