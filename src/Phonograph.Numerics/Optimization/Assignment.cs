namespace Phonograph.Numerics.Optimization;

/// <summary>
/// The pairing of rows with columns of a square table that has the largest sum, each row and each column once: shortest augmenting paths with
/// potentials (H. Kuhn, Naval Res. Logist. Quart. 2, 83 (1955); R. Jonker, A. Volgenant, Computing 38, 325 (1987)).
/// </summary>
public static class Assignment
{
    /// <summary>For each row its column in a pairing with the largest sum.</summary>
    /// <param name="gain">Finite numbers by rows, order × order.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count is wrong, or a number is not finite.</exception>
    public static int[] Largest(ReadOnlySpan<double> gain, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (gain.Length != order * order)
        {
            throw new ArgumentException($"{gain.Length} numbers for a table of order {order}.", nameof(gain));
        }

        foreach (double number in gain)
        {
            if (!double.IsFinite(number))
            {
                throw new ArgumentException("A number of the table is not finite.", nameof(gain));
            }
        }

        // Column 0 of the extended table stands for "not yet paired"; rows and columns count from 1.
        var rowPotential = new double[order + 1];
        var columnPotential = new double[order + 1];
        var rowOf = new int[order + 1];
        var before = new int[order + 1];
        var shortest = new double[order + 1];
        var visited = new bool[order + 1];
        for (int row = 1; row <= order; row++)
        {
            Array.Fill(shortest, double.PositiveInfinity);
            Array.Clear(visited);
            rowOf[0] = row;
            int column = 0;
            do
            {
                visited[column] = true;
                int current = rowOf[column], next = 0;
                double step = double.PositiveInfinity;
                for (int other = 1; other <= order; other++)
                {
                    if (visited[other])
                    {
                        continue;
                    }

                    double cost = -gain[((current - 1) * order) + other - 1] - rowPotential[current] - columnPotential[other];
                    if (cost < shortest[other])
                    {
                        (shortest[other], before[other]) = (cost, column);
                    }

                    if (shortest[other] < step)
                    {
                        (step, next) = (shortest[other], other);
                    }
                }

                for (int other = 0; other <= order; other++)
                {
                    if (visited[other])
                    {
                        rowPotential[rowOf[other]] += step;
                        columnPotential[other] -= step;
                    }
                    else
                    {
                        shortest[other] -= step;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            for (; column != 0; column = before[column])
            {
                rowOf[column] = rowOf[before[column]];
            }
        }

        var columnOf = new int[order];
        for (int column = 1; column <= order; column++)
        {
            columnOf[rowOf[column] - 1] = column - 1;
        }

        return columnOf;
    }
}
