using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phonograph.Benchmarks;

/// <summary>
/// The processor's own limit in single precision: fused multiply-adds that touch registers only, on one thread and on all at once, two
/// operations each. What the kernels reach is a share of this.
/// </summary>
internal static class Peak
{
    private const int Chains = 16, Rounds = 20_000;

    internal static int Run(ReadOnlySpan<string> arguments) => BenchmarkArguments.Run("peak", 3, arguments, ["--threads"], Measure);

    private static void Measure(BenchmarkArguments arguments)
    {
        int lanes = Avx512F.IsSupported ? Vector512<float>.Count : Vector256<float>.Count;
        double[] rates = new double[arguments.Threads];
        using var start = new Barrier(arguments.Threads);
        Thread[] threads = [.. Enumerable.Range(0, arguments.Threads).Select(index => new Thread(() =>
        {
            for (int round = 0; round < 100; round++)
            {
                _ = Multiply(1e-9f);
            }

            start.SignalAndWait();
            long begin = Stopwatch.GetTimestamp();
            long rounds = 0;
            float kept = 0;
            while (Stopwatch.GetElapsedTime(begin).TotalSeconds < arguments.Seconds)
            {
                kept += Multiply(1e-9f);
                rounds++;
            }

            rates[index] = 2.0 * lanes * Chains * Rounds * rounds / Stopwatch.GetElapsedTime(begin).TotalSeconds / 1e9;
            GC.KeepAlive(kept);
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Console.WriteLine(FormattableString.Invariant($"fused multiply-adds in registers, {lanes} lanes, {arguments.Threads} threads: {rates.Sum():F0} GFLOP/s"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Multiply(float small) => Avx512F.IsSupported ? Multiply512(small) : Multiply256(small);

    private static float Multiply512(float small)
    {
        Vector512<float> x = Vector512.Create(small), y = Vector512.Create(1 - small);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (int round = 0; round < Rounds; round++)
        {
            (a, b, c, d) = (Vector512.FusedMultiplyAdd(a, y, x), Vector512.FusedMultiplyAdd(b, y, x), Vector512.FusedMultiplyAdd(c, y, x), Vector512.FusedMultiplyAdd(d, y, x));
            (e, f, g, h) = (Vector512.FusedMultiplyAdd(e, y, x), Vector512.FusedMultiplyAdd(f, y, x), Vector512.FusedMultiplyAdd(g, y, x), Vector512.FusedMultiplyAdd(h, y, x));
            (i, j, k, l) = (Vector512.FusedMultiplyAdd(i, y, x), Vector512.FusedMultiplyAdd(j, y, x), Vector512.FusedMultiplyAdd(k, y, x), Vector512.FusedMultiplyAdd(l, y, x));
            (m, n, o, p) = (Vector512.FusedMultiplyAdd(m, y, x), Vector512.FusedMultiplyAdd(n, y, x), Vector512.FusedMultiplyAdd(o, y, x), Vector512.FusedMultiplyAdd(p, y, x));
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }

    private static float Multiply256(float small)
    {
        Vector256<float> x = Vector256.Create(small), y = Vector256.Create(1 - small);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (int round = 0; round < Rounds; round++)
        {
            (a, b, c, d) = (Vector256.FusedMultiplyAdd(a, y, x), Vector256.FusedMultiplyAdd(b, y, x), Vector256.FusedMultiplyAdd(c, y, x), Vector256.FusedMultiplyAdd(d, y, x));
            (e, f, g, h) = (Vector256.FusedMultiplyAdd(e, y, x), Vector256.FusedMultiplyAdd(f, y, x), Vector256.FusedMultiplyAdd(g, y, x), Vector256.FusedMultiplyAdd(h, y, x));
            (i, j, k, l) = (Vector256.FusedMultiplyAdd(i, y, x), Vector256.FusedMultiplyAdd(j, y, x), Vector256.FusedMultiplyAdd(k, y, x), Vector256.FusedMultiplyAdd(l, y, x));
            (m, n, o, p) = (Vector256.FusedMultiplyAdd(m, y, x), Vector256.FusedMultiplyAdd(n, y, x), Vector256.FusedMultiplyAdd(o, y, x), Vector256.FusedMultiplyAdd(p, y, x));
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }
}
