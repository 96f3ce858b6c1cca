namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>T - x as the product of a lower and an upper triangular matrix, with rows exchanged where the pivot below is larger (G. Golub, C. Van Loan, Matrix Computations, 4th ed., section 3.4.3); x may be an eigenvalue.</summary>
internal sealed class TridiagonalFactors
{
    // Row k of the upper factor: pivot, next, afterNext; then row k times multiplier is taken from row k + 1, after both were exchanged or not.
    private readonly double[] _pivot, _next, _afterNext, _multiplier;
    private readonly bool[] _isExchanged;

    /// <summary>Factorises.</summary>
    /// <param name="form">T.</param>
    /// <param name="x">What is taken from its diagonal.</param>
    /// <param name="smallest">What stands for a pivot that is smaller than this.</param>
    internal TridiagonalFactors(TridiagonalForm form, double x, double smallest)
    {
        int n = form.Order;
        (_pivot, _next, _afterNext, _multiplier, _isExchanged) = (new double[n], new double[n], new double[n], new double[n], new bool[n]);
        double pivot = form.Diagonal[0] - x, next = form.OffDiagonal[0];
        for (int row = 0; row < n - 1; row++)
        {
            double below = form.OffDiagonal[row], diagonal = form.Diagonal[row + 1] - x, after = form.OffDiagonal[row + 1];
            if (Math.Abs(below) > Math.Abs(pivot))
            {
                (_pivot[row], _next[row], _afterNext[row], _isExchanged[row]) = (below, diagonal, after, true);
                _multiplier[row] = pivot / below;
                (pivot, next) = (next - (_multiplier[row] * diagonal), -_multiplier[row] * after);
            }
            else
            {
                pivot = Kept(pivot, smallest);
                (_pivot[row], _next[row], _multiplier[row]) = (pivot, next, below / pivot);
                (pivot, next) = (diagonal - (_multiplier[row] * next), after);
            }
        }

        _pivot[n - 1] = Kept(pivot, smallest);
    }

    /// <summary>Solves (T - x) y = b in place.</summary>
    internal void Solve(Span<double> vector)
    {
        int n = _pivot.Length;
        for (int row = 0; row < n - 1; row++)
        {
            if (_isExchanged[row])
            {
                (vector[row], vector[row + 1]) = (vector[row + 1], vector[row]);
            }

            vector[row + 1] -= _multiplier[row] * vector[row];
        }

        for (int row = n - 1; row >= 0; row--)
        {
            double sum = vector[row];
            if (row + 1 < n)
            {
                sum -= _next[row] * vector[row + 1];
            }

            if (row + 2 < n)
            {
                sum -= _afterNext[row] * vector[row + 2];
            }

            vector[row] = sum / _pivot[row];
        }
    }

    private static double Kept(double pivot, double smallest) => Math.Abs(pivot) < smallest ? Math.CopySign(smallest, pivot) : pivot;
}
