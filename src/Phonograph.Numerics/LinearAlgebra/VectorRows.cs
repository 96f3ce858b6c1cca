using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>target += factor · source, for complex rows as real and imaginary parts.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<double> targetReal, Span<double> targetImaginary, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, double factorReal, double factorImaginary)
    {
        int length = targetReal.Length, index = 0;
        if (targetImaginary.Length != length || real.Length != length || imaginary.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(real));
        }

        ref double tr = ref MemoryMarshal.GetReference(targetReal), ti = ref MemoryMarshal.GetReference(targetImaginary);
        ref double sr = ref MemoryMarshal.GetReference(real), si = ref MemoryMarshal.GetReference(imaginary);
        Vector<double> fr = new(factorReal), fi = new(factorImaginary);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            nuint at = (nuint)index;
            var x = Vector.LoadUnsafe(ref sr, at);
            var y = Vector.LoadUnsafe(ref si, at);
            (Vector.LoadUnsafe(ref tr, at) + ((fr * x) - (fi * y))).StoreUnsafe(ref tr, at);
            (Vector.LoadUnsafe(ref ti, at) + ((fr * y) + (fi * x))).StoreUnsafe(ref ti, at);
        }

        for (; index < length; index++)
        {
            double x = Unsafe.Add(ref sr, index), y = Unsafe.Add(ref si, index);
            Unsafe.Add(ref tr, index) += (factorReal * x) - (factorImaginary * y);
            Unsafe.Add(ref ti, index) += (factorReal * y) + (factorImaginary * x);
        }
    }

    /// <summary>target += factor · conjugate of source, for complex rows as real and imaginary parts.</summary>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddConjugate(Span<double> targetReal, Span<double> targetImaginary, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, double factorReal, double factorImaginary)
    {
        int length = targetReal.Length, index = 0;
        if (targetImaginary.Length != length || real.Length != length || imaginary.Length != length)
        {
            throw new ArgumentException("The rows differ in length.", nameof(real));
        }

        ref double tr = ref MemoryMarshal.GetReference(targetReal), ti = ref MemoryMarshal.GetReference(targetImaginary);
        ref double sr = ref MemoryMarshal.GetReference(real), si = ref MemoryMarshal.GetReference(imaginary);
        Vector<double> fr = new(factorReal), fi = new(factorImaginary);
        for (; index <= length - Vector<double>.Count; index += Vector<double>.Count)
        {
            nuint at = (nuint)index;
            var x = Vector.LoadUnsafe(ref sr, at);
            var y = Vector.LoadUnsafe(ref si, at);
            (Vector.LoadUnsafe(ref tr, at) + ((fr * x) + (fi * y))).StoreUnsafe(ref tr, at);
            (Vector.LoadUnsafe(ref ti, at) + ((fi * x) - (fr * y))).StoreUnsafe(ref ti, at);
        }

        for (; index < length; index++)
        {
            double x = Unsafe.Add(ref sr, index), y = Unsafe.Add(ref si, index);
            Unsafe.Add(ref tr, index) += (factorReal * x) + (factorImaginary * y);
            Unsafe.Add(ref ti, index) += (factorImaginary * x) - (factorReal * y);
        }
    }
}
