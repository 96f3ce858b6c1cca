using System.Numerics;
using System.Runtime.CompilerServices;

namespace Phonograph.Numerics.Kernels;

/// <summary>Exponentials in registers. A single number goes through the same register, so that its place in an array changes no bit.</summary>
internal static class SmoothFunctions
{
    /// <summary>1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Sigmoid<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One / (Vector<T>.One + Exponential(-x));

    /// <summary>ln(1 + eˣ) as max(x, 0) + ln(1 + e⁻ᴵˣᴵ), which does not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Softplus<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Max(x, Vector<T>.Zero) + LogarithmOfOnePlus(Exponential(-Vector.Abs(x)));

    /// <summary>
    /// eˣ = 2ⁿ·eʳ with n the whole number nearest to x/ln 2 (W. Cody, W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 6) and
    /// Taylor's series for eʳ, |r| below 0.35. The library's own is not used: its multiply-adds are fused or not as the compiler likes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Exponential<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = typeof(T) == typeof(float);
        var largest = new Vector<T>(T.CreateChecked(isSingle ? 88.0 : 709.0));
        Vector<T> inside = Vector.ConditionalSelect(Vector.GreaterThan(x, largest), largest, Vector.ConditionalSelect(Vector.LessThan(x, -largest), -largest, x));

        // Adding and taking away 1.5·2^(bits of the mantissa) rounds to the nearest whole number.
        var shift = new Vector<T>(T.CreateChecked(isSingle ? 12582912.0 : 6755399441055744.0));
        Vector<T> n = (inside * T.CreateChecked(1.4426950408889634) + shift) - shift;
        Vector<T> r = isSingle
            ? inside - (n * T.CreateChecked(0.693359375)) - (n * T.CreateChecked(-2.12194440e-4))
            : inside - (n * T.CreateChecked(0.693145751953125)) - (n * T.CreateChecked(1.4286068203094172e-6));
        Vector<T> sum = isSingle ? ExponentialSeries(r.As<T, float>()).As<float, T>() : ExponentialSeries(r.As<T, double>()).As<double, T>();
        Vector<T> power = isSingle
            ? ((Vector.ConvertToInt32Native(n.As<T, float>()) + new Vector<int>(127)) << 23).As<int, T>()
            : ((Vector.ConvertToInt64Native(n.As<T, double>()) + new Vector<long>(1023)) << 52).As<long, T>();
        return Vector.ConditionalSelect(Vector.Equals(x, x), sum * power, x);
    }

    /// <summary>ln(1 + t) for t in [0, 1] as 2·artanh(t/(2 + t)), by its series; exact also where t is small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> LogarithmOfOnePlus<T>(Vector<T> t)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> s = t / (t + new Vector<T>(T.CreateChecked(2))), square = s * s;
        Vector<T> sum = typeof(T) == typeof(float) ? ArtanhSeries(square.As<T, float>()).As<float, T>() : ArtanhSeries(square.As<T, double>()).As<double, T>();
        return sum * s * T.CreateChecked(2);
    }

    /// <summary>eʳ to the seventh order, written out: a loop would divide anew for each term, which takes longer than the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExponentialSeries(Vector<float> r)
    {
        Vector<float> one = Vector<float>.One;
        Vector<float> sum = one + (r * (1f / 7));
        sum = one + (sum * r * (1f / 6));
        sum = one + (sum * r * (1f / 5));
        sum = one + (sum * r * (1f / 4));
        sum = one + (sum * r * (1f / 3));
        sum = one + (sum * r * (1f / 2));
        return one + (sum * r);
    }

    /// <summary>eʳ to the thirteenth order.</summary>
    private static Vector<double> ExponentialSeries(Vector<double> r)
    {
        Vector<double> sum = Vector<double>.One;
        for (int order = 13; order > 0; order--)
        {
            sum = Vector<double>.One + (sum * r * (1.0 / order));
        }

        return sum;
    }

    /// <summary>artanh(s)/s of s² to the sixteenth order in s, written out as above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ArtanhSeries(Vector<float> square)
    {
        Vector<float> sum = new Vector<float>(1f / 15) + (square * (1f / 17));
        sum = new Vector<float>(1f / 13) + (sum * square);
        sum = new Vector<float>(1f / 11) + (sum * square);
        sum = new Vector<float>(1f / 9) + (sum * square);
        sum = new Vector<float>(1f / 7) + (sum * square);
        sum = new Vector<float>(1f / 5) + (sum * square);
        sum = new Vector<float>(1f / 3) + (sum * square);
        return Vector<float>.One + (sum * square);
    }

    /// <summary>artanh(s)/s of s² to the 32nd order in s.</summary>
    private static Vector<double> ArtanhSeries(Vector<double> square)
    {
        Vector<double> sum = Vector<double>.Zero;
        for (int order = 33; order > 0; order -= 2)
        {
            sum = new Vector<double>(1.0 / order) + (sum * square);
        }

        return sum;
    }
}

/// <summary>x·σ(x) (SiLU). The second argument is not used.</summary>
internal readonly struct SiluFunction<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => Apply(new Vector<T>(x), Vector<T>.Zero)[0];

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => x * SmoothFunctions.Sigmoid(x);
}

/// <summary>y·(σ + x·σ·(1 - σ)) with σ = σ(x): the way back through a SiLU of x.</summary>
internal readonly struct SiluGradient<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => Apply(new Vector<T>(x), new Vector<T>(y))[0];

    public Vector<T> Apply(Vector<T> x, Vector<T> y)
    {
        Vector<T> sigmoid = SmoothFunctions.Sigmoid(x);
        return y * (sigmoid + (x * sigmoid * (Vector<T>.One - sigmoid)));
    }
}

/// <summary>ln(1 + eˣ). The second argument is not used.</summary>
internal readonly struct SoftplusFunction<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => Apply(new Vector<T>(x), Vector<T>.Zero)[0];

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => SmoothFunctions.Softplus(x);
}

/// <summary>y·σ(x): the way back through a softplus of x.</summary>
internal readonly struct SoftplusGradient<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => Apply(new Vector<T>(x), new Vector<T>(y))[0];

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => y * SmoothFunctions.Sigmoid(x);
}

/// <summary>√(x + ε). The second argument is not used.</summary>
internal readonly struct RootFunction<T>(T epsilon) : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => T.Sqrt(x + epsilon);

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => Vector.SquareRoot(x + new Vector<T>(epsilon));
}

/// <summary>y/(2x): the way back through a root whose result is x.</summary>
internal readonly struct RootGradient<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => y / (x + x);

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => y / (x + x);
}
