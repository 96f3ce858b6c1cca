using System.Runtime.Intrinsics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Tile of 12 rows and 32 columns: 24 accumulators of 16 lanes, two registers of the panel and one broadcast factor, of the 32 registers
/// that AVX-512 has. A lane is a column. Each element is one chain of fused multiply-adds in the order of the steps.
/// </summary>
internal readonly unsafe struct Vector512Tile : IMatrixTile<float>
{
    public static int Rows => 12;

    public static int Columns => 32;

    public static void Multiply(float* a, nint rowStride, nint stepStride, float* panel, int steps, float* start, nint startStride, float* c, nint rowStrideOfC)
    {
        Vector512<float> left0 = Vector512.Load(start), right0 = Vector512.Load(start + 16);
        Vector512<float> left1 = Vector512.Load(start + startStride), right1 = Vector512.Load(start + startStride + 16);
        Vector512<float> left2 = Vector512.Load(start + (2 * startStride)), right2 = Vector512.Load(start + (2 * startStride) + 16);
        Vector512<float> left3 = Vector512.Load(start + (3 * startStride)), right3 = Vector512.Load(start + (3 * startStride) + 16);
        Vector512<float> left4 = Vector512.Load(start + (4 * startStride)), right4 = Vector512.Load(start + (4 * startStride) + 16);
        Vector512<float> left5 = Vector512.Load(start + (5 * startStride)), right5 = Vector512.Load(start + (5 * startStride) + 16);
        Vector512<float> left6 = Vector512.Load(start + (6 * startStride)), right6 = Vector512.Load(start + (6 * startStride) + 16);
        Vector512<float> left7 = Vector512.Load(start + (7 * startStride)), right7 = Vector512.Load(start + (7 * startStride) + 16);
        Vector512<float> left8 = Vector512.Load(start + (8 * startStride)), right8 = Vector512.Load(start + (8 * startStride) + 16);
        Vector512<float> left9 = Vector512.Load(start + (9 * startStride)), right9 = Vector512.Load(start + (9 * startStride) + 16);
        Vector512<float> left10 = Vector512.Load(start + (10 * startStride)), right10 = Vector512.Load(start + (10 * startStride) + 16);
        Vector512<float> left11 = Vector512.Load(start + (11 * startStride)), right11 = Vector512.Load(start + (11 * startStride) + 16);

        // One pointer for three rows: with the stride and its double as index they need no further address arithmetic.
        nint twice = 2 * rowStride;
        float* a0 = a;
        float* a3 = a + (3 * rowStride);
        float* a6 = a + (6 * rowStride);
        float* a9 = a + (9 * rowStride);
        for (int step = 0; step < steps; step++)
        {
            Vector512<float> b0 = Vector512.Load(panel), b1 = Vector512.Load(panel + 16);
            Vector512<float> factor0 = Vector512.Create(*a0);
            left0 = Vector512.FusedMultiplyAdd(factor0, b0, left0);
            right0 = Vector512.FusedMultiplyAdd(factor0, b1, right0);
            Vector512<float> factor1 = Vector512.Create(a0[rowStride]);
            left1 = Vector512.FusedMultiplyAdd(factor1, b0, left1);
            right1 = Vector512.FusedMultiplyAdd(factor1, b1, right1);
            Vector512<float> factor2 = Vector512.Create(a0[twice]);
            left2 = Vector512.FusedMultiplyAdd(factor2, b0, left2);
            right2 = Vector512.FusedMultiplyAdd(factor2, b1, right2);
            Vector512<float> factor3 = Vector512.Create(*a3);
            left3 = Vector512.FusedMultiplyAdd(factor3, b0, left3);
            right3 = Vector512.FusedMultiplyAdd(factor3, b1, right3);
            Vector512<float> factor4 = Vector512.Create(a3[rowStride]);
            left4 = Vector512.FusedMultiplyAdd(factor4, b0, left4);
            right4 = Vector512.FusedMultiplyAdd(factor4, b1, right4);
            Vector512<float> factor5 = Vector512.Create(a3[twice]);
            left5 = Vector512.FusedMultiplyAdd(factor5, b0, left5);
            right5 = Vector512.FusedMultiplyAdd(factor5, b1, right5);
            Vector512<float> factor6 = Vector512.Create(*a6);
            left6 = Vector512.FusedMultiplyAdd(factor6, b0, left6);
            right6 = Vector512.FusedMultiplyAdd(factor6, b1, right6);
            Vector512<float> factor7 = Vector512.Create(a6[rowStride]);
            left7 = Vector512.FusedMultiplyAdd(factor7, b0, left7);
            right7 = Vector512.FusedMultiplyAdd(factor7, b1, right7);
            Vector512<float> factor8 = Vector512.Create(a6[twice]);
            left8 = Vector512.FusedMultiplyAdd(factor8, b0, left8);
            right8 = Vector512.FusedMultiplyAdd(factor8, b1, right8);
            Vector512<float> factor9 = Vector512.Create(*a9);
            left9 = Vector512.FusedMultiplyAdd(factor9, b0, left9);
            right9 = Vector512.FusedMultiplyAdd(factor9, b1, right9);
            Vector512<float> factor10 = Vector512.Create(a9[rowStride]);
            left10 = Vector512.FusedMultiplyAdd(factor10, b0, left10);
            right10 = Vector512.FusedMultiplyAdd(factor10, b1, right10);
            Vector512<float> factor11 = Vector512.Create(a9[twice]);
            left11 = Vector512.FusedMultiplyAdd(factor11, b0, left11);
            right11 = Vector512.FusedMultiplyAdd(factor11, b1, right11);
            panel += 32;
            a0 += stepStride;
            a3 += stepStride;
            a6 += stepStride;
            a9 += stepStride;
        }

        left0.Store(c);
        right0.Store(c + 16);
        left1.Store(c + rowStrideOfC);
        right1.Store(c + rowStrideOfC + 16);
        left2.Store(c + (2 * rowStrideOfC));
        right2.Store(c + (2 * rowStrideOfC) + 16);
        left3.Store(c + (3 * rowStrideOfC));
        right3.Store(c + (3 * rowStrideOfC) + 16);
        left4.Store(c + (4 * rowStrideOfC));
        right4.Store(c + (4 * rowStrideOfC) + 16);
        left5.Store(c + (5 * rowStrideOfC));
        right5.Store(c + (5 * rowStrideOfC) + 16);
        left6.Store(c + (6 * rowStrideOfC));
        right6.Store(c + (6 * rowStrideOfC) + 16);
        left7.Store(c + (7 * rowStrideOfC));
        right7.Store(c + (7 * rowStrideOfC) + 16);
        left8.Store(c + (8 * rowStrideOfC));
        right8.Store(c + (8 * rowStrideOfC) + 16);
        left9.Store(c + (9 * rowStrideOfC));
        right9.Store(c + (9 * rowStrideOfC) + 16);
        left10.Store(c + (10 * rowStrideOfC));
        right10.Store(c + (10 * rowStrideOfC) + 16);
        left11.Store(c + (11 * rowStrideOfC));
        right11.Store(c + (11 * rowStrideOfC) + 16);
    }
}
