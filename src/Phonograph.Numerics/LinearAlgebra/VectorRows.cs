using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Operations on rows of numbers, element by element, without sums across a row and without fused multiply-add: the bits do not depend on the width of
/// the vector registers. These loops are compiled with all optimisations at once: a command often ends before the tiers of the just-in-time compiler get to them.
/// </summary>
public static class VectorRows
{
    /// <summary>(upper, lower) := (c·upper + s·lower, c·lower - s·upper).</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(Span<double> upper, Span<double> lower, double c, double s)
    {
        ref double u = ref MemoryMarshal.GetReference(upper), w = ref MemoryMarshal.GetReference(lower);
        int length = upper.Length, index = 0;
        if (lower.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(lower));
        }

        Vector<double> cosine = new(c), sine = new(s);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            var a = Vector.LoadUnsafe(ref u, (nuint)index);
            var b = Vector.LoadUnsafe(ref w, (nuint)index);
            ((cosine * a) + (sine * b)).StoreUnsafe(ref u, (nuint)index);
            ((cosine * b) - (sine * a)).StoreUnsafe(ref w, (nuint)index);
        }

        for (; index < length; index++)
        {
            double a = Unsafe.Add(ref u, index), b = Unsafe.Add(ref w, index);
            Unsafe.Add(ref u, index) = (c * a) + (s * b);
            Unsafe.Add(ref w, index) = (c * b) - (s * a);
        }
    }

    /// <summary>target += factor · source.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static void Add(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        if (source.Length != target.Length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(source));
        }

        ScaledSum.Add(target, source, factor);
    }

    /// <summary>target := scale · (target - (a · first + b · second)).</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractBoth(Span<double> target, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double a, double b, double scale)
    {
        int length = target.Length, index = 0;
        if (first.Length != length || second.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(first));
        }

        ref double t = ref MemoryMarshal.GetReference(target), x = ref MemoryMarshal.GetReference(first), y = ref MemoryMarshal.GetReference(second);
        Vector<double> ofFirst = new(a), ofSecond = new(b), factor = new(scale);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            nuint at = (nuint)index;
            (factor * (Vector.LoadUnsafe(ref t, at) - ((ofFirst * Vector.LoadUnsafe(ref x, at)) + (ofSecond * Vector.LoadUnsafe(ref y, at))))).StoreUnsafe(ref t, at);
        }

        for (; index < length; index++)
        {
            Unsafe.Add(ref t, index) = scale * (Unsafe.Add(ref t, index) - ((a * Unsafe.Add(ref x, index)) + (b * Unsafe.Add(ref y, index))));
        }
    }

    /// <summary>target := target - (a · first + b · second), then sum += factor · target: the row is read and written once for both.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SubtractBothAndSum(Span<double> target, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double a, double b, Span<double> sum, double factor)
    {
        int length = target.Length, index = 0;
        if (first.Length != length || second.Length != length || sum.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(first));
        }

        ref double t = ref MemoryMarshal.GetReference(target), x = ref MemoryMarshal.GetReference(first), y = ref MemoryMarshal.GetReference(second), s = ref MemoryMarshal.GetReference(sum);
        Vector<double> ofFirst = new(a), ofSecond = new(b), ofTarget = new(factor);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            nuint at = (nuint)index;
            Vector<double> result = Vector.LoadUnsafe(ref t, at) - ((ofFirst * Vector.LoadUnsafe(ref x, at)) + (ofSecond * Vector.LoadUnsafe(ref y, at)));
            result.StoreUnsafe(ref t, at);
            (Vector.LoadUnsafe(ref s, at) + (ofTarget * result)).StoreUnsafe(ref s, at);
        }

        for (; index < length; index++)
        {
            double result = Unsafe.Add(ref t, index) - ((a * Unsafe.Add(ref x, index)) + (b * Unsafe.Add(ref y, index)));
            Unsafe.Add(ref t, index) = result;
            Unsafe.Add(ref s, index) += factor * result;
        }
    }

    /// <summary>target := factor · other · target, element by element.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Span<double> target, ReadOnlySpan<double> other, double factor)
    {
        int length = target.Length, index = 0;
        if (other.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(other));
        }

        ref double t = ref MemoryMarshal.GetReference(target), o = ref MemoryMarshal.GetReference(other);
        Vector<double> scale = new(factor);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            nuint at = (nuint)index;
            (scale * Vector.LoadUnsafe(ref o, at) * Vector.LoadUnsafe(ref t, at)).StoreUnsafe(ref t, at);
        }

        for (; index < length; index++)
        {
            Unsafe.Add(ref t, index) = factor * Unsafe.Add(ref o, index) * Unsafe.Add(ref t, index);
        }
    }

    /// <summary>target += factor · source, for complex rows as real and imaginary parts.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static void Add(Span<double> targetReal, Span<double> targetImaginary, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, double factorReal, double factorImaginary) =>
        Add(targetReal, targetImaginary, real, imaginary, (factorReal, factorImaginary), (-factorImaginary, factorReal));

    /// <summary>target += factor · conjugate of source, for complex rows as real and imaginary parts.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static void AddConjugate(Span<double> targetReal, Span<double> targetImaginary, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, double factorReal, double factorImaginary) =>
        Add(targetReal, targetImaginary, real, imaginary, (factorReal, factorImaginary), (factorImaginary, -factorReal));

    /// <summary>target += ofReal · real part of source + ofImaginary · imaginary part of source, with complex factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        Span<double> targetReal, Span<double> targetImaginary, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, (double Real, double Imaginary) ofReal, (double Real, double Imaginary) ofImaginary)
    {
        int length = targetReal.Length, index = 0;
        if (targetImaginary.Length != length || real.Length != length || imaginary.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(real));
        }

        ref double tr = ref MemoryMarshal.GetReference(targetReal), ti = ref MemoryMarshal.GetReference(targetImaginary);
        ref double sr = ref MemoryMarshal.GetReference(real), si = ref MemoryMarshal.GetReference(imaginary);
        Vector<double> realReal = new(ofReal.Real), realImaginary = new(ofReal.Imaginary), imaginaryReal = new(ofImaginary.Real), imaginaryImaginary = new(ofImaginary.Imaginary);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            nuint at = (nuint)index;
            var x = Vector.LoadUnsafe(ref sr, at);
            var y = Vector.LoadUnsafe(ref si, at);
            (Vector.LoadUnsafe(ref tr, at) + ((realReal * x) + (imaginaryReal * y))).StoreUnsafe(ref tr, at);
            (Vector.LoadUnsafe(ref ti, at) + ((realImaginary * x) + (imaginaryImaginary * y))).StoreUnsafe(ref ti, at);
        }

        for (; index < length; index++)
        {
            double x = Unsafe.Add(ref sr, index), y = Unsafe.Add(ref si, index);
            Unsafe.Add(ref tr, index) += (ofReal.Real * x) + (ofImaginary.Real * y);
            Unsafe.Add(ref ti, index) += (ofReal.Imaginary * x) + (ofImaginary.Imaginary * y);
        }
    }

    /// <summary>
    /// Several weighted sums of the same rows: target d := Σ_c weights[d, c] · row c, added in the order of the rows. Four sums share each load of a row, in registers; a
    /// number does not depend on how many sums are made together.
    /// </summary>
    /// <param name="targets">Sums × length of a row, overwritten.</param>
    /// <param name="weights">Sums × number of rows.</param>
    /// <param name="rows">Rows × length.</param>
    /// <param name="count">Number of sums.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightedSums(Span<double> targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> rows, int count)
    {
        int length = count < 1 ? 0 : targets.Length / count, terms = count < 1 ? 0 : weights.Length / count;
        if (count < 1 || targets.Length != count * length || weights.Length != count * terms || rows.Length != terms * length)
        {
            throw new ArgumentException($"{targets.Length} targets, {weights.Length} weights and {rows.Length} numbers in rows do not fit to {count} sums.", nameof(count));
        }

        int first = 0;
        for (; first + 4 <= count; first += 4)
        {
            FourSums(targets.Slice(first * length, 4 * length), weights.Slice(first * terms, 4 * terms), rows, terms, length);
        }

        for (; first < count; first++)
        {
            OneSum(targets.Slice(first * length, length), weights.Slice(first * terms, terms), rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourSums(Span<double> targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> rows, int terms, int length)
    {
        ref double t = ref MemoryMarshal.GetReference(targets), w = ref MemoryMarshal.GetReference(weights), r = ref MemoryMarshal.GetReference(rows);
        int place = 0;
        for (; place <= length - (2 * Vector<double>.Count); place += 2 * Vector<double>.Count)
        {
            Vector<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            for (int term = 0; term < terms; term++)
            {
                nuint at = (nuint)(((long)term * length) + place);
                var x = Vector.LoadUnsafe(ref r, at);
                var y = Vector.LoadUnsafe(ref r, at + (nuint)Vector<double>.Count);
                Vector<double> wa = new(Unsafe.Add(ref w, term)), wb = new(Unsafe.Add(ref w, terms + term));
                Vector<double> wc = new(Unsafe.Add(ref w, (2 * terms) + term)), wd = new(Unsafe.Add(ref w, (3 * terms) + term));
                (a0, a1, b0, b1) = (a0 + (wa * x), a1 + (wa * y), b0 + (wb * x), b1 + (wb * y));
                (c0, c1, d0, d1) = (c0 + (wc * x), c1 + (wc * y), d0 + (wd * x), d1 + (wd * y));
            }

            Store(ref t, place, a0, a1);
            Store(ref t, length + place, b0, b1);
            Store(ref t, (2 * length) + place, c0, c1);
            Store(ref t, (3 * length) + place, d0, d1);
        }

        for (; place < length; place++)
        {
            for (int sum = 0; sum < 4; sum++)
            {
                double value = 0;
                for (int term = 0; term < terms; term++)
                {
                    value += Unsafe.Add(ref w, (sum * terms) + term) * Unsafe.Add(ref r, (nint)(((long)term * length) + place));
                }

                Unsafe.Add(ref t, (sum * length) + place) = value;
            }
        }
    }

    private static void Store(ref double target, int place, Vector<double> low, Vector<double> high)
    {
        low.StoreUnsafe(ref target, (nuint)place);
        high.StoreUnsafe(ref target, (nuint)(place + Vector<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneSum(Span<double> target, ReadOnlySpan<double> weights, ReadOnlySpan<double> rows)
    {
        target.Clear();
        ref double t = ref MemoryMarshal.GetReference(target), r = ref MemoryMarshal.GetReference(rows);
        for (int term = 0; term < weights.Length; term++)
        {
            ref double row = ref Unsafe.Add(ref r, (nint)((long)term * target.Length));
            Vector<double> weight = new(weights[term]);
            int place = 0;
            for (; place <= target.Length - Vector<double>.Count; place += Vector<double>.Count)
            {
                (Vector.LoadUnsafe(ref t, (nuint)place) + (weight * Vector.LoadUnsafe(ref row, (nuint)place))).StoreUnsafe(ref t, (nuint)place);
            }

            for (; place < target.Length; place++)
            {
                Unsafe.Add(ref t, place) += weights[term] * Unsafe.Add(ref row, place);
            }
        }
    }
}
