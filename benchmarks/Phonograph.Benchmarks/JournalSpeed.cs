using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Campaigns.Journal;
using Phonograph.Testing;

namespace Phonograph.Benchmarks;

/// <summary>
/// The journal of one campaign of 100,000 jobs: taking in, claims in batches, finished jobs with a commit that is flushed for each, beside the rate of bare
/// flushes on the same disk; status and start with all folders there, by the journal and without it; and what the campaign itself costs for each job.
/// </summary>
internal static class JournalSpeed
{
    private const int JobCount = 100_000, Batch = 1000, OverheadJobs = 1000;

    internal static int Run(ReadOnlySpan<string> arguments) => BenchmarkArguments.Run("journal", 10, arguments, [], Measure);

    private static void Measure(BenchmarkArguments arguments)
    {
        using var folder = new TemporaryFolder();
        var engine = new InstantEngine();
        Write(folder.File("cells.xyz"), JobCount);
        CampaignFolder campaign = CampaignFolder.OpenOrCreate(folder.File("campaign"), engine.Name, "1", InstantEngine.Level);
        campaign.AddInput(folder.File("cells.xyz"));
        Say("bare flushes of 4 KiB", Flushes(folder.File("flushes"), arguments.Seconds / 2), "/s");

        ImmutableArray<ClaimedJob> jobs = Fill(campaign, arguments.Seconds);
        MakeFolders(folder, campaign, jobs);
        File.Delete(Path.Combine(campaign.Root, CampaignJournal.FileName));
        SayBest("journal made anew from 100,000 folders", 1, () => CampaignJournal.OpenForWork(campaign, 2).Dispose());
        SayBest("start with a current journal", 3, () => CampaignJournal.OpenForWork(campaign, 2).Dispose());
        CampaignStatus? status = null;
        SayBest("status with a current journal", 5, () => status = CampaignStatus.Of(campaign, engine));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"of {status!.Sum.Configurations} configurations {status.Sum.Labelled} are labelled"));

        Write(folder.File("few.xyz"), OverheadJobs);
        double seconds = Seconds(() => LabelCampaign.RunAsync(folder.File("few"), [folder.File("few.xyz")], new CampaignOptions(engine, InstantEngine.Level), null, CancellationToken.None).Wait());
        Say("whole campaign around an engine that takes no time, one worker", 1000 * seconds / OverheadJobs, "ms for each job");
    }

    /// <summary>Takes in, claims and finishes all jobs, and says how fast.</summary>
    private static ImmutableArray<ClaimedJob> Fill(CampaignFolder campaign, double seconds)
    {
        CampaignJournal? opened = null;
        Say("jobs taken in, reading their configurations", JobCount / Seconds(() => opened = CampaignJournal.OpenForWork(campaign, 2)), "/s");
        using CampaignJournal journal = opened!;
        var jobs = new List<ClaimedJob>();
        double claiming = Seconds(() =>
        {
            while (journal.Claim(Batch) is { Count: > 0 } claimed)
            {
                jobs.AddRange(claimed);
            }
        });
        Say($"jobs claimed in batches of {Batch}", jobs.Count / claiming, "/s");
        int finished = 0;
        var watch = Stopwatch.StartNew();
        while (finished < jobs.Count && watch.Elapsed.TotalSeconds < seconds)
        {
            journal.Finish([Entry(jobs[finished++])]);
        }

        Say($"jobs finished, a durable commit for each ({finished} of them)", finished / watch.Elapsed.TotalSeconds, "/s");
        int rest = jobs.Count - finished;
        double bulk = Seconds(() =>
        {
            foreach (ClaimedJob[] part in jobs.Skip(finished).Chunk(Batch))
            {
                journal.Finish([.. part.Select(Entry)]);
            }
        });
        Say($"jobs finished, a durable commit for {Batch}", rest / bulk, "/s");
        return [.. jobs];
    }

    private static AttemptEntry Entry(ClaimedJob job) => new(FolderName(job), job.Key, 0, null, null, false, 1.5, "1", "0.1.0", "benchmark", 1000, job.Number);

    private static string FolderName(ClaimedJob job) => string.Create(CultureInfo.InvariantCulture, $"{job.Key[..16]}-r0-{job.Number:D32}");

    /// <summary>Writes the folders as a campaign leaves them, without a flush for each.</summary>
    private static void MakeFolders(TemporaryFolder folder, CampaignFolder campaign, ImmutableArray<ClaimedJob> jobs)
    {
        string pattern = new('0', 64), template = Directory.CreateDirectory(folder.File("template")).FullName;
        Crystal crystal = Cell(0);
        new AttemptRecord(pattern, "c", campaign.Engine, "1", InstantEngine.Level, 0, 1.5, InstantEngine.LabelOf(crystal)) { ProgramVersion = "0.1.0", Host = "benchmark" }.Write(template);
        string text = File.ReadAllText(Path.Combine(template, AttemptRecord.FileName));
        foreach (ClaimedJob job in jobs)
        {
            string attempt = Directory.CreateDirectory(Path.Combine(campaign.Root, "attempts", FolderName(job))).FullName;
            File.WriteAllText(Path.Combine(attempt, AttemptRecord.FileName), text.Replace(pattern, job.Key, StringComparison.Ordinal));
        }
    }

    private static double Flushes(string path, double seconds)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4096];
        int count = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
            count++;
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    private static void Write(string path, int count) =>
        ExtendedXyz.Write(path, Enumerable.Range(0, count).Select(number => new ExtendedXyzFrame(
            Cell(number), ImmutableDictionary<string, string>.Empty.Add("id", "c" + number.ToString(CultureInfo.InvariantCulture)), [])));

    private static Crystal Cell(int number) =>
        new(Lattice.Cubic(5), [Element.Of("Na"), Element.Of("Cl")], [new(1e-6 * number, 0, 0), new(0.5, 0.5, 0.5)]);

    /// <summary>The shortest of some repeats, and the least processor time of one, which a busy machine does not lengthen much.</summary>
    private static void SayBest(string what, int repeats, Action action)
    {
        double wall = double.PositiveInfinity, processor = double.PositiveInfinity;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            wall = Math.Min(wall, Seconds(action));
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} (best of {repeats}): {wall:G4} s, of which the processor worked {processor:G4} s"));
    }

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Say(string what, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:G4} {unit}"));
}
