using System.Numerics;
using CsCheck;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Tests.Autodiff;

namespace Phonograph.Numerics.Tests.Kernels;

[Trait("Runs", "EveryVectorPath")]
public sealed unsafe class AggregationTests
{
    // Columns on both sides of every register width and of the blocks of 32 and 128; more nodes than one block of rows.
    private static readonly Gen<(int Nodes, int Edges, int Columns)> Shapes =
        Gen.Select(Gen.OneOf(Gen.Int[1, 20], Gen.OneOfConst(97)), Gen.Int[0, 150], Gen.OneOf(Gen.Int[1, 40], Gen.OneOfConst(64, 127, 128, 181)));

    [Fact]
    public void Single_precision_equals_the_reference_for_any_graph() => Shapes.Sample(Check<float>, iter: 60, threads: 1);

    [Fact]
    public void Double_precision_equals_the_reference_for_any_graph() => Shapes.Sample(Check<double>, iter: 30, threads: 1);

    private static void Check<T>((int Nodes, int Edges, int Columns) shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int nodes, int count, int columns) = shape;
        SparseRows<T> edges = SmallGraphs.Edges<T>(nodes, count, seed: 1);
        AlignedBuffer<T> x = KernelData.Normals<T>(nodes * columns, seed: 2), y = KernelData.Normals<T>(nodes * columns, seed: 3);
        T[] expected = new T[nodes * columns];
        double tolerance = KernelData.Tolerance<T>(count);
        ReferenceKernels.Aggregate(edges.Start, edges.Source, edges.Weight, x.Span(nodes * columns), expected, columns, accumulate: false);
        new Aggregation<T>
        {
            Start = edges.StartPointer,
            Source = edges.SourcePointer,
            Weight = edges.WeightPointer,
            X = x.Pointer,
            Y = y.Pointer,
            Columns = columns,
            Nodes = nodes,
        }.Run(WorkerPool.Shared);
        KernelData.AssertClose<T>(expected, y.Span(nodes * columns), tolerance, $"{shape}");

        // ⟨g, A·x⟩ = ⟨Aᵀ·g, x⟩ ties the transposed edges to the edges.
        AlignedBuffer<T> g = KernelData.Normals<T>(nodes * columns, seed: 4), back = KernelData.Normals<T>(nodes * columns, seed: 5);
        new Aggregation<T>
        {
            Start = edges.TransposedStartPointer,
            Source = edges.TransposedTargetPointer,
            Weight = edges.TransposedWeightPointer,
            X = g.Pointer,
            Y = back.Pointer,
            Columns = columns,
            Nodes = nodes,
        }.Run(WorkerPool.Shared);
        Assert.Equal(Product(g, y), Product(back, x), KernelData.Tolerance<T>(count) * nodes * columns);

        AlignedBuffer<T> gradient = KernelData.Normals<T>(count, seed: 6);
        new EdgeWeightGradient<T>
        {
            Start = edges.StartPointer,
            Source = edges.SourcePointer,
            G = g.Pointer,
            X = x.Pointer,
            Gradient = gradient.Pointer,
            Nodes = nodes,
            Columns = columns,
        }.Run(WorkerPool.Shared);
        for (int node = 0; node < nodes; node++)
        {
            for (int edge = edges.Start[node]; edge < edges.Start[node + 1]; edge++)
            {
                double sum = 0;
                for (int column = 0; column < columns; column++)
                {
                    sum += double.CreateChecked(g.Pointer[(node * columns) + column]) * double.CreateChecked(x.Pointer[(edges.Source[edge] * columns) + column]);
                }

                Assert.Equal(sum, double.CreateChecked(gradient.Pointer[edge]), KernelData.Tolerance<T>(columns));
            }
        }

        KernelData.KeepAlive(edges, x, y, g, back, gradient);

        double Product(AlignedBuffer<T> left, AlignedBuffer<T> right) =>
            Enumerable.Range(0, nodes * columns).Sum(index => double.CreateChecked(left.Span(nodes * columns)[index]) * double.CreateChecked(right.Span(nodes * columns)[index]));
    }
}
