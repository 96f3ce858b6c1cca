using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Sum over observations of w·a aᵀ, the matrix of the normal equations of least squares. Each element is added up in the order of the observations, whatever the vector width of the processor.
/// </summary>
public sealed class NormalMatrix
{
    private readonly double[] _upper;

    /// <summary>Starts at zero.</summary>
    /// <param name="order">Number of parameters.</param>
    public NormalMatrix(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        Order = order;
        _upper = new double[checked(order * order)];
    }

    /// <summary>Number of parameters.</summary>
    public int Order { get; }

    /// <summary>Adds observations of equal weight; some tens at a time are faster than one by one.</summary>
    /// <param name="rows">Derivatives of the observations with respect to the parameters: one row of <see cref="Order"/> numbers for each observation.</param>
    /// <param name="weight">Weight of every observation.</param>
    public void Add(ReadOnlySpan<double> rows, double weight)
    {
        if (Order == 0 || rows.Length % Order != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no rows of {Order}.", nameof(rows));
        }

        SymmetricRankUpdate.Add(_upper, Order, 0, Order, rows, weight);
    }

    /// <summary>The whole symmetric matrix by rows.</summary>
    public double[] ToArray()
    {
        double[] full = [.. _upper];
        for (int row = 0; row < Order; row++)
        {
            for (int column = 0; column < row; column++)
            {
                full[(row * Order) + column] = full[(column * Order) + row];
            }
        }

        return full;
    }
}
