using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>A single column.</summary>
internal readonly unsafe struct ScalarLane<T>(T value) : ILane<ScalarLane<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Width => 1;

    public static ScalarLane<T> Zero => default;

    public static ScalarLane<T> operator +(ScalarLane<T> left, ScalarLane<T> right) => new(left._value + right._value);

    public static ScalarLane<T> operator -(ScalarLane<T> left, ScalarLane<T> right) => new(left._value - right._value);

    public static ScalarLane<T> operator *(ScalarLane<T> left, ScalarLane<T> right) => new(left._value * right._value);

    public static ScalarLane<T> operator *(ScalarLane<T> left, T right) => new(left._value * right);

    public static ScalarLane<T> Load(T* source) => new(*source);

    public static ScalarLane<T> Sigmoid(ScalarLane<T> x) => new(SmoothFunctions.Sigmoid(new Vector<T>(x._value))[0]);

    public static ScalarLane<T> Softplus(ScalarLane<T> x) => new(SmoothFunctions.Softplus(new Vector<T>(x._value))[0]);

    public void Store(T* destination) => *destination = _value;

    public T Total() => _value;
}
