using System.Diagnostics;
using Phonograph.Crystals;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Sampling;

namespace Phonograph.Benchmarks;

/// <summary>Speed of what a phonopy user does: forces to force constants, frequencies on a mesh, 10,000 thermal draws of the supercell at 300 K. benchmarks/phonopy_phonons.py does the same.</summary>
internal static class Phonons
{
    private const int Draws = 10_000, MeshNumber = 20;

    internal static int Run(ReadOnlySpan<string> arguments) => BenchmarkArguments.Run("phonons", 3, arguments, ["--write"], Measure);

    private static void Measure(BenchmarkArguments arguments)
    {
        DirectoryInfo folder = arguments.Write is { } given ? Directory.CreateDirectory(given) : Directory.CreateTempSubdirectory();
        foreach (PhononCase each in PhononCase.All(Root(), folder.FullName))
        {
            HarmonicCrystal crystal = each.Load();
            Report(each.Name, "files to force constants", arguments.Seconds, () => each.Load().Constants.Supercell.Crystal.AtomCount);
            var mesh = WaveVectorMesh.Of(new IntegerVector3(MeshNumber, MeshNumber, MeshNumber), crystal.Group, isGammaCentred: true);
            Report(each.Name, $"mesh {MeshNumber}x{MeshNumber}x{MeshNumber}, {mesh.PointsFractional.Length} wave vectors", arguments.Seconds, () =>
                MeshPhonons.Of(crystal.Matrix(term: null), WaveVectorMesh.Of(new IntegerVector3(MeshNumber, MeshNumber, MeshNumber), crystal.Group, isGammaCentred: true)).Mesh.PointsFractional.Length);
            Report(each.Name, $"{Draws} draws", arguments.Seconds, () =>
            {
                var sampler = new PhononSampler(new ThermalEnsemble(PhononModes.Of(crystal.Constants), 300, ThermalStatistics.Quantum, new AbsoluteFrequencies()));
                return sampler.Draw(1, 0, Draws).Sum(configuration => configuration.DisplacementsCartesian[0].X);
            });
        }

        if (arguments.Write is null)
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report<T>(string name, string what, double seconds, Func<T> work)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < seconds || times.Count < 4)
        {
            long begin = Stopwatch.GetTimestamp();
            GC.KeepAlive(work());
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        // The first half compiles and warms up.
        times.RemoveRange(0, times.Count / 2);
        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"{name,-7} {what,-40} {times[times.Count / 2],9:F2} ms (median of {times.Count}; {times[0]:F2} to {times[^1]:F2})"));
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Phonograph.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmark runs inside the source tree, where the shipped data lie.");
    }
}
