using System.Numerics;
using System.Runtime.InteropServices;

namespace Phonograph.Numerics.Kernels;

/// <summary>Adds multiples of vectors to a vector. Each element is rounded as in a plain loop, whatever the vector width.</summary>
internal static class ScaledSum
{
    /// <summary>target += a·x; x may be longer.</summary>
    internal static void Add(Span<double> target, ReadOnlySpan<double> x, double a)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x)[..targets.Length];
        var factor = new Vector<double>(a);
        for (int index = 0; index < targets.Length; index++)
        {
            targets[index] += factor * xs[index];
        }

        for (int index = targets.Length * Vector<double>.Count; index < target.Length; index++)
        {
            target[index] += a * x[index];
        }
    }

    /// <summary>target += a·x + b·y + c·z + d·w, one after the other; the vectors may be longer.</summary>
    internal static void Add(
        Span<double> target, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z, ReadOnlySpan<double> w, double a, double b, double c, double d)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x)[..targets.Length], ys = MemoryMarshal.Cast<double, Vector<double>>(y)[..targets.Length];
        ReadOnlySpan<Vector<double>> zs = MemoryMarshal.Cast<double, Vector<double>>(z)[..targets.Length], ws = MemoryMarshal.Cast<double, Vector<double>>(w)[..targets.Length];
        var (va, vb, vc, vd) = (new Vector<double>(a), new Vector<double>(b), new Vector<double>(c), new Vector<double>(d));
        for (int index = 0; index < targets.Length; index++)
        {
            targets[index] = targets[index] + (va * xs[index]) + (vb * ys[index]) + (vc * zs[index]) + (vd * ws[index]);
        }

        for (int index = targets.Length * Vector<double>.Count; index < target.Length; index++)
        {
            target[index] = target[index] + (a * x[index]) + (b * y[index]) + (c * z[index]) + (d * w[index]);
        }
    }
}
