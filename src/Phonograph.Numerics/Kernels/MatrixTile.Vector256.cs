using System.Runtime.Intrinsics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Tile of 6 rows and 16 columns: 12 accumulators of 8 lanes, two registers of the panel and one broadcast factor, of the 16 registers that
/// AVX2 has. A lane is a column. Each element is one chain of fused multiply-adds in the order of the steps.
/// </summary>
internal readonly unsafe struct Vector256Tile : IMatrixTile<float>
{
    public static int Rows => 6;

    public static int Columns => 16;

    public static void Multiply(float* a, nint rowStride, nint stepStride, float* panel, int steps, float* start, nint startStride, float* c, nint rowStrideOfC)
    {
        Vector256<float> left0 = Vector256.Load(start), right0 = Vector256.Load(start + 8);
        Vector256<float> left1 = Vector256.Load(start + startStride), right1 = Vector256.Load(start + startStride + 8);
        Vector256<float> left2 = Vector256.Load(start + (2 * startStride)), right2 = Vector256.Load(start + (2 * startStride) + 8);
        Vector256<float> left3 = Vector256.Load(start + (3 * startStride)), right3 = Vector256.Load(start + (3 * startStride) + 8);
        Vector256<float> left4 = Vector256.Load(start + (4 * startStride)), right4 = Vector256.Load(start + (4 * startStride) + 8);
        Vector256<float> left5 = Vector256.Load(start + (5 * startStride)), right5 = Vector256.Load(start + (5 * startStride) + 8);

        // One pointer for three rows: with the stride and its double as index they need no further address arithmetic.
        nint twice = 2 * rowStride;
        float* a0 = a;
        float* a3 = a + (3 * rowStride);
        for (int step = 0; step < steps; step++)
        {
            Vector256<float> b0 = Vector256.Load(panel), b1 = Vector256.Load(panel + 8);
            Vector256<float> factor0 = Vector256.Create(*a0);
            left0 = Vector256.FusedMultiplyAdd(factor0, b0, left0);
            right0 = Vector256.FusedMultiplyAdd(factor0, b1, right0);
            Vector256<float> factor1 = Vector256.Create(a0[rowStride]);
            left1 = Vector256.FusedMultiplyAdd(factor1, b0, left1);
            right1 = Vector256.FusedMultiplyAdd(factor1, b1, right1);
            Vector256<float> factor2 = Vector256.Create(a0[twice]);
            left2 = Vector256.FusedMultiplyAdd(factor2, b0, left2);
            right2 = Vector256.FusedMultiplyAdd(factor2, b1, right2);
            Vector256<float> factor3 = Vector256.Create(*a3);
            left3 = Vector256.FusedMultiplyAdd(factor3, b0, left3);
            right3 = Vector256.FusedMultiplyAdd(factor3, b1, right3);
            Vector256<float> factor4 = Vector256.Create(a3[rowStride]);
            left4 = Vector256.FusedMultiplyAdd(factor4, b0, left4);
            right4 = Vector256.FusedMultiplyAdd(factor4, b1, right4);
            Vector256<float> factor5 = Vector256.Create(a3[twice]);
            left5 = Vector256.FusedMultiplyAdd(factor5, b0, left5);
            right5 = Vector256.FusedMultiplyAdd(factor5, b1, right5);
            panel += 16;
            a0 += stepStride;
            a3 += stepStride;
        }

        left0.Store(c);
        right0.Store(c + 8);
        left1.Store(c + rowStrideOfC);
        right1.Store(c + rowStrideOfC + 8);
        left2.Store(c + (2 * rowStrideOfC));
        right2.Store(c + (2 * rowStrideOfC) + 8);
        left3.Store(c + (3 * rowStrideOfC));
        right3.Store(c + (3 * rowStrideOfC) + 8);
        left4.Store(c + (4 * rowStrideOfC));
        right4.Store(c + (4 * rowStrideOfC) + 8);
        left5.Store(c + (5 * rowStrideOfC));
        right5.Store(c + (5 * rowStrideOfC) + 8);
    }
}
