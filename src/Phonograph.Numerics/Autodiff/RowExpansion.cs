using System.Numerics;

namespace Phonograph.Numerics.Autodiff;

/// <summary>Functions of one number, row by row.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The number of each row.</param>
/// <param name="values">To be filled with the functions, shape [rows, functions], row-major.</param>
/// <param name="slopes">To be filled with their derivatives, same shape; empty when nobody needs them.</param>
public delegate void RowExpansion<T>(ReadOnlySpan<T> x, Span<T> values, Span<T> slopes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
