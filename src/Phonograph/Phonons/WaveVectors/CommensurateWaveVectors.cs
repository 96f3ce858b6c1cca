using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>The wave vectors whose waves a supercell holds exactly; force constants know their phonons without interpolation.</summary>
public static class CommensurateWaveVectors
{
    /// <summary>As many wave vectors as unit cells in the supercell, in units of the unit cell's reciprocal vectors, components in [0, 1).</summary>
    public static ImmutableArray<Vector3D> Of(Supercell supercell)
    {
        ArgumentNullException.ThrowIfNull(supercell);

        // A wave vector q fits when matrix · q is a triple of integers: lattice points of the cell spanned by the transposed matrix.
        IntegerMatrix3 m = supercell.Matrix;
        var transposed = new IntegerMatrix3(new(m.RowA.X, m.RowB.X, m.RowC.X), new(m.RowA.Y, m.RowB.Y, m.RowC.Y), new(m.RowA.Z, m.RowB.Z, m.RowC.Z));
        var point = new Crystal(Lattice.Cubic(1), [Element.All[0]], [Vector3D.Zero]);
        int determinant = m.Determinant;
        IntegerMatrix3 adjugate = transposed.Adjugate;
        double Share(int number) => (((number * Math.Sign(determinant)) % Math.Abs(determinant)) + Math.Abs(determinant)) % Math.Abs(determinant) / (double)Math.Abs(determinant);
        return
        [
            .. Supercell.Of(point, transposed).UnitImage.Select(image =>
            {
                IntegerVector3 scaled = image * adjugate;
                return new Vector3D(Share(scaled.X), Share(scaled.Y), Share(scaled.Z));
            }),
        ];
    }
}
