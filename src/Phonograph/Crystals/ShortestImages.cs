using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>
/// Finds all shortest periodic images of a vector, for cells of any shape: candidates are all lattice translations that can shorten a vector inside the
/// reduced cell, bounded by the projections on the reciprocal vectors.
/// </summary>
internal sealed class ShortestImages
{
    private readonly double _tolerance;
    private readonly Matrix3x3 _toReduced, _fromReduced, _rows;
    private readonly Vector3D[] _translations, _translationsCartesian;

    internal ShortestImages(Lattice lattice, double toleranceAngstrom)
    {
        _tolerance = toleranceAngstrom;
        ReducedCell cell = ReducedCell.Of(lattice);
        _toReduced = cell.FractionalFromLattice.ToMatrix3x3();
        _fromReduced = cell.FromLattice.ToMatrix3x3();
        _rows = cell.Rows;
        var reduced = new Lattice(cell.Rows);
        double longest = 0;
        foreach ((int b, int c) in new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) })
        {
            longest = Math.Max(longest, 0.5 * (reduced.A + (b * reduced.B) + (c * reduced.C)).Length);
        }

        int Limit(Vector3D reciprocal) => (int)Math.Floor(((longest + toleranceAngstrom) * reciprocal.Length) + 0.5 + 1e-9);
        Matrix3x3 dual = reduced.ReciprocalRows;
        (int x, int y, int z) = (Limit(dual.RowA), Limit(dual.RowB), Limit(dual.RowC));
        _translations =
        [
            .. from i in Enumerable.Range(-x, (2 * x) + 1)
               from j in Enumerable.Range(-y, (2 * y) + 1)
               from k in Enumerable.Range(-z, (2 * z) + 1)
               select new Vector3D(i, j, k),
        ];
        _translationsCartesian = [.. _translations.Select(reduced.ToCartesian)];
    }

    /// <summary>Finds the images that are as short as the shortest within the tolerance.</summary>
    /// <param name="fractional">A vector in fractions of the lattice.</param>
    /// <param name="images">Emptied, then filled with the images in fractions of the lattice.</param>
    internal void Find(Vector3D fractional, List<Vector3D> images)
    {
        images.Clear();
        Vector3D start = fractional * _toReduced;
        start = new Vector3D(start.X - Math.Round(start.X), start.Y - Math.Round(start.Y), start.Z - Math.Round(start.Z));
        Vector3D cartesian = start * _rows;
        double shortest = double.PositiveInfinity;
        foreach (Vector3D translation in _translationsCartesian)
        {
            shortest = Math.Min(shortest, (cartesian + translation).LengthSquared);
        }

        double limit = Math.Sqrt(shortest) + _tolerance;
        for (int index = 0; index < _translations.Length; index++)
        {
            if ((cartesian + _translationsCartesian[index]).LengthSquared <= limit * limit)
            {
                images.Add((start + _translations[index]) * _fromReduced);
            }
        }
    }
}
