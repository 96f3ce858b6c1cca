using System.Diagnostics;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Random;

namespace Phonograph.Benchmarks;

/// <summary>
/// Training and prediction speed on graphs of the size of the 40-atom Ag3SBr cell at 5.5 Å (40 nodes, 29 directed edges each): graph convolutions
/// with batch normalisation and ReLU, max pooling, dropout, two linear layers, sigmoid, mean squared error, Adam; batches of
/// 128 put together from single graphs in each step. Counted: multiply-adds of the products and sums over edges, times two.
/// </summary>
internal static class Training
{
    private const int Nodes = 40, EdgesPerNode = 29, Features = 4, Dense = 16, BatchSize = 128, GraphCount = 1024;

    internal static int Run(ReadOnlySpan<string> arguments) => BenchmarkArguments.Run("training", 5, arguments, ["--threads", "--hidden", "--layers"], Measure);

    private static void Measure(BenchmarkArguments arguments)
    {
        using var pool = new WorkerPool(arguments.Threads);
        var model = new TrainingModel(pool, Features, arguments.Hidden, arguments.Layers, Dense);
        SparseRows<float>[] graphs = [.. Enumerable.Range(0, GraphCount).Select(MakeGraph)];
        float[] features = new float[BatchSize * Nodes * Features];
        float[] targets = new float[BatchSize];
        var random = new Philox(1, 0);
        foreach (ref float value in features.AsSpan())
        {
            value = (float)random.NextDouble();
        }

        foreach (ref float value in targets.AsSpan())
        {
            value = (float)random.NextDouble();
        }

        var order = new SparseRows<float>[BatchSize];
        void PutInOrder(long step)
        {
            for (int graph = 0; graph < BatchSize; graph++)
            {
                order[graph] = graphs[(int)(((step * BatchSize) + graph) * 7 % GraphCount)];
            }
        }

        Console.WriteLine(FormattableString.Invariant($"kernels {VectorPath.Name}, {arguments.Threads} threads, {Nodes} nodes and {Nodes * EdgesPerNode} edges per graph, {arguments.Layers} layers, hidden {arguments.Hidden}, batch {BatchSize}"));
        Print("training", arguments, FlopsPerGraph(arguments, isTraining: true), step =>
        {
            PutInOrder(step);
            model.Step(order, features, targets, (ulong)step);
        });
        Print("prediction", arguments, FlopsPerGraph(arguments, isTraining: false), step =>
        {
            PutInOrder(step);
            model.Predict(order, features);
        });
        Console.WriteLine(FormattableString.Invariant($"final loss {model.LastLoss:G6}"));
    }

    private static void Print(string name, BenchmarkArguments arguments, double flops, Action<long> doStep)
    {
        long step = 0, allocatedBefore = 0;
        var rates = new List<double>(capacity: 100_000);
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < arguments.Seconds || rates.Count < 5)
        {
            // Windows of ten steps: the spread of their rates tells a quiet machine from a busy one.
            long begin = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < 10; repeat++, step++)
            {
                doStep(step);
            }

            // The first windows compile and grow the buffers.
            if (total.Elapsed.TotalSeconds > Math.Min(2, arguments.Seconds / 2))
            {
                if (rates.Count == 0)
                {
                    allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
                }

                rates.Add(10 * BatchSize / Stopwatch.GetElapsedTime(begin).TotalSeconds);
            }
        }

        rates.Sort();
        double median = rates[rates.Count / 2];
        double bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / (10.0 * rates.Count);
        Console.WriteLine(FormattableString.Invariant(
            $"{name}: {median:F0} graphs/s (median of {rates.Count} windows; 10 % {rates[rates.Count / 10]:F0}, 90 % {rates[rates.Count * 9 / 10]:F0}), {flops / 1e6:F2} MFLOP per graph, {median * flops / 1e9:F1} GFLOP/s, {bytes:F0} bytes allocated per step"));
    }

    private static SparseRows<float> MakeGraph(int number)
    {
        var random = new Philox(2, (ulong)number);
        int[] start = new int[Nodes + 1];
        int[] source = new int[Nodes * EdgesPerNode];
        float[] weight = new float[Nodes * EdgesPerNode];
        for (int node = 0; node < Nodes; node++)
        {
            start[node + 1] = (node + 1) * EdgesPerNode;
            for (int edge = start[node]; edge < start[node + 1]; edge++)
            {
                source[edge] = random.NextInt32(Nodes);
                weight[edge] = (float)random.NextDouble();
            }

            Array.Sort(source, start[node], EdgesPerNode);
        }

        return new SparseRows<float>(start, source, weight);
    }

    /// <summary>Forward, and for training the gradients of weights and, after the first layer, of the layer's input.</summary>
    private static double FlopsPerGraph(BenchmarkArguments arguments, bool isTraining)
    {
        const double Edges = Nodes * EdgesPerNode;
        double hidden = arguments.Hidden;
        double first = (2 * Nodes * Features * hidden * 2 * (isTraining ? 2 : 1)) + (2 * Edges * Features);
        double other = (2 * Nodes * hidden * hidden * 2 * (isTraining ? 3 : 1)) + (2 * Edges * hidden * (isTraining ? 2 : 1));
        double dense = 2 * ((hidden * Dense) + Dense) * (isTraining ? 3 : 1);
        return first + ((arguments.Layers - 1) * other) + dense;
    }
}
