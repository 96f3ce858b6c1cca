using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Campaigns.Journal;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns.Journal;

public sealed class JournalClaimTests
{
    [Fact]
    public async Task Every_job_is_handed_out_once_and_in_the_order_the_configurations_came()
    {
        using var folder = new TemporaryFolder();
        CampaignFolder campaign = await Campaign(folder, 25);
        using var journal = CampaignJournal.OpenForWork(campaign, 3);
        var jobs = new List<ClaimedJob>();
        while (journal.Claim(10) is { Count: > 0 } claimed)
        {
            Assert.InRange(claimed.Count, 1, 10);
            jobs.AddRange(claimed);
        }

        Assert.Equal(LabelFrame.ReadAll(campaign).Select(frame => frame.Job).Skip(1), jobs.Select(job => job.Key));
        Assert.Equal(Enumerable.Range(2, 24), jobs.Select(job => job.Place));
        Assert.Equal(24, journal.CountStages()[JobStage.Running]);
    }

    [Fact]
    public async Task Claims_of_a_coordinator_that_is_gone_are_void()
    {
        using var folder = new TemporaryFolder();
        CampaignFolder campaign = await Campaign(folder, 5);
        using (var gone = CampaignJournal.OpenForWork(campaign, 3))
        {
            Assert.Equal(4, gone.Claim(10).Count);
        }

        Assert.Equal(4, CampaignStatus.Of(campaign, new ScriptedEngine()).Jobs.Waiting);
        using var journal = CampaignJournal.OpenForWork(campaign, 3);
        Assert.Equal(4, journal.Claim(10).Count);
    }

    [Fact]
    public async Task A_current_journal_is_believed_without_reading_a_record()
    {
        using var folder = new TemporaryFolder();
        ScriptedEngine engine = await JournalHarm.Run(folder);
        string before = JournalHarm.State(folder, engine);
        foreach (string record in Directory.GetFiles(folder.File("campaign/attempts"), AttemptRecord.FileName, SearchOption.AllDirectories))
        {
            DateTime written = File.GetLastWriteTimeUtc(record);
            File.WriteAllText(record, new string('x', (int)new FileInfo(record).Length));
            File.SetLastWriteTimeUtc(record, written);
        }

        Assert.Equal(before, JournalHarm.State(folder, engine));
        (string after, List<string> said) = JournalHarm.StateAfterOpening(folder, engine);
        Assert.Equal(before, after);
        Assert.Empty(said);
    }

    [Fact]
    public void The_attempts_of_a_job_decide_where_it_stands_whatever_their_order()
    {
        static AttemptEntry Attempt(int rung, string? reason) => new($"f{rung}", "j", rung, reason, reason, false, 2, "", "", "", 1, 1);
        Assert.Equal(JobState.Untouched, JobState.Of([], 3));
        AttemptEntry[] climbed = [Attempt(1, "timeout"), Attempt(0, "not-converged")];
        foreach (AttemptEntry[] attempts in new[] { climbed, [climbed[1], climbed[0]] })
        {
            Assert.Equal(new JobState(JobStage.Waiting, 2, climbed[0], 4), JobState.Of(attempts, 3));
            Assert.Equal(JobStage.Failed, JobState.Of(attempts, 2).Stage);
            Assert.Equal(JobStage.Refused, JobState.Of([.. attempts, Attempt(2, JobState.Refusal)], 5).Stage);
            JobState done = JobState.Of([.. attempts, Attempt(2, null)], 3);
            Assert.Equal((JobStage.Done, 2, 6.0), (done.Stage, done.Deciding!.Rung, done.WallSeconds));
        }
    }

    /// <summary>A campaign whose first job is done.</summary>
    private static async Task<CampaignFolder> Campaign(TemporaryFolder folder, int count)
    {
        await CampaignFiles.Run(folder, new ScriptedEngine(), limit: 1, workers: 1, inputs: CampaignFiles.Write(folder, "a.xyz", count));
        return CampaignFiles.Open(folder);
    }
}
