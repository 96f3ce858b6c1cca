using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>A function of two numbers, for one pair and for a register of pairs. Both give the same bits.</summary>
internal interface IElementFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    T Apply(T x, T y);

    Vector<T> Apply(Vector<T> x, Vector<T> y);
}
