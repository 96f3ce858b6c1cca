using System.Globalization;

namespace Phonograph.Benchmarks;

/// <summary>The arguments of a benchmark.</summary>
/// <param name="Seconds">How long each measurement takes at least, s.</param>
/// <param name="IsAnyway">Measure on a busy machine too.</param>
internal sealed record BenchmarkArguments(double Seconds, bool IsAnyway)
{
    /// <summary>Number of threads.</summary>
    internal int Threads { get; private init; } = Environment.ProcessorCount;

    /// <summary>Features of each node.</summary>
    internal int Hidden { get; private init; } = 128;

    /// <summary>Number of graph convolutions.</summary>
    internal int Layers { get; private init; } = 2;

    /// <summary>Number of structures to explain.</summary>
    internal int Structures { get; private init; } = 16;

    /// <summary>Steps of each mask.</summary>
    internal int Epochs { get; private init; } = 200;

    /// <summary>Where to write what a peer program is to work on; null for nowhere.</summary>
    internal string? Write { get; private init; }

    /// <summary>Reads arguments, and looks whether the machine is quiet enough.</summary>
    /// <param name="name">Benchmark, for messages.</param>
    /// <param name="seconds">How long when nothing is said, s.</param>
    /// <param name="arguments">What stands after its name.</param>
    /// <param name="own">The options it knows besides <c>--seconds</c> and <c>--anyway</c>.</param>
    /// <param name="run">The benchmark; not called for a wrong argument (exit code 2) or a busy machine (1).</param>
    internal static int Run(string name, double seconds, ReadOnlySpan<string> arguments, string[] own, Action<BenchmarkArguments> run)
    {
        var read = new BenchmarkArguments(seconds, false);
        for (int index = 0; index < arguments.Length; index++)
        {
            string option = arguments[index];
            bool isKnown = option is "--anyway" || (index + 1 < arguments.Length && (option is "--seconds" || own.Contains(option)));
            if (!isKnown)
            {
                Console.Error.WriteLine($"{name}: unknown argument '{option}'; known are {string.Join(", ", own.Prepend("--seconds").Select(known => $"{known} {(known == "--write" ? "PATH" : "N")}"))}, --anyway");
                return 2;
            }

            read = option switch
            {
                "--anyway" => read with { IsAnyway = true },
                "--seconds" => read with { Seconds = double.Parse(arguments[++index], CultureInfo.InvariantCulture) },
                "--threads" => read with { Threads = int.Parse(arguments[++index], CultureInfo.InvariantCulture) },
                "--hidden" => read with { Hidden = int.Parse(arguments[++index], CultureInfo.InvariantCulture) },
                "--layers" => read with { Layers = int.Parse(arguments[++index], CultureInfo.InvariantCulture) },
                "--structures" => read with { Structures = int.Parse(arguments[++index], CultureInfo.InvariantCulture) },
                "--epochs" => read with { Epochs = int.Parse(arguments[++index], CultureInfo.InvariantCulture) },
                _ => read with { Write = arguments[++index] },
            };
        }

        if (!MachineLoad.IsQuiet(read.IsAnyway))
        {
            return 1;
        }

        run(read);
        return 0;
    }
}
