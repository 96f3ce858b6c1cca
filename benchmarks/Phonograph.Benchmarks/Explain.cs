using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Memory;
using Phonograph.Testing;

namespace Phonograph.Benchmarks;

/// <summary>
/// Speed of learned masks, beside PyTorch in the same run: the same trained network, the same structures, the same first logits, one mask of 200 epochs for each structure. First both learn in double precision, and must end at the same masks, predictions
/// and losses; a comparison of speed of two different computations says nothing. Then each is timed in single precision, with one thread and with two. Without python3-torch only this program is timed.
/// </summary>
internal static class Explain
{
    /// <summary>Both sum in another order; 200 steps of Adam and the kinks of ReLU enlarge rounding.</summary>
    private const double Tolerance = 1e-6;
    private const string Python = "/usr/bin/python3", Script = "pytorch_explain.py";

    internal static int Run(ReadOnlySpan<string> arguments)
    {
        int code = 0;
        int read = BenchmarkArguments.Run("explain", 5, arguments, ["--hidden", "--structures", "--epochs"], settings => code = Measure(settings));
        return read == 0 ? code : read;
    }

    private static int Measure(BenchmarkArguments arguments)
    {
        using var folder = new TemporaryFolder();
        ExplainedCells cells = ExplainedCells.Make(arguments.Hidden, arguments.Structures);
        MaskOptions options = new() { Restarts = 1, Epochs = arguments.Epochs };
        ModelFile.Write(folder.File("model.safetensors"), cells.Model);
        cells.WriteStructures(folder.File("structures.safetensors"), options);
        Console.WriteLine(FormattableString.Invariant(
            $"m6, hidden {arguments.Hidden}, {cells.Graphs.Length} structures of {cells.Graphs[0].NodeCount} atoms and {cells.Graphs.Average(graph => graph.EdgeCount):F0} directed edges, one mask each, {options.Epochs} epochs"));
        if (Peer(folder.Path, arguments) is not { } peer)
        {
            Console.WriteLine("PyTorch: not here (apt-get install -y python3-torch libopenblas0-pthread)");
            Rates(cells, options, arguments.Seconds);
            return 0;
        }

        bool isSame = Agrees(cells, options, peer);
        double[] own = Rates(cells, options, arguments.Seconds);
        foreach (JsonElement row in peer.GetProperty("rates").EnumerateArray())
        {
            (int threads, double rate) = (row.GetProperty("threads").GetInt32(), row.GetProperty("rate").GetDouble());
            Console.WriteLine(FormattableString.Invariant(
                $"PyTorch {peer.GetProperty("torch").GetString()}, {row.GetProperty("way").GetString(),-24} {threads} threads: {rate,8:F2} structures/s, Phonograph with as many threads is {own[threads - 1] / rate:F1} times as fast"));
        }

        return isSame ? 0 : 1;
    }

    /// <summary>Masks, predictions and losses of both in double precision.</summary>
    private static bool Agrees(ExplainedCells cells, MaskOptions options, JsonElement peer)
    {
        var pass = new GraphPass<double>(new ExplainedModel<double>(cells.Model));
        double mask = 0, output = 0, loss = 0, kept = 0;
        foreach (string way in new[] { "index_add", "dense" })
        {
            for (int place = 0; place < cells.Graphs.Length; place++)
            {
                CrystalGraph graph = cells.Graphs[place];
                var own = LearnedMask.Of(pass, graph, BondList.Of(graph), options);
                double[] other = [.. peer.GetProperty("masks").GetProperty(way)[place].EnumerateArray().Select(value => value.GetDouble())];
                mask = Math.Max(mask, own.Masks[0].Zip(other, (a, b) => Math.Abs(a - b)).Max());
                double range = pass.Model.LabelRange, minimum = cells.Model.Description.Target.Minimum;
                output = Math.Max(output, Math.Abs(((own.MaskedPredictions[0] - minimum) / range) - peer.GetProperty("outputs").GetProperty(way)[place].GetDouble()));
                loss = Math.Max(loss, Math.Abs(own.Losses(pass.Model.LabelRange, options)[0] - peer.GetProperty("losses").GetProperty(way)[place].GetDouble()));
                kept += own.Masks[0].Average() / (2 * cells.Graphs.Length);
            }
        }

        bool isSame = mask < Tolerance && output < Tolerance && loss < Tolerance;
        Console.WriteLine(FormattableString.Invariant(
            $"both in double precision after {options.Epochs} epochs (mean of the masks {kept:F3}): largest difference of a mask {mask:G2}, of a scaled prediction {output:G2}, of a loss {loss:G2}; {(isSame ? "within" : "BEYOND")} {Tolerance:G1}"));
        return isSame;
    }

    /// <summary>Structures/s with one thread and with two.</summary>
    private static double[] Rates(ExplainedCells cells, MaskOptions options, double seconds) =>
    [
        .. new[] { 1, 2 }.Select(threads =>
        {
            using var pool = new WorkerPool(threads);
            var model = new ExplainedModel<float>(cells.Model);
            GraphPass<float>[] passes = [.. Enumerable.Range(0, threads).Select(_ => new GraphPass<float>(model, pool))];
            BondList[] bonds = [.. cells.Graphs.Select(BondList.Of)];
            var rates = new List<double>();
            var total = Stopwatch.StartNew();
            for (bool isWarm = false; total.Elapsed.TotalSeconds < seconds || rates.Count == 0; isWarm = true)
            {
                var watch = Stopwatch.StartNew();
                pool.Run(cells.Graphs.Length, (place, worker) => LearnedMask.Of(passes[worker], cells.Graphs[place], bonds[place], options));
                if (isWarm)
                {
                    rates.Add(cells.Graphs.Length / watch.Elapsed.TotalSeconds);
                }
            }

            rates.Sort();
            double median = rates[rates.Count / 2];
            Console.WriteLine(FormattableString.Invariant($"Phonograph, {threads} threads: {median:F2} structures/s (median of {rates.Count} passes over all; {rates[0]:F2} to {rates[^1]:F2})"));
            return median;
        }),
    ];

    private static JsonElement? Peer(string folder, BenchmarkArguments arguments)
    {
        if (!PythonProgram.Has("torch"))
        {
            return null;
        }

        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] line =
        [
            "-W", "ignore", Repository.PathOf("benchmarks", Script), folder, arguments.Epochs.ToString(CultureInfo.InvariantCulture), arguments.Seconds.ToString(CultureInfo.InvariantCulture), "1,2",
        ];
        foreach (string word in line)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonDocument.Parse(output).RootElement : throw new InvalidOperationException($"{Script} ended with exit code {process.ExitCode}.");
    }
}
