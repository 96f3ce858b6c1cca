using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>max(x, 0); not-a-number stays what it is, so that a diverged run shows. The second argument is not used.</summary>
internal readonly struct ReluFunction<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => x <= T.Zero ? T.Zero : x;

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector<T>.Zero), Vector<T>.Zero, x);
}

/// <summary>Zero where x is zero or negative, else y: the way back through a ReLU whose result is x.</summary>
internal readonly struct PassWherePositive<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => x <= T.Zero ? T.Zero : y;

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector<T>.Zero), Vector<T>.Zero, y);
}

/// <summary>x·y.</summary>
internal readonly struct ProductFunction<T> : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => x * y;

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => x * y;
}

/// <summary>α·x + β·y.</summary>
internal readonly struct CombinationFunction<T>(T alpha, T beta) : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => (x * alpha) + (y * beta);

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => (x * alpha) + (y * beta);
}

/// <summary>α·x + β. The second argument is not used.</summary>
internal readonly struct LineFunction<T>(T alpha, T beta) : IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Apply(T x, T y) => (x * alpha) + beta;

    public Vector<T> Apply(Vector<T> x, Vector<T> y) => (x * alpha) + new Vector<T>(beta);
}
