using System.Runtime.CompilerServices;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Eigenvalues and eigenvectors of many complex Hermitian matrices of one order, in memory that is used again: reduction to tridiagonal form by complex
/// Householder reflections, a diagonal of phases that makes it real, then implicit QR steps (G. Golub, C. Van Loan, Matrix Computations, 4th ed., sections
/// 8.3.1 and 8.3.5; J. Wilkinson, The Algebraic Eigenvalue Problem, 1965, chapter 5). One thread and a fixed order of operations, without sums across vector
/// registers: the same matrix gives the same bits. To be used by one thread at a time.
/// </summary>
public sealed class HermitianSolver
{
    private readonly double[] _real, _imaginary, _unitaryReal, _unitaryImaginary, _rows, _vectors;
    private readonly double[] _diagonal, _offDiagonal, _values;
    private readonly double[] _reflectorReal, _reflectorImaginary, _productReal, _productImaginary;
    private readonly bool[] _hasReflector;
    private readonly int[] _rank;

    /// <summary>Reserves memory for matrices of one order.</summary>
    /// <param name="order">Number of rows and columns.</param>
    public HermitianSolver(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        Order = order;
        int square = checked(order * order);
        (_real, _imaginary) = (new double[square], new double[square]);
        (_unitaryReal, _unitaryImaginary) = (new double[square], new double[square]);
        (_rows, _vectors) = (new double[2 * square], new double[2 * square]);
        (_diagonal, _offDiagonal, _values) = (new double[order], new double[order], new double[order]);
        (_reflectorReal, _reflectorImaginary) = (new double[square], new double[square]);
        (_productReal, _productImaginary) = (new double[order], new double[order]);
        _hasReflector = new bool[order];
        _rank = new int[order];
    }

    /// <summary>Number of rows and columns.</summary>
    public int Order { get; }

    /// <summary>Real parts of the matrix by rows, order × order; to be filled before solving, which destroys them.</summary>
    public Span<double> Real => _real;

    /// <summary>Imaginary parts of the matrix by rows, order × order; to be filled before solving, which destroys them.</summary>
    public Span<double> Imaginary => _imaginary;

    /// <summary>Eigenvalues of the last matrix, rising, in its unit.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Real parts of the unit eigenvector of an eigenvalue; its phase is not defined.</summary>
    public ReadOnlySpan<double> VectorReal(int index) => _vectors.AsSpan(2 * index * Order, Order);

    /// <summary>Imaginary parts of the unit eigenvector of an eigenvalue.</summary>
    public ReadOnlySpan<double> VectorImaginary(int index) => _vectors.AsSpan(((2 * index) + 1) * Order, Order);

    /// <summary>Copies the lower triangle, conjugated, onto the upper one, for matrices of which only the lower triangle was filled.</summary>
    public void CompleteFromLower()
    {
        int n = Order;
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < row; column++)
            {
                _real[(column * n) + row] = _real[(row * n) + column];
                _imaginary[(column * n) + row] = -_imaginary[(row * n) + column];
            }

            _imaginary[(row * n) + row] = 0;
        }
    }

    /// <summary>Solves the matrix in <see cref="Real"/> and <see cref="Imaginary"/>, which must be Hermitian.</summary>
    /// <param name="withVectors">Whether eigenvectors are wanted; without them the ones before are no longer valid.</param>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public void Solve(bool withVectors)
    {
        RequireFinite(_real);
        RequireFinite(_imaginary);
        Tridiagonalise();
        if (withVectors)
        {
            Accumulate();
        }

        TridiagonalQr.Diagonalise(_diagonal, _offDiagonal, withVectors ? _rows : [], 2 * Order);
        Sort(withVectors);
    }

    private static void RequireFinite(double[] elements)
    {
        foreach (double element in elements)
        {
            if (!double.IsFinite(element))
            {
                throw new ArgumentException("A matrix element is not a finite number.");
            }
        }
    }

    /// <summary>Reduces to tridiagonal form. The sizes of the off-diagonal elements are kept apart from their phases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tridiagonalise()
    {
        int n = Order;
        for (int k = 0; k < n - 2; k++)
        {
            // Column k below the diagonal is row k right of it, conjugated.
            Span<double> rowReal = _real.AsSpan(k * n, n), rowImaginary = _imaginary.AsSpan(k * n, n);
            Span<double> v = _reflectorReal.AsSpan(k * n, n), w = _reflectorImaginary.AsSpan(k * n, n);
            double tail = 0;
            for (int i = k + 2; i < n; i++)
            {
                tail += (rowReal[i] * rowReal[i]) + (rowImaginary[i] * rowImaginary[i]);
            }

            double headReal = rowReal[k + 1], headImaginary = -rowImaginary[k + 1];
            _hasReflector[k] = tail > 0;
            if (tail == 0)
            {
                SetPhase(k, headReal, headImaginary);
                continue;
            }

            double head = double.Hypot(headReal, headImaginary);
            double norm = Math.Sqrt((head * head) + tail);
            (double phaseReal, double phaseImaginary) = head == 0 ? (1, 0) : (headReal / head, headImaginary / head);
            SetPhase(k, -norm * phaseReal, -norm * phaseImaginary);

            // The reflection is I - v v†, with v†v = 2.
            double scale = Math.Sqrt(2 / (((head + norm) * (head + norm)) + tail));
            v[k + 1] = scale * (head + norm) * phaseReal;
            w[k + 1] = scale * (head + norm) * phaseImaginary;
            for (int i = k + 2; i < n; i++)
            {
                v[i] = scale * rowReal[i];
                w[i] = -scale * rowImaginary[i];
            }

            ReflectBothSides(k + 1, v, w);
        }

        if (n > 1)
        {
            SetPhase(n - 2, _real[((n - 2) * n) + n - 1], -_imaginary[((n - 2) * n) + n - 1]);
            _hasReflector[n - 2] = false;
        }

        for (int i = 0; i < n; i++)
        {
            _diagonal[i] = _real[(i * n) + i];
        }
    }

    /// <summary>Notes the element below the diagonal of column k: its size, and its direction at an unused place of the matrix.</summary>
    private void SetPhase(int k, double real, double imaginary)
    {
        double size = double.Hypot(real, imaginary);
        _offDiagonal[k] = size;
        _real[((k + 1) * Order) + k] = size > 0 ? real / size : 1;
        _imaginary[((k + 1) * Order) + k] = size > 0 ? imaginary / size : 0;
    }

    /// <summary>A := (I - v v†) A (I - v v†) on the trailing block, as a rank-two update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReflectBothSides(int first, Span<double> v, Span<double> w)
    {
        int n = Order, length = n - first;
        Span<double> pr = _productReal.AsSpan(first, length), pi = _productImaginary.AsSpan(first, length);
        pr.Clear();
        pi.Clear();
        for (int j = first; j < n; j++)
        {
            VectorRows.AddConjugate(pr, pi, _real.AsSpan((j * n) + first, length), _imaginary.AsSpan((j * n) + first, length), v[j], w[j]);
        }

        double overlap = 0;
        for (int i = 0; i < length; i++)
        {
            overlap += (v[first + i] * pr[i]) + (w[first + i] * pi[i]);
        }

        for (int i = 0; i < length; i++)
        {
            pr[i] -= 0.5 * overlap * v[first + i];
            pi[i] -= 0.5 * overlap * w[first + i];
        }

        ReadOnlySpan<double> vTail = v[first..n], wTail = w[first..n];
        for (int i = first; i < n; i++)
        {
            Span<double> real = _real.AsSpan((i * n) + first, length), imaginary = _imaginary.AsSpan((i * n) + first, length);
            VectorRows.AddConjugate(real, imaginary, pr, pi, -v[i], -w[i]);
            VectorRows.AddConjugate(real, imaginary, vTail, wTail, -pr[i - first], -pi[i - first]);
        }
    }

    /// <summary>Rows of eigenvector candidates: column m of the product of all reflections, times the phase that makes the tridiagonal matrix real.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate()
    {
        int n = Order;
        Array.Clear(_unitaryReal);
        Array.Clear(_unitaryImaginary);
        for (int i = 0; i < n; i++)
        {
            _unitaryReal[(i * n) + i] = 1;
        }

        for (int k = n - 3; k >= 0; k--)
        {
            if (!_hasReflector[k])
            {
                continue;
            }

            int first = k + 1, length = n - first;
            ReadOnlySpan<double> v = _reflectorReal.AsSpan(k * n, n), w = _reflectorImaginary.AsSpan(k * n, n);
            Span<double> pr = _productReal.AsSpan(first, length), pi = _productImaginary.AsSpan(first, length);
            pr.Clear();
            pi.Clear();
            for (int j = first; j < n; j++)
            {
                VectorRows.Add(pr, pi, _unitaryReal.AsSpan((j * n) + first, length), _unitaryImaginary.AsSpan((j * n) + first, length), v[j], -w[j]);
            }

            for (int j = first; j < n; j++)
            {
                VectorRows.Add(_unitaryReal.AsSpan((j * n) + first, length), _unitaryImaginary.AsSpan((j * n) + first, length), pr, pi, -v[j], -w[j]);
            }
        }

        (double phaseReal, double phaseImaginary) = (1, 0);
        for (int m = 0; m < n; m++)
        {
            if (m > 0)
            {
                (double stepReal, double stepImaginary) = (_real[(m * n) + m - 1], _imaginary[(m * n) + m - 1]);
                (phaseReal, phaseImaginary) = ((phaseReal * stepReal) - (phaseImaginary * stepImaginary), (phaseReal * stepImaginary) + (phaseImaginary * stepReal));
            }

            Span<double> real = _rows.AsSpan(2 * m * n, n), imaginary = _rows.AsSpan(((2 * m) + 1) * n, n);
            for (int j = 0; j < n; j++)
            {
                (double x, double y) = (_unitaryReal[(j * n) + m], _unitaryImaginary[(j * n) + m]);
                real[j] = (phaseReal * x) - (phaseImaginary * y);
                imaginary[j] = (phaseReal * y) + (phaseImaginary * x);
            }
        }
    }

    private void Sort(bool withVectors)
    {
        for (int i = 0; i < Order; i++)
        {
            double value = _diagonal[i];
            int at = i;
            for (; at > 0 && _values[at - 1] > value; at--)
            {
                _values[at] = _values[at - 1];
                _rank[at] = _rank[at - 1];
            }

            _values[at] = value;
            _rank[at] = i;
        }

        for (int i = 0; withVectors && i < Order; i++)
        {
            _rows.AsSpan(2 * _rank[i] * Order, 2 * Order).CopyTo(_vectors.AsSpan(2 * i * Order, 2 * Order));
        }
    }
}
