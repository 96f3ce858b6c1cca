using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Tests.Kernels;

public sealed class SharedRowsTests
{
    [Fact]
    public void Rows_of_a_graph_follow_those_of_the_graphs_before_it()
    {
        var rows = new SharedRows();
        for (int round = 0; round < 2; round++)
        {
            rows.Clear(9);
            Assert.Equal((0, 0), (rows.Count, rows.OfEdge.Length));
            rows.Append([1, 0, 1, 2], 3);
            rows.Append([], 0);
            rows.Append([0, 0, 1], 2);
            Assert.Equal([1, 0, 1, 2, 3, 3, 4], rows.OfEdge.ToArray());
            Assert.Equal((5, 7), (rows.Count, rows.EdgeCount));
        }
    }

    [Fact]
    public void Rows_that_are_not_there_and_edges_beyond_those_announced_are_refused()
    {
        var rows = new SharedRows();
        rows.Clear(2);
        Assert.Throws<ArgumentException>(() => rows.Append([0, 2], 2));
        rows.Clear(2);
        Assert.Throws<ArgumentException>(() => rows.Append([-1], 2));
        rows.Clear(2);
        Assert.Throws<InvalidOperationException>(() => rows.Append(new int[100], 1));
    }
}
