using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Some neighbouring columns at once: a register of them, or a single one for the columns that are left over. A kernel over rows is written
/// once for both. Which column is done how depends on the number of columns alone, so neither threads nor other rows change a bit.
/// </summary>
internal unsafe interface ILane<TSelf, T>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of columns.</summary>
    static abstract int Width { get; }

    /// <summary>Zero everywhere.</summary>
    static abstract TSelf Zero { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, T right);

    /// <summary>Reads columns.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>ln(1 + eˣ).</summary>
    static abstract TSelf Softplus(TSelf x);

    /// <summary>Writes columns.</summary>
    void Store(T* destination);

    /// <summary>Sum of the columns.</summary>
    T Total();
}
