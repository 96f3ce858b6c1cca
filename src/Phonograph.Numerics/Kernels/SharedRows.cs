using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Rows that several edges have in common, such as what depends on lengths alone: both directions of a bond have one length, and in an ideal crystal many bonds. Filled again and again; allocates only when there are more edges than ever before.
/// </summary>
public sealed unsafe class SharedRows
{
    private readonly AlignedBuffer<int> _ofEdge = new();

    /// <summary>Number of distinct rows.</summary>
    public int Count { get; private set; }

    /// <summary>Number of edges.</summary>
    public int EdgeCount { get; private set; }

    /// <summary>The row of each edge, 0 to <see cref="Count"/> - 1.</summary>
    public ReadOnlySpan<int> OfEdge => _ofEdge.Span(EdgeCount);

    internal int* Pointer => _ofEdge.Pointer;

    /// <summary>Forgets all edges.</summary>
    /// <param name="edges">How many edges will be appended, at most.</param>
    public void Clear(int edges)
    {
        _ofEdge.Reserve(edges);
        (Count, EdgeCount) = (0, 0);
    }

    /// <summary>Appends the edges of one graph, whose rows follow those before.</summary>
    /// <param name="ofEdge">The row of each edge within the graph.</param>
    /// <param name="count">Number of distinct rows of the graph.</param>
    /// <exception cref="ArgumentException">An edge has a row that is not there.</exception>
    /// <exception cref="InvalidOperationException">There is no room for so many edges; <see cref="Clear"/> makes it.</exception>
    public void Append(ReadOnlySpan<int> ofEdge, int count)
    {
        if (EdgeCount + ofEdge.Length > _ofEdge.Capacity)
        {
            throw new InvalidOperationException($"{EdgeCount + ofEdge.Length} edges, but there is room for {_ofEdge.Capacity}.");
        }

        foreach (int row in ofEdge)
        {
            if ((uint)row >= (uint)count)
            {
                throw new ArgumentException($"An edge has row {row}, but there are {count}.", nameof(ofEdge));
            }

            _ofEdge.Pointer[EdgeCount++] = Count + row;
        }

        Count += count;
    }
}
