using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>Random matrices and random multigraphs with self-loops and multiple edges, from a seed.</summary>
internal static class SmallGraphs
{
    internal static Parameter<T> Matrix<T>(string name, int rows, int columns, ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var parameter = new Parameter<T>(name, rows, columns);
        var random = new Philox(seed, 17);
        for (int index = 0; index < parameter.Length; index++)
        {
            parameter.Value[index] = T.CreateChecked(random.NextNormal());
        }

        return parameter;
    }

    internal static SharedRows Shared(int edges, int rows, ulong seed)
    {
        var random = new Philox(seed, 19);
        var shared = new SharedRows();
        shared.Clear(edges);
        shared.Append([.. Enumerable.Range(0, edges).Select(_ => random.NextInt32(rows))], rows);
        return shared;
    }

    internal static SparseRows<T> Edges<T>(int nodes, int edges, ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new Philox(seed, 18);
        int[] start = new int[nodes + 1];
        for (int edge = 0; edge < edges; edge++)
        {
            start[random.NextInt32(nodes) + 1]++;
        }

        for (int node = 0; node < nodes; node++)
        {
            start[node + 1] += start[node];
        }

        var source = new int[edges];
        var weight = new T[edges];
        for (int edge = 0; edge < edges; edge++)
        {
            source[edge] = random.NextInt32(nodes);
            weight[edge] = T.CreateChecked(random.NextDouble());
        }

        return new SparseRows<T>(start, source, weight);
    }

    /// <summary>The same graph without one edge.</summary>
    internal static SparseRows<T> Without<T>(SparseRows<T> edges, int edge)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int[] start = [.. edges.Start.ToArray().Select(each => each > edge ? each - 1 : each)];
        return new SparseRows<T>(start, [.. edges.Source[..edge], .. edges.Source[(edge + 1)..]], [.. edges.Weight[..edge], .. edges.Weight[(edge + 1)..]]);
    }
}
