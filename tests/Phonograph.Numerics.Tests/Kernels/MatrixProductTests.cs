using System.Numerics;
using System.Runtime.Intrinsics.X86;
using CsCheck;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Tests.Kernels;

[Trait("Runs", "EveryVectorPath")]
public sealed unsafe class MatrixProductTests
{
    // Sizes on both sides of every tile height (4, 6, 12), tile width (8, 16, 32), block of rows (96, 256) and panel (128), and the empty sum.
    private static readonly Gen<Shape> Shapes = Gen.Select(
        Gen.OneOf(Gen.Int[1, 30], Gen.OneOfConst(96, 97)),
        Gen.OneOf(Gen.Int[1, 40], Gen.OneOfConst(65)),
        Gen.OneOf(Gen.Int[0, 20], Gen.OneOfConst(128, 129)),
        Gen.Bool,
        Gen.Bool,
        (m, n, k, accumulate, bias) => new Shape(m, n, k, accumulate, bias && !accumulate));

    [Fact]
    public void Single_precision_equals_the_reference_for_any_shape() => Shapes.Sample(shape => Check<float>(shape, null), iter: 40, threads: 1);

    [Fact]
    public void Double_precision_equals_the_reference_for_any_shape() => Shapes.Sample(shape => Check<double>(shape, null), iter: 20, threads: 1);

    [Fact]
    public void A_product_large_enough_for_all_threads_equals_the_reference() => Check<float>(new Shape(205, 67, 150, Accumulate: false, Bias: true), null);

    [Fact]
    public void Every_tile_this_processor_can_run_equals_the_reference() => Shapes.Sample(
        shape =>
        {
            Check<float>(shape, new Tile<float, ScalarTile<float>>());
            Check<float>(shape, new Tile<float, Vector128Tile>());
            if (Fma.IsSupported)
            {
                Check<float>(shape, new Tile<float, Vector256Tile>());
            }

            if (Avx512F.IsSupported)
            {
                Check<float>(shape, new Tile<float, Vector512Tile>());
            }
        },
        iter: 12,
        threads: 1);

    [Fact]
    public void A_product_over_many_rows_is_cut_into_at_most_sixty_four_parts()
    {
        foreach (int rows in new[] { 0, 1, 256, 257, 16384, 16385, 100_000 })
        {
            var product = new OuterProduct<float, ScalarTile<float>> { Rows = rows, M = 4, N = 8 };
            Assert.InRange(product.BlockCount, 1, 64);
            Assert.True((long)product.BlockCount * product.RowsPerBlock >= rows);
        }
    }

    [Fact]
    public void A_row_of_the_result_does_not_depend_on_the_other_rows()
    {
        using var pool = new WorkerPool(2);
        var workspace = new Workspace(pool);
        AlignedBuffer<float> a = KernelData.Normals<float>(205 * 37, seed: 1), b = KernelData.Normals<float>(37 * 45, seed: 2);
        AlignedBuffer<float> all = KernelData.Normals<float>(205 * 45, seed: 3), one = KernelData.Normals<float>(45, seed: 4);
        MatrixProduct.Multiply(workspace, a.Pointer, b.Pointer, null, all.Pointer, 205, 45, 37, accumulate: false);
        for (int row = 0; row < 205; row++)
        {
            MatrixProduct.Multiply(workspace, a.Pointer + (row * 37), b.Pointer, null, one.Pointer, 1, 45, 37, accumulate: false);
            Assert.True(one.Span(45).SequenceEqual(all.Span(205 * 45).Slice(row * 45, 45)), $"row {row}");
        }

        KernelData.KeepAlive(a, b, all, one);
    }

    private static void Check<T>(Shape shape, ITile<T>? tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int n, int k, bool accumulate, bool hasBias) = shape;
        var workspace = new Workspace(WorkerPool.Shared);
        AlignedBuffer<T> rows = KernelData.Normals<T>(m * k, seed: 1), square = KernelData.Normals<T>(n * k, seed: 2);
        AlignedBuffer<T> bias = KernelData.Normals<T>(n, seed: 3), c = KernelData.Normals<T>(m * n, seed: 4);
        Span<T> result = c.Span(m * n);
        T[] before = result.ToArray();
        ReadOnlySpan<T> biasSpan = hasBias ? bias.Span(n) : [];
        T* biasPointer = hasBias ? bias.Pointer : null;
        double tolerance = KernelData.Tolerance<T>(k);
        string name = $"{m} × {n} × {k}{(accumulate ? ", added" : "")}{(hasBias ? ", bias" : "")}, {tile?.GetType().GenericTypeArguments[1].Name ?? VectorPath.Name}";

        T[] expected = [.. before];
        ReferenceKernels.Multiply(rows.Span(m * k), square.Span(n * k), biasSpan, expected, m, n, k, accumulate);
        if (tile is null)
        {
            MatrixProduct.Multiply(workspace, rows.Pointer, square.Pointer, biasPointer, c.Pointer, m, n, k, accumulate);
        }
        else
        {
            tile.Rows(workspace, rows.Pointer, square.Pointer, biasPointer, c.Pointer, m, n, k, accumulate, transposed: false);
        }

        KernelData.AssertClose<T>(expected, result, tolerance, "A·B " + name);

        before.CopyTo(expected, 0);
        before.CopyTo(result);
        ReferenceKernels.MultiplyTransposedRight(rows.Span(m * k), square.Span(n * k), biasSpan, expected, m, n, k, accumulate);
        if (tile is null)
        {
            MatrixProduct.MultiplyTransposedRight(workspace, rows.Pointer, square.Pointer, biasPointer, c.Pointer, m, n, k, accumulate);
        }
        else
        {
            tile.Rows(workspace, rows.Pointer, square.Pointer, biasPointer, c.Pointer, m, n, k, accumulate, transposed: true);
        }

        KernelData.AssertClose<T>(expected, result, tolerance, "A·Bᵀ " + name);

        // As many rows as the first kind has results: the sum runs over them, and over more than one block of rows.
        int many = 3 * k;
        AlignedBuffer<T> left = KernelData.Normals<T>(many * m, seed: 5), right = KernelData.Normals<T>(many * n, seed: 6);
        before.CopyTo(expected, 0);
        before.CopyTo(result);
        ReferenceKernels.MultiplyTransposedLeft(left.Span(many * m), right.Span(many * n), expected, m, n, many, accumulate);
        if (tile is null)
        {
            MatrixProduct.MultiplyTransposedLeft(workspace, left.Pointer, right.Pointer, c.Pointer, m, n, many, accumulate);
        }
        else
        {
            tile.Outer(workspace, left.Pointer, right.Pointer, c.Pointer, m, n, many, accumulate);
        }

        KernelData.AssertClose<T>(expected, result, KernelData.Tolerance<T>(many), "Aᵀ·B " + name);
        KernelData.KeepAlive(rows, square, bias, c, left, right);
    }

    private sealed record Shape(int M, int N, int K, bool Accumulate, bool Bias);

    private interface ITile<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        void Rows(Workspace workspace, T* a, T* b, T* bias, T* c, int m, int n, int k, bool accumulate, bool transposed);

        void Outer(Workspace workspace, T* a, T* b, T* c, int m, int n, int k, bool accumulate);
    }

    private sealed class Tile<T, TTile> : ITile<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTile : struct, IMatrixTile<T>
    {
        public void Rows(Workspace workspace, T* a, T* b, T* bias, T* c, int m, int n, int k, bool accumulate, bool transposed) =>
            MatrixProduct.Rows<T, TTile>(workspace, a, b, bias, c, m, n, k, accumulate, transposed);

        public void Outer(Workspace workspace, T* a, T* b, T* c, int m, int n, int k, bool accumulate) =>
            MatrixProduct.Outer<T, TTile>(workspace, a, b, c, m, n, k, accumulate);
    }
}
