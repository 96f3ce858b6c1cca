using Phonograph.Execution;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;
using Phonograph.Tests.Labelling.Campaigns;

namespace Phonograph.Tests.Execution;

public sealed class FreeMemoryTests
{
    [Theory]
    [InlineData("MemTotal:       24683680 kB\nMemFree:        17000000 kB\nMemAvailable:   20480000 kB\nBuffers: 1 kB\n", 20480000L * 1024)]
    [InlineData("MemTotal:       24683680 kB\nMemFree:        17000000 kB\n", null)]
    [InlineData("MemAvailable:   many kB\n", null)]
    [InlineData("", null)]
    public void The_estimate_of_Linux_is_read_in_bytes(string text, long? bytes) => Assert.Equal(bytes, FreeMemory.Available(text));

    [Fact]
    public void Something_is_free_here_and_no_more_than_there_is()
    {
        Assert.InRange(FreeMemory.AvailableBytes, 1L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    [Theory]
    [InlineData(8, 1000, 4500, 4)]
    [InlineData(8, 1000, 1_000_000, 8)]
    [InlineData(8, 1000, 10, 1)]
    [InlineData(1, 1000, 0, 1)]
    public void As_many_jobs_run_as_fit_and_one_at_least(int jobs, long need, long free, int expected) => Assert.Equal(expected, FreeMemory.Fitting(jobs, need, free));

    [Fact]
    public async Task A_campaign_starts_no_more_workers_than_fit()
    {
        using var folder = new TemporaryFolder();
        int now = 0, most = 0;
        var engine = new ScriptedEngine
        {
            Before = async (_, cancellation) =>
            {
                InterlockedMaximum(ref most, Interlocked.Increment(ref now));
                await Task.Delay(20, cancellation);
                Interlocked.Decrement(ref now);
            },
        };
        var said = new List<string>();
        var options = new CampaignOptions(engine, "one") { Workers = 4, MemoryOfAJobBytes = 1L << 50, Notice = said.Add };
        CampaignStatus status = await LabelCampaign.RunAsync(folder.File("campaign"), [CampaignFiles.Write(folder, "cells.xyz", 6)], options, null, TestContext.Current.CancellationToken);
        Assert.Equal((6, 1), (status.Jobs.Done, most));
        Assert.StartsWith("1 of 4 workers: each job needs 1073741824 MiB", Assert.Single(said), StringComparison.Ordinal);
    }

    private static void InterlockedMaximum(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
