using System.Collections.Immutable;
using System.Numerics;

namespace Phonograph.Learning.Storage;

/// <summary>A view of numbers that a file keeps under a name.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NamedArray<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View _view;

    /// <summary>Names a view.</summary>
    /// <param name="name">Name in files.</param>
    /// <param name="shape">Length of each dimension.</param>
    /// <param name="view">Gives the numbers, row-major.</param>
    public NamedArray(string name, ImmutableArray<int> shape, View view)
    {
        Name = name;
        Shape = shape;
        _view = view;
    }

    /// <summary>Gives the numbers themselves, not a copy.</summary>
    public delegate Span<T> View();

    /// <summary>Name in files.</summary>
    public string Name { get; }

    /// <summary>Length of each dimension.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The numbers, row-major.</summary>
    public Span<T> Values => _view();
}
