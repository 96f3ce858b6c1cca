using System.Runtime.Intrinsics;

namespace Phonograph.Numerics.Kernels;

/// <content>Single precision on AVX-512: 128 features (8 registers) or 32 features (2 registers) at a time; a lane is a feature.</content>
internal unsafe partial struct Aggregation<T>
{
    /// <summary>Does the first columns of a row in multiples of 32 and returns how many it did.</summary>
    private readonly int WideColumns(int begin, int end, float* y)
    {
        int column = 0;
        for (; column <= Columns - 128; column += 128)
        {
            EightRegisters(begin, end, column, y + column);
        }

        for (; column <= Columns - 32; column += 32)
        {
            Vector512<float> sum0 = Vector512<float>.Zero, sum1 = Vector512<float>.Zero;
            for (int entry = begin; entry < end; entry++)
            {
                Vector512<float> weight = Vector512.Create(((float*)Weight)[entry]);
                float* x = (float*)X + ((long)Source[entry] * Columns) + column;
                sum0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x), sum0);
                sum1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 16), sum1);
            }

            sum0.Store(y + column);
            sum1.Store(y + column + 16);
        }

        return column;
    }

    private readonly void EightRegisters(int begin, int end, int column, float* y)
    {
        Vector512<float> sum0 = Vector512<float>.Zero, sum1 = Vector512<float>.Zero, sum2 = Vector512<float>.Zero, sum3 = Vector512<float>.Zero;
        Vector512<float> sum4 = Vector512<float>.Zero, sum5 = Vector512<float>.Zero, sum6 = Vector512<float>.Zero, sum7 = Vector512<float>.Zero;
        float* weights = (float*)Weight;
        int* sources = Source;
        float* features = (float*)X + column;
        int columns = Columns;
        for (int entry = begin; entry < end; entry++)
        {
            Vector512<float> weight = Vector512.Create(weights[entry]);
            float* x = features + ((long)sources[entry] * columns);
            sum0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x), sum0);
            sum1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 16), sum1);
            sum2 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 32), sum2);
            sum3 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 48), sum3);
            sum4 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 64), sum4);
            sum5 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 80), sum5);
            sum6 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 96), sum6);
            sum7 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + 112), sum7);
        }

        sum0.Store(y);
        sum1.Store(y + 16);
        sum2.Store(y + 32);
        sum3.Store(y + 48);
        sum4.Store(y + 64);
        sum5.Store(y + 80);
        sum6.Store(y + 96);
        sum7.Store(y + 112);
    }
}
