using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>Exponentials in registers. A single number goes through the same register, so that its place in an array changes no bit.</summary>
internal static class SmoothFunctions
{
    /// <summary>1/(1 + e⁻ˣ).</summary>
    internal static Vector<T> Sigmoid<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One / (Vector<T>.One + Exponential(-x));

    /// <summary>ln(1 + eˣ) as max(x, 0) + ln(1 + e⁻ᴵˣᴵ), which does not overflow.</summary>
    internal static Vector<T> Softplus<T>(Vector<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Max(x, Vector<T>.Zero) + LogarithmOfOnePlus(Exponential(-Vector.Abs(x)));

    /// <summary>
    /// eˣ = 2ⁿ·eʳ with n the whole number nearest to x/ln 2 (W. Cody, W. Waite, "Software Manual for the Elementary Functions", 1980, chapter 6) and
    /// Taylor's series for eʳ, |r| below 0.35. The library's own is not used: its multiply-adds are fused or not as the compiler likes.
    /// </summary>
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
        Vector<T> sum = Vector<T>.One;
        for (int order = isSingle ? 7 : 13; order > 0; order--)
        {
            sum = Vector<T>.One + (sum * r * (T.One / T.CreateChecked(order)));
        }

        Vector<T> power = isSingle
            ? ((Vector.ConvertToInt32(n.As<T, float>()) + new Vector<int>(127)) << 23).As<int, T>()
            : ((Vector.ConvertToInt64(n.As<T, double>()) + new Vector<long>(1023)) << 52).As<long, T>();
        return Vector.ConditionalSelect(Vector.Equals(x, x), sum * power, x);
    }

    /// <summary>ln(1 + t) for t in [0, 1] as 2·artanh(t/(2 + t)), by its series; exact also where t is small.</summary>
    internal static Vector<T> LogarithmOfOnePlus<T>(Vector<T> t)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> s = t / (t + new Vector<T>(T.CreateChecked(2))), square = s * s;
        Vector<T> sum = Vector<T>.Zero;
        for (int order = typeof(T) == typeof(float) ? 17 : 33; order > 0; order -= 2)
        {
            sum = new Vector<T>(T.One / T.CreateChecked(order)) + (sum * square);
        }

        return sum * s * T.CreateChecked(2);
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
