using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// The edges of one graph or of a batch of graphs as a sparse matrix: row i lists the sources of the edges that end at node i, each with a
/// weight. The transposed lists, which a backward pass walks, are kept beside. Multiple edges and self-loops are allowed.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class SparseRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PartsPerBlock = 8;
    private readonly List<SparseRows<T>> _parts = [];
    private readonly AlignedBuffer<int> _partOffsets = new();
    private readonly AlignedBuffer<int> _start = new();
    private readonly AlignedBuffer<int> _source = new();
    private readonly AlignedBuffer<T> _weight = new();
    private readonly AlignedBuffer<int> _transposedStart = new();
    private readonly AlignedBuffer<int> _transposedTarget = new();
    private readonly AlignedBuffer<int> _transposedEdge = new();
    private readonly AlignedBuffer<T> _transposedWeight = new();

    /// <summary>Makes an empty object, to be filled by <see cref="Concatenate"/> again and again.</summary>
    public SparseRows()
    {
        Resize(0, 0);
        *_start.Pointer = 0;
        *_transposedStart.Pointer = 0;
    }

    /// <summary>Makes the edges of one graph.</summary>
    /// <param name="start">Length nodes + 1, from 0, not falling: edges that end at node i are start[i] up to, not including, start[i + 1].</param>
    /// <param name="source">Source node of each edge, 0 to nodes - 1; length start[nodes].</param>
    /// <param name="weight">Weight of each edge; same length.</param>
    /// <exception cref="ArgumentException">The lengths disagree, or a start or a source is out of range.</exception>
    public SparseRows(ReadOnlySpan<int> start, ReadOnlySpan<int> source, ReadOnlySpan<T> weight)
    {
        Check(start, source, weight);
        Resize(start.Length - 1, source.Length);
        start.CopyTo(_start.Span(start.Length));
        source.CopyTo(_source.Span(source.Length));
        weight.CopyTo(_weight.Span(weight.Length));
        Transpose();
    }

    /// <summary>Number of nodes, which is both the number of rows and of columns.</summary>
    public int NodeCount { get; private set; }

    /// <summary>Number of directed edges.</summary>
    public int EdgeCount { get; private set; }

    /// <summary>Length nodes + 1: edges that end at node i are Start[i] up to, not including, Start[i + 1].</summary>
    public ReadOnlySpan<int> Start => _start.Span(NodeCount + 1);

    /// <summary>Source node of each edge.</summary>
    public ReadOnlySpan<int> Source => _source.Span(EdgeCount);

    /// <summary>Weight of each edge.</summary>
    public ReadOnlySpan<T> Weight => _weight.Span(EdgeCount);

    /// <summary>Length nodes + 1: edges that leave node j are TransposedStart[j] up to, not including, TransposedStart[j + 1].</summary>
    public ReadOnlySpan<int> TransposedStart => _transposedStart.Span(NodeCount + 1);

    /// <summary>Target node of each edge in the order of the transposed lists.</summary>
    public ReadOnlySpan<int> TransposedTarget => _transposedTarget.Span(EdgeCount);

    /// <summary>For each place in the transposed lists, the number of the edge in <see cref="Source"/> and <see cref="Weight"/>.</summary>
    public ReadOnlySpan<int> TransposedEdge => _transposedEdge.Span(EdgeCount);

    internal int* StartPointer => _start.Pointer;

    internal int* SourcePointer => _source.Pointer;

    internal T* WeightPointer => _weight.Pointer;

    internal int* TransposedStartPointer => _transposedStart.Pointer;

    internal int* TransposedTargetPointer => _transposedTarget.Pointer;

    internal int* TransposedEdgePointer => _transposedEdge.Pointer;

    internal T* TransposedWeightPointer => _transposedWeight.Pointer;

    /// <summary>
    /// Refills this object with several graphs side by side: the nodes of graph g follow those of graph g - 1, no edge joins two graphs.
    /// Allocates only when the batch is larger than any before.
    /// </summary>
    /// <param name="graphs">Graphs in order; empty for no graph at all.</param>
    /// <param name="pool">Threads to copy with; <see cref="WorkerPool.Shared"/> when omitted.</param>
    /// <exception cref="ArgumentException">This object itself is among the graphs.</exception>
    public void Concatenate(ReadOnlySpan<SparseRows<T>> graphs, WorkerPool? pool = null)
    {
        int nodes = 0, edges = 0;
        foreach (SparseRows<T> graph in graphs)
        {
            if (ReferenceEquals(graph, this))
            {
                throw new ArgumentException("A batch cannot contain itself.", nameof(graphs));
            }

            nodes = checked(nodes + graph.NodeCount);
            edges = checked(edges + graph.EdgeCount);
        }

        Resize(nodes, edges);
        _parts.Clear();
        _parts.AddRange(graphs);
        _partOffsets.Reserve(2 * graphs.Length);
        nodes = 0;
        edges = 0;
        for (int part = 0; part < graphs.Length; part++)
        {
            _partOffsets.Pointer[2 * part] = nodes;
            _partOffsets.Pointer[(2 * part) + 1] = edges;
            nodes += graphs[part].NodeCount;
            edges += graphs[part].EdgeCount;
        }

        pool ??= WorkerPool.Shared;
        pool.Run((graphs.Length + PartsPerBlock - 1) / PartsPerBlock, new Concatenation(this), large: edges > 10_000);
        _parts.Clear();
        _start.Pointer[nodes] = edges;
        _transposedStart.Pointer[nodes] = edges;
    }

    private static void Check(ReadOnlySpan<int> start, ReadOnlySpan<int> source, ReadOnlySpan<T> weight)
    {
        if (start.Length == 0 || start[0] != 0)
        {
            throw new ArgumentException("The starts must have one more entry than there are nodes, and begin with 0.", nameof(start));
        }

        for (int node = 1; node < start.Length; node++)
        {
            if (start[node] < start[node - 1])
            {
                throw new ArgumentException($"The starts fall at node {node - 1}: {start[node - 1]} is followed by {start[node]}.", nameof(start));
            }
        }

        if (source.Length != start[^1] || weight.Length != source.Length)
        {
            throw new ArgumentException($"The starts announce {start[^1]} edges, but there are {source.Length} sources and {weight.Length} weights.", nameof(source));
        }

        for (int edge = 0; edge < source.Length; edge++)
        {
            if ((uint)source[edge] >= (uint)(start.Length - 1))
            {
                throw new ArgumentException($"Edge {edge} comes from node {source[edge]}, but there are {start.Length - 1} nodes.", nameof(source));
            }
        }
    }

    private void Resize(int nodes, int edges)
    {
        NodeCount = nodes;
        EdgeCount = edges;
        _start.Reserve(nodes + 1);
        _transposedStart.Reserve(nodes + 1);
        _source.Reserve(edges);
        _weight.Reserve(edges);
        _transposedTarget.Reserve(edges);
        _transposedEdge.Reserve(edges);
        _transposedWeight.Reserve(edges);
    }

    private void Transpose()
    {
        Span<int> next = _transposedStart.Span(NodeCount + 1);
        next.Clear();
        foreach (int source in Source)
        {
            next[source + 1]++;
        }

        for (int node = 0; node < NodeCount; node++)
        {
            next[node + 1] += next[node];
        }

        // Each start is advanced while its list fills; the lists then stay sorted by target, and the starts are put back by one place.
        for (int target = 0; target < NodeCount; target++)
        {
            for (int edge = _start.Pointer[target]; edge < _start.Pointer[target + 1]; edge++)
            {
                int place = next[_source.Pointer[edge]]++;
                _transposedTarget.Pointer[place] = target;
                _transposedEdge.Pointer[place] = edge;
                _transposedWeight.Pointer[place] = _weight.Pointer[edge];
            }
        }

        for (int node = NodeCount; node > 0; node--)
        {
            next[node] = next[node - 1];
        }

        next[0] = 0;
    }

    private void Append(SparseRows<T> graph, int node, int edge)
    {
        Shift(graph.Start[..graph.NodeCount], edge, _start.Pointer + node);
        Shift(graph.TransposedStart[..graph.NodeCount], edge, _transposedStart.Pointer + node);
        Shift(graph.Source, node, _source.Pointer + edge);
        Shift(graph.TransposedTarget, node, _transposedTarget.Pointer + edge);
        Shift(graph.TransposedEdge, edge, _transposedEdge.Pointer + edge);
        graph.Weight.CopyTo(new Span<T>(_weight.Pointer + edge, graph.EdgeCount));
        new ReadOnlySpan<T>(graph._transposedWeight.Pointer, graph.EdgeCount).CopyTo(new Span<T>(_transposedWeight.Pointer + edge, graph.EdgeCount));
    }

    private static void Shift(ReadOnlySpan<int> values, int offset, int* destination)
    {
        int index = 0;
        for (; index <= values.Length - Vector<int>.Count; index += Vector<int>.Count)
        {
            (new Vector<int>(values[index..]) + new Vector<int>(offset)).CopyTo(new Span<int>(destination + index, Vector<int>.Count));
        }

        for (; index < values.Length; index++)
        {
            destination[index] = values[index] + offset;
        }
    }

    /// <summary>Copies eight graphs per block; every graph has its own place.</summary>
    private readonly struct Concatenation(SparseRows<T> batch) : IBlockWork
    {
        public void Execute(int block, int worker)
        {
            int end = Math.Min(batch._parts.Count, (block + 1) * PartsPerBlock);
            for (int part = block * PartsPerBlock; part < end; part++)
            {
                batch.Append(batch._parts[part], batch._partOffsets.Pointer[2 * part], batch._partOffsets.Pointer[(2 * part) + 1]);
            }
        }
    }
}
