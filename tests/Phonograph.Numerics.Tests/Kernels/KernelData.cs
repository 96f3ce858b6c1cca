using System.Numerics;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Kernels;

/// <summary>Numbers for the kernels: buffers filled from a seed, and the comparison with the reference kernels.</summary>
internal static unsafe class KernelData
{
    internal static AlignedBuffer<T> Normals<T>(int length, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffer = new AlignedBuffer<T>();
        buffer.Reserve(length);
        var random = new Philox(seed, 3);
        foreach (ref T element in buffer.Span(length))
        {
            element = T.CreateChecked(random.NextNormal());
        }

        return buffer;
    }

    /// <summary>Keeps buffers whose pointers a kernel was given until the kernel is done.</summary>
    internal static void KeepAlive(params ReadOnlySpan<object> buffers)
    {
        foreach (object buffer in buffers)
        {
            GC.KeepAlive(buffer);
        }
    }

    /// <summary>Rounding errors of sums of so many terms of order one, with room to spare; a wrong element is off by about one.</summary>
    internal static double Tolerance<T>(int terms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (typeof(T) == typeof(float) ? 1e-6 : 1e-14) * Math.Sqrt(terms + 1.0) * 8;

    internal static void AssertClose<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, double tolerance, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            double difference = Math.Abs(double.CreateChecked(expected[index]) - double.CreateChecked(actual[index]));
            Assert.True(difference <= tolerance, $"{what}: element {index} is {actual[index]}, the reference kernel says {expected[index]}");
        }
    }
}
