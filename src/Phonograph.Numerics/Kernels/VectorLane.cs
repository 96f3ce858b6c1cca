using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>A register of columns.</summary>
internal readonly unsafe struct VectorLane<T>(Vector<T> value) : ILane<VectorLane<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector<T> _value = value;

    public static int Width => Vector<T>.Count;

    public static VectorLane<T> Zero => default;

    public static VectorLane<T> operator +(VectorLane<T> left, VectorLane<T> right) => new(left._value + right._value);

    public static VectorLane<T> operator -(VectorLane<T> left, VectorLane<T> right) => new(left._value - right._value);

    public static VectorLane<T> operator *(VectorLane<T> left, VectorLane<T> right) => new(left._value * right._value);

    public static VectorLane<T> operator *(VectorLane<T> left, T right) => new(left._value * right);

    public static VectorLane<T> Load(T* source) => new(Vector.Load(source));

    public static VectorLane<T> Sigmoid(VectorLane<T> x) => new(SmoothFunctions.Sigmoid(x._value));

    public static VectorLane<T> Softplus(VectorLane<T> x) => new(SmoothFunctions.Softplus(x._value));

    public void Store(T* destination) => _value.Store(destination);

    public T Total() => Vector.Sum(_value);
}
