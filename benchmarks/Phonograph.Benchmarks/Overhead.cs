using System.Diagnostics;
using System.Globalization;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Benchmarks;

/// <summary>
/// What a campaign costs beside its engine: the whole command, from the start of the program to the exported file, against the time that CP2K itself ran, which a shell script around it writes down. 48 cells of 40 atoms at GFN1-xTB,
/// one after the other.
/// </summary>
internal static class Overhead
{
    private const int Cells = 48;

    internal static int Run(ReadOnlySpan<string> arguments) => BenchmarkArguments.Run("overhead", 0, arguments, [], _ => Measure());

    private static void Measure()
    {
        if (!OperatingSystem.IsLinux() || new Cp2kEngine().Probe().Path is not { } cp2k)
        {
            Console.WriteLine("CP2K: not here (Linux: apt-get install -y cp2k cp2k-data libopenblas0-pthread)");
            return;
        }

        using var folder = new TemporaryFolder();
        CampaignCommand.Write(folder.File("cells.xyz"), TestCrystals.SilverSulphideBromide40, Cells);
        string times = folder.File("times"), program = folder.Write("cp2k.psmp", $"""
            #!/bin/sh
            if [ "$1" = --version ]; then exec '{cp2k}' --version; fi
            begin=$(date +%s.%N)
            '{cp2k}' "$@"
            code=$?
            echo "$begin $(date +%s.%N)" >>'{times}'
            exit $code
            """.ReplaceLineEndings("\n") + "\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var watch = Stopwatch.StartNew();
        CampaignCommand.Finish(CampaignCommand.Start(folder, "campaign", 1, program));
        double whole = watch.Elapsed.TotalSeconds;
        double[] runs = [.. File.ReadLines(times).Select(line => line.Split(' ')).Select(span => Number(span[1]) - Number(span[0]))];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Cells} labels of 40 atoms at GFN1-xTB: {whole:F1} s from start to export, {runs.Sum():F1} s of them in {runs.Length} runs of CP2K; overhead {100 * (whole - runs.Sum()) / runs.Sum():F2} %"));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
