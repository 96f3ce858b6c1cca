using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Benchmarks;

/// <summary>Campaigns as a user runs them: the command line in a process of its own, CP2K or what stands in for it.</summary>
internal static class CampaignCommand
{
    /// <summary>Writes drawn cells.</summary>
    /// <param name="path">File to write (extended XYZ).</param>
    /// <param name="crystal">Crystal at rest.</param>
    /// <param name="cells">Number of cells.</param>
    internal static void Write(string path, Crystal crystal, int cells) => ExtendedXyz.Write(path, Enumerable.Range(0, cells).Select(number => new ExtendedXyzFrame(
        TestCrystals.Shaken(crystal, 0.2, (ulong)(number + 1)),
        ImmutableDictionary<string, string>.Empty.Add("id", "c" + number.ToString(CultureInfo.InvariantCulture)).Add("scheme", "uniform").Add("width_A", "0.2"),
        [])));

    /// <summary>Starts a campaign at GFN1-xTB on <c>cells.xyz</c> that exports <c>NAME.xyz.gz</c> and <c>NAME.csv</c>.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="campaign">Its name.</param>
    /// <param name="workers">Jobs at a time.</param>
    /// <param name="program">The engine's program.</param>
    internal static Process Start(TemporaryFolder folder, string campaign, int workers, string program)
    {
        string command = string.Create(
            CultureInfo.InvariantCulture, $"label cells.xyz --engine cp2k --level gfn1-xtb --campaign {campaign} --workers {workers} --quiet --export {campaign}.xyz.gz --failures {campaign}.csv");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Phonograph.Cli.dll"), .. command.Split(' ')])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Cp2kEngine.PathVariable] = program;
        return Process.Start(start)!;
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static void Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The campaign ended with exit code {process.ExitCode}: {errors.Result}{output.Result}");
        }

        process.Dispose();
    }
}
