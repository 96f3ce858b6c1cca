using CsCheck;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Tests.Autodiff;

namespace Phonograph.Numerics.Tests.Kernels;

public sealed class SparseRowsTests
{
    [Fact]
    public void The_transposed_lists_hold_each_edge_once_under_its_source_sorted_by_target() => Gen.Select(Gen.Int[1, 12], Gen.Int[0, 60], Gen.ULong).Sample((nodes, count, seed) =>
    {
        SparseRows<double> edges = SmallGraphs.Edges<double>(nodes, count, seed);
        var seen = new bool[count];
        for (int source = 0; source < nodes; source++)
        {
            int before = -1;
            for (int place = edges.TransposedStart[source]; place < edges.TransposedStart[source + 1]; place++)
            {
                int edge = edges.TransposedEdge[place], target = edges.TransposedTarget[place];
                Assert.False(seen[edge]);
                seen[edge] = true;
                Assert.Equal(source, edges.Source[edge]);
                Assert.InRange(edge, edges.Start[target], edges.Start[target + 1] - 1);
                Assert.True(target >= before);
                before = target;
            }
        }

        Assert.DoesNotContain(false, seen);
    });

    [Fact]
    public void A_batch_holds_the_graphs_side_by_side()
    {
        SparseRows<float>[] graphs = [SmallGraphs.Edges<float>(3, 10, 1), SmallGraphs.Edges<float>(1, 0, 2), SmallGraphs.Edges<float>(12, 37, 3)];
        var batch = new SparseRows<float>();
        foreach (int repeat in new[] { 1, 5 })
        {
            SparseRows<float>[] all = [.. Enumerable.Repeat(graphs, repeat).SelectMany(list => list)];
            batch.Concatenate(all);
            Assert.Equal(16 * repeat, batch.NodeCount);
            Assert.Equal(47 * repeat, batch.EdgeCount);

            // The same object built from scratch.
            int[] start = [0, .. all.SelectMany((graph, g) => graph.Start[1..].ToArray().Select(end => end + all.Take(g).Sum(other => other.EdgeCount)))];
            int[] source = [.. all.SelectMany((graph, g) => graph.Source.ToArray().Select(node => node + all.Take(g).Sum(other => other.NodeCount)))];
            float[] weight = [.. all.SelectMany(graph => graph.Weight.ToArray())];
            var direct = new SparseRows<float>(start, source, weight);
            Assert.Equal(direct.Start.ToArray(), batch.Start.ToArray());
            Assert.Equal(direct.Source.ToArray(), batch.Source.ToArray());
            Assert.Equal(direct.Weight.ToArray(), batch.Weight.ToArray());
            Assert.Equal(direct.TransposedStart.ToArray(), batch.TransposedStart.ToArray());
            Assert.Equal(direct.TransposedTarget.ToArray(), batch.TransposedTarget.ToArray());
            Assert.Equal(direct.TransposedEdge.ToArray(), batch.TransposedEdge.ToArray());
        }

        batch.Concatenate([]);
        Assert.Equal(0, batch.NodeCount);
        Assert.Equal([0], batch.Start.ToArray());
        Assert.Throws<ArgumentException>(() => batch.Concatenate([batch]));
    }

    [Fact]
    public void Lists_that_do_not_fit_together_are_refused()
    {
        Refused([], [], []);
        Refused([1, 2], [0], [1]);
        Refused([0, 2, 1, 3], [0, 1, 2], [1, 1, 1]);
        Refused([0, 2], [0], [1, 1]);
        Refused([0, 1], [0], [1, 1]);
        Refused([0, 1], [1], [1]);
        Refused([0, 1], [-1], [1]);

        static void Refused(int[] start, int[] source, float[] weight) => Assert.ThrowsAny<ArgumentException>(() => new SparseRows<float>(start, source, weight));
    }
}
