using System.Diagnostics;
using System.Globalization;
using Phonograph.Execution;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Benchmarks;

/// <summary>
/// Kills a labelling campaign of the command line a number of times (<see cref="CampaignKills"/>) and compares what it exports at the end with the export of an undisturbed one,
/// byte by byte. The engine is the recorded stand-in for CP2K, whose energies depend on the cell, and which does not converge for four cells in ten on the first rung. Times nothing.
/// </summary>
internal static class Kills
{
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length is < 1 or > 2 || !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out int kills) || !OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("usage (Linux): Phonograph.Benchmarks kills NUMBER [SEED]");
            return 2;
        }

        ulong seed = arguments.Length > 1 ? ulong.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        using var folder = new TemporaryFolder();
        using var engine = FakeCp2k.Recorded("sleep 0.1", isHard: true);
        using var quick = FakeCp2k.Recorded(isHard: true);
        int cells = Math.Max(50, 3 * kills / 2);
        CampaignCommand.Write(folder.File("cells.xyz"), TestCrystals.SilverSulphideBromide, cells);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cells} cells, 2 workers, seed {seed}"));

        var watch = Stopwatch.StartNew();
        CampaignCommand.Finish(CampaignCommand.Start(folder, "whole", 2, quick.ProgramPath));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"undisturbed: {watch.Elapsed.TotalSeconds:0} s, {quick.CallCount} runs of the engine"));

        watch.Restart();
        KillCounts counts = new CampaignKills(folder.File("killed"), () => CampaignCommand.Start(folder, "killed", 2, engine.ProgramPath), seed).Run(kills, longestMilliseconds: 150);
        int before = CampaignStatus.Of(CampaignFolder.Open(folder.File("killed")), new Cp2kEngine(0)).Sum.Labelled;
        CampaignCommand.Finish(CampaignCommand.Start(folder, "killed", 2, engine.ProgramPath));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"killed: {watch.Elapsed.TotalSeconds:0} s, {engine.CallCount} runs of the engine; kills: {counts.Coordinator} coordinator, {counts.Engine} engine, {counts.All} all at once; journal harmed {counts.Journal} times; {before} labels after the last kill"));

        bool same = File.ReadAllBytes(folder.File("whole.xyz.gz")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("killed.xyz.gz")))
            && File.ReadAllText(folder.File("whole.csv")) == File.ReadAllText(folder.File("killed.csv"));
        int left = Directory.GetDirectories(folder.File("killed/running")).Length;
        int processes = Directory.GetDirectories("/proc").Count(process => WorksIn(process, folder.Path));
        Console.WriteLine($"exports equal, bit by bit: {(same ? "yes" : "NO")}; folders left in running/: {left}; processes left: {processes}");
        return same && left == 0 && processes == 0 ? 0 : 1;
    }

    private static bool WorksIn(string process, string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true && ProcessIdentity.Of(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), false) is not null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }
}
