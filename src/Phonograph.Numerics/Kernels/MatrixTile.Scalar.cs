using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>Tile of 4 rows and 8 columns without vector instructions: for double precision and for processors without any.</summary>
internal readonly unsafe struct ScalarTile<T> : IMatrixTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Rows => 4;

    public static int Columns => 8;

    public static void Multiply(T* a, nint rowStride, nint stepStride, T* panel, int steps, T* start, nint startStride, T* c, nint rowStrideOfC)
    {
        for (int i = 0; i < 4; i++)
        {
            T* row = a + (i * rowStride);
            T* from = start + (i * startStride);
            T* to = c + (i * rowStrideOfC);
            T c0 = from[0], c1 = from[1], c2 = from[2], c3 = from[3], c4 = from[4], c5 = from[5], c6 = from[6], c7 = from[7];
            T* b = panel;
            for (int step = 0; step < steps; step++)
            {
                T factor = row[step * stepStride];
                c0 += factor * b[0];
                c1 += factor * b[1];
                c2 += factor * b[2];
                c3 += factor * b[3];
                c4 += factor * b[4];
                c5 += factor * b[5];
                c6 += factor * b[6];
                c7 += factor * b[7];
                b += 8;
            }

            to[0] = c0;
            to[1] = c1;
            to[2] = c2;
            to[3] = c3;
            to[4] = c4;
            to[5] = c5;
            to[6] = c6;
            to[7] = c7;
        }
    }
}
