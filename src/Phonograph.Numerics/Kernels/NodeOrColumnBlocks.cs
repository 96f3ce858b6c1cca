namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Blocks of [nodes, columns]: of nodes with all columns, or of columns with all nodes where nodes add to the same rows, so that each element is one block's alone.
/// </summary>
internal readonly record struct NodeOrColumnBlocks(int Nodes, int Columns, bool AreOfColumns)
{
    private const int NodesPerBlock = 32, ColumnsPerBlock = 16;

    internal int Count => AreOfColumns ? (Columns + ColumnsPerBlock - 1) / ColumnsPerBlock : (Nodes + NodesPerBlock - 1) / NodesPerBlock;

    /// <summary>First and end of the nodes of a block.</summary>
    internal (int First, int End) NodesOf(int block) => AreOfColumns ? (0, Nodes) : (block * NodesPerBlock, Math.Min(Nodes, (block + 1) * NodesPerBlock));

    /// <summary>First and end of the columns of a block.</summary>
    internal (int First, int End) ColumnsOf(int block) => AreOfColumns ? (block * ColumnsPerBlock, Math.Min(Columns, (block + 1) * ColumnsPerBlock)) : (0, Columns);
}
