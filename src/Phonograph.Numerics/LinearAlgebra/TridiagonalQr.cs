using System.Runtime.CompilerServices;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Eigenvalues of a real symmetric tridiagonal matrix by implicit QR steps with Wilkinson's shift (G. Golub, C. Van Loan, Matrix Computations,
/// 4th ed., section 8.3.5), with the rotations applied to the rows of another matrix on the way.
/// </summary>
internal static class TridiagonalQr
{
    private const int StepsPerEigenvalue = 60;

    /// <summary>Diagonalises in place.</summary>
    /// <param name="diagonal">Diagonal; the eigenvalues afterwards, in no order.</param>
    /// <param name="offDiagonal">Element k couples k and k+1; destroyed. As long as the diagonal.</param>
    /// <param name="rows">One row for each diagonal element, rotated along; empty for eigenvalues alone.</param>
    /// <param name="rowLength">Numbers in a row.</param>
    internal static void Diagonalise(Span<double> diagonal, Span<double> offDiagonal, Span<double> rows, int rowLength)
    {
        int n = diagonal.Length;
        double norm = 0;
        for (int i = 0; i < n; i++)
        {
            norm = Math.Max(norm, Math.Abs(diagonal[i]) + Math.Abs(offDiagonal[i]));
        }

        const double Epsilon = 2.220446049250313e-16;
        int high = n - 1;
        for (int steps = 0; high > 0; steps++)
        {
            if (steps > StepsPerEigenvalue * n)
            {
                throw new InvalidOperationException("The eigenvalue iteration did not converge.");
            }

            int low = high;
            while (low > 0 && Math.Abs(offDiagonal[low - 1]) > Math.Max(Epsilon * (Math.Abs(diagonal[low - 1]) + Math.Abs(diagonal[low])), 1e-3 * Epsilon * norm))
            {
                low--;
            }

            if (low > 0)
            {
                offDiagonal[low - 1] = 0;
            }

            if (low == high)
            {
                high--;
            }
            else
            {
                Step(diagonal, offDiagonal, rows, rowLength, low, high);
            }
        }
    }

    /// <summary>One implicit QR step on the unreduced block from low to high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(Span<double> d, Span<double> e, Span<double> rows, int rowLength, int low, int high)
    {
        double half = 0.5 * (d[high - 1] - d[high]);
        double last = e[high - 1];
        double root = double.Hypot(half, last);
        double shift = d[high] - (last * last / (half + (half >= 0 ? root : -root)));
        double x = d[low] - shift, z = e[low];
        for (int k = low; k < high; k++)
        {
            double r = double.Hypot(x, z);
            double c = r == 0 ? 1 : x / r, s = r == 0 ? 0 : z / r;
            if (k > low)
            {
                e[k - 1] = r;
            }

            double dk = d[k], dn = d[k + 1], ek = e[k];
            d[k] = (c * c * dk) + (2 * c * s * ek) + (s * s * dn);
            d[k + 1] = (s * s * dk) - (2 * c * s * ek) + (c * c * dn);
            e[k] = (((c * c) - (s * s)) * ek) + (c * s * (dn - dk));
            if (k < high - 1)
            {
                x = e[k];
                z = s * e[k + 1];
                e[k + 1] *= c;
            }

            if (!rows.IsEmpty)
            {
                VectorRows.Rotate(rows.Slice(k * rowLength, rowLength), rows.Slice((k + 1) * rowLength, rowLength), c, s);
            }
        }
    }
}
