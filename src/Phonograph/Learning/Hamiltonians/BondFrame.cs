using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// Real p and d orbitals turned into the frame of a bond. p: x, y, z; d: xy, yz, xz, x²-y², 3z²-r², as the unit traceless tensors of their quadratic forms. Columns of a frame: σ; two π; for d also two δ. In the
/// frame of its bond a two-centre Hamiltonian is diagonal (J. C. Slater, G. F. Koster, Phys. Rev. 94, 1498 (1954)); which two directions across the bond are taken does not matter.
/// </summary>
internal static class BondFrame
{
    /// <summary>Numbers of a frame: 3 × 3 for p, then 5 × 5 for d, by rows of orbitals.</summary>
    internal const int Length = 9 + 25;

    private static readonly double InverseRootTwo = 1 / Math.Sqrt(2), RootThreeHalves = Math.Sqrt(1.5);

    /// <summary>Place of the matrix of a shell in a frame.</summary>
    internal static int Start(int l) => l == 1 ? 0 : 9;

    /// <summary>Writes the frame of a unit vector.</summary>
    internal static void Fill(Vector3D along, Span<double> frame)
    {
        Vector3D helper = Math.Abs(along.X) < 0.8 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0);
        Vector3D across = Vector3D.Cross(along, helper);
        across /= across.Length;
        Vector3D other = Vector3D.Cross(along, across);
        for (int row = 0; row < 3; row++)
        {
            frame[3 * row] = along[row];
            frame[(3 * row) + 1] = across[row];
            frame[(3 * row) + 2] = other[row];
        }

        Span<double> d = frame[9..];
        for (int orbital = 0; orbital < 5; orbital++)
        {
            double sigma = Component(orbital, along, along);
            d[5 * orbital] = RootThreeHalves * sigma;
            d[(5 * orbital) + 1] = 2 * InverseRootTwo * Component(orbital, along, across);
            d[(5 * orbital) + 2] = 2 * InverseRootTwo * Component(orbital, along, other);
            d[(5 * orbital) + 3] = 2 * InverseRootTwo * Component(orbital, across, other);
            d[(5 * orbital) + 4] = InverseRootTwo * (Component(orbital, across, across) - Component(orbital, other, other));
        }
    }

    /// <summary>Scalar product of the unit tensor of a d orbital with the symmetric part of a dyad.</summary>
    private static double Component(int orbital, Vector3D a, Vector3D b) => orbital switch
    {
        0 => InverseRootTwo * ((a.X * b.Y) + (a.Y * b.X)),
        1 => InverseRootTwo * ((a.Y * b.Z) + (a.Z * b.Y)),
        2 => InverseRootTwo * ((a.X * b.Z) + (a.Z * b.X)),
        3 => InverseRootTwo * ((a.X * b.X) - (a.Y * b.Y)),
        _ => ((2 * a.Z * b.Z) - (a.X * b.X) - (a.Y * b.Y)) / Math.Sqrt(6),
    };
}
