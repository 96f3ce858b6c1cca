using System.Numerics;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Sum over observations of w·a aᵀ, the matrix of the normal equations of least squares, gathered four observations at a time. Each element is added up in the order of the observations,
/// whatever the vector width of the processor.
/// </summary>
public sealed class NormalMatrix
{
    private readonly double[] _lower;

    /// <summary>Starts at zero.</summary>
    /// <param name="order">Number of parameters.</param>
    public NormalMatrix(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        Order = order;
        _lower = new double[checked(order * order)];
    }

    /// <summary>Number of parameters.</summary>
    public int Order { get; }

    /// <summary>Adds observations of equal weight.</summary>
    /// <param name="rows">Derivatives of the observations with respect to the parameters: one row of <see cref="Order"/> numbers for each observation.</param>
    /// <param name="weight">Weight of every observation.</param>
    public void Add(ReadOnlySpan<double> rows, double weight)
    {
        if (Order == 0 || rows.Length % Order != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no rows of {Order}.", nameof(rows));
        }

        int row = 0, count = rows.Length / Order;
        for (; row + 4 <= count; row += 4)
        {
            AddFour(rows.Slice(row * Order, Order), rows.Slice((row + 1) * Order, Order), rows.Slice((row + 2) * Order, Order), rows.Slice((row + 3) * Order, Order), weight);
        }

        var zeros = new double[row < count ? Order : 0];
        if (row < count)
        {
            ReadOnlySpan<double> second = row + 1 < count ? rows.Slice((row + 1) * Order, Order) : zeros, third = row + 2 < count ? rows.Slice((row + 2) * Order, Order) : zeros;
            AddFour(rows.Slice(row * Order, Order), second, third, zeros, weight);
        }
    }

    /// <summary>The whole symmetric matrix by rows.</summary>
    public double[] ToArray()
    {
        double[] full = [.. _lower];
        for (int row = 0; row < Order; row++)
        {
            for (int column = 0; column < row; column++)
            {
                full[(column * Order) + row] = full[(row * Order) + column];
            }
        }

        return full;
    }

    private void AddFour(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, double weight)
    {
        for (int row = 0; row < Order; row++)
        {
            double wa = weight * a[row], wb = weight * b[row], wc = weight * c[row], wd = weight * d[row];
            if (wa == 0 && wb == 0 && wc == 0 && wd == 0)
            {
                continue;
            }

            Span<double> line = _lower.AsSpan(row * Order, row + 1);
            int column = 0;
            for (; column + Vector<double>.Count <= line.Length; column += Vector<double>.Count)
            {
                Span<double> part = line[column..];
                Vector<double> sum = new Vector<double>(part) + (wa * new Vector<double>(a[column..]));
                sum += wb * new Vector<double>(b[column..]);
                sum += wc * new Vector<double>(c[column..]);
                sum += wd * new Vector<double>(d[column..]);
                sum.CopyTo(part);
            }

            for (; column < line.Length; column++)
            {
                line[column] = line[column] + (wa * a[column]) + (wb * b[column]) + (wc * c[column]) + (wd * d[column]);
            }
        }
    }
}
