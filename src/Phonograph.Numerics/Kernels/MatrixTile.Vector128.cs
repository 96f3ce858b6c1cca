using System.Runtime.Intrinsics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Tile of 6 rows and 8 columns for processors with 128-bit registers (Arm's AdvSimd, x86 without AVX2). A lane is a column. Each element is
/// one chain of multiply-adds in the order of the steps, fused where the processor can.
/// </summary>
internal readonly unsafe struct Vector128Tile : IMatrixTile<float>
{
    public static int Rows => 6;

    public static int Columns => 8;

    public static void Multiply(float* a, nint rowStride, nint stepStride, float* panel, int steps, float* start, nint startStride, float* c, nint rowStrideOfC)
    {
        Vector128<float> left0 = Vector128.Load(start), right0 = Vector128.Load(start + 4);
        Vector128<float> left1 = Vector128.Load(start + startStride), right1 = Vector128.Load(start + startStride + 4);
        Vector128<float> left2 = Vector128.Load(start + (2 * startStride)), right2 = Vector128.Load(start + (2 * startStride) + 4);
        Vector128<float> left3 = Vector128.Load(start + (3 * startStride)), right3 = Vector128.Load(start + (3 * startStride) + 4);
        Vector128<float> left4 = Vector128.Load(start + (4 * startStride)), right4 = Vector128.Load(start + (4 * startStride) + 4);
        Vector128<float> left5 = Vector128.Load(start + (5 * startStride)), right5 = Vector128.Load(start + (5 * startStride) + 4);

        // One pointer for three rows: with the stride and its double as index they need no further address arithmetic.
        nint twice = 2 * rowStride;
        float* a0 = a;
        float* a3 = a + (3 * rowStride);
        for (int step = 0; step < steps; step++)
        {
            Vector128<float> b0 = Vector128.Load(panel), b1 = Vector128.Load(panel + 4);
            Vector128<float> factor0 = Vector128.Create(*a0);
            left0 = VectorArithmetic.MultiplyAdd(factor0, b0, left0);
            right0 = VectorArithmetic.MultiplyAdd(factor0, b1, right0);
            Vector128<float> factor1 = Vector128.Create(a0[rowStride]);
            left1 = VectorArithmetic.MultiplyAdd(factor1, b0, left1);
            right1 = VectorArithmetic.MultiplyAdd(factor1, b1, right1);
            Vector128<float> factor2 = Vector128.Create(a0[twice]);
            left2 = VectorArithmetic.MultiplyAdd(factor2, b0, left2);
            right2 = VectorArithmetic.MultiplyAdd(factor2, b1, right2);
            Vector128<float> factor3 = Vector128.Create(*a3);
            left3 = VectorArithmetic.MultiplyAdd(factor3, b0, left3);
            right3 = VectorArithmetic.MultiplyAdd(factor3, b1, right3);
            Vector128<float> factor4 = Vector128.Create(a3[rowStride]);
            left4 = VectorArithmetic.MultiplyAdd(factor4, b0, left4);
            right4 = VectorArithmetic.MultiplyAdd(factor4, b1, right4);
            Vector128<float> factor5 = Vector128.Create(a3[twice]);
            left5 = VectorArithmetic.MultiplyAdd(factor5, b0, left5);
            right5 = VectorArithmetic.MultiplyAdd(factor5, b1, right5);
            panel += 8;
            a0 += stepStride;
            a3 += stepStride;
        }

        left0.Store(c);
        right0.Store(c + 4);
        left1.Store(c + rowStrideOfC);
        right1.Store(c + rowStrideOfC + 4);
        left2.Store(c + (2 * rowStrideOfC));
        right2.Store(c + (2 * rowStrideOfC) + 4);
        left3.Store(c + (3 * rowStrideOfC));
        right3.Store(c + (3 * rowStrideOfC) + 4);
        left4.Store(c + (4 * rowStrideOfC));
        right4.Store(c + (4 * rowStrideOfC) + 4);
        left5.Store(c + (5 * rowStrideOfC));
        right5.Store(c + (5 * rowStrideOfC) + 4);
    }
}
