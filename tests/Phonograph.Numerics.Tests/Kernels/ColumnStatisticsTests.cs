using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Tests.Kernels;

[Trait("Runs", "EveryVectorPath")]
public sealed unsafe class ColumnStatisticsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(256, 37)]
    [InlineData(257, 1)]
    [InlineData(1000, 128)]
    public void A_mean_a_thousand_times_the_spread_costs_no_digits(int rows, int columns)
    {
        AlignedBuffer<float> x = KernelData.Normals<float>(rows * columns, seed: 1), sums = KernelData.Normals<float>(2 * columns, seed: 2);
        foreach (ref float value in x.Span(rows * columns))
        {
            value += 1000;
        }

        ColumnStatistics<float>.Compute(new Workspace(WorkerPool.Shared), x.Pointer, sums.Pointer, sums.Pointer + columns, rows, columns);
        for (int column = 0; column < columns; column++)
        {
            double[] values = [.. Enumerable.Range(0, rows).Select(row => (double)x.Span(rows * columns)[(row * columns) + column])];
            double mean = values.Average();
            double squares = values.Sum(value => (value - mean) * (value - mean));
            Assert.Equal(mean, sums.Pointer[column], 1e-3);
            Assert.Equal(squares, sums.Pointer[columns + column], 1e-5 + (2e-4 * squares));
        }

        KernelData.KeepAlive(x, sums);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(700, 45)]
    public void Sums_over_rows_are_those_of_double_precision(int rows, int columns)
    {
        AlignedBuffer<float> x = KernelData.Normals<float>(rows * columns, seed: 1), sum = KernelData.Normals<float>(columns, seed: 2);
        float[] before = sum.Span(columns).ToArray();
        var workspace = new Workspace(WorkerPool.Shared);
        ColumnSum<float>.Add(workspace, x.Pointer, sum.Pointer, rows, columns, accumulate: true);
        for (int column = 0; column < columns; column++)
        {
            double expected = before[column] + Enumerable.Range(0, rows).Sum(row => (double)x.Span(rows * columns)[(row * columns) + column]);
            Assert.Equal(expected, sum.Pointer[column], 1e-4);
        }

        KernelData.KeepAlive(x, sum);
    }
}
