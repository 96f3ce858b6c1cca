using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns.Journal;

/// <summary>The folders are the truth: whatever happens to the journal, the campaign stands where its folders say.</summary>
public sealed class JournalRebuildTests
{
    [Fact]
    public async Task A_deleted_journal_is_made_anew_to_the_same_state()
    {
        using var folder = new TemporaryFolder();
        ScriptedEngine engine = await JournalHarm.Run(folder);
        string before = JournalHarm.State(folder, engine);
        Assert.Contains("not-converged", before, StringComparison.Ordinal);
        File.Delete(JournalHarm.JournalOf(folder));
        Assert.Equal(before, JournalHarm.State(folder, engine));
        Assert.False(File.Exists(JournalHarm.JournalOf(folder)), "looking writes nothing");
        (string after, List<string> said) = JournalHarm.StateAfterOpening(folder, engine);
        Assert.Equal(before, after);
        Assert.Empty(said);
    }

    [Fact]
    public async Task Noise_in_the_journal_changes_no_state()
    {
        using var folder = new TemporaryFolder();
        ScriptedEngine engine = await JournalHarm.Run(folder);
        string journal = JournalHarm.JournalOf(folder), before = JournalHarm.State(folder, engine);
        byte[] whole = File.ReadAllBytes(journal);
        int noticed = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            File.WriteAllBytes(journal, whole);
            JournalHarm.WriteNoise(journal, seed, spots: seed % 2 == 0 ? 1 : 300);
            (string after, List<string> said) = JournalHarm.StateAfterOpening(folder, engine);
            Assert.True(before == after, $"seed {seed}: {after}");
            noticed += said.Count;
        }

        Assert.True(noticed > 15, $"{noticed} of 40 were noticed");
    }

    [Fact]
    public async Task A_journal_cut_short_or_of_another_kind_is_made_anew_and_said()
    {
        using var folder = new TemporaryFolder();
        ScriptedEngine engine = await JournalHarm.Run(folder);
        string journal = JournalHarm.JournalOf(folder), before = JournalHarm.State(folder, engine);
        byte[] whole = File.ReadAllBytes(journal);
        foreach (byte[] harmed in new[] { whole[..(whole.Length / 2)], whole[..100], "no database"u8.ToArray() })
        {
            File.WriteAllBytes(journal, harmed);
            Assert.Equal(before, JournalHarm.State(folder, engine));
            (string after, List<string> said) = JournalHarm.StateAfterOpening(folder, engine);
            Assert.Equal(before, after);
            Assert.Contains("made anew from the folders", Assert.Single(said), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_journal_put_back_to_an_earlier_time_follows_the_folders()
    {
        using var folder = new TemporaryFolder();
        ScriptedEngine engine = JournalHarm.Engine();
        await CampaignFiles.Run(folder, engine, limit: 2, inputs: CampaignFiles.Write(folder, "a.xyz", 6));
        byte[] earlier = File.ReadAllBytes(JournalHarm.JournalOf(folder));
        await CampaignFiles.Run(folder, engine, limit: 8, inputs: CampaignFiles.Write(folder, "b.xyz", 12));
        string before = JournalHarm.State(folder, engine);
        int calls = engine.Calls.Count;
        File.WriteAllBytes(JournalHarm.JournalOf(folder), earlier);
        Assert.Equal(before, JournalHarm.State(folder, engine));
        (string after, _) = JournalHarm.StateAfterOpening(folder, engine);
        Assert.Equal(before, after);
        Assert.Equal(calls, engine.Calls.Count);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("noise")]
    [InlineData("empty")]
    public async Task A_journal_harmed_while_the_campaign_works_costs_no_label_and_no_second_computation(string harm)
    {
        using var folder = new TemporaryFolder();
        string journal = JournalHarm.JournalOf(folder);
        var engine = new ScriptedEngine
        {
            Before = (request, _) =>
            {
                if (Math.Round(100 * request.Crystal.PositionsFractional[0].X) == 7)
                {
                    Harm(journal, harm);
                }

                return Task.CompletedTask;
            },
        };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 20));
        Assert.Equal((20, 20), (status.Sum.Configurations, status.Sum.Labelled));
        Assert.Equal(20, engine.Calls.Count);
        string before = JournalHarm.State(folder, engine);
        Assert.Equal(before, JournalHarm.StateAfterOpening(folder, engine).State);
        await CampaignFiles.Run(folder, engine);
        Assert.Equal(20, engine.Calls.Count);
    }

    [Fact]
    public async Task A_campaign_made_before_there_were_journals_goes_on()
    {
        using var folder = new TemporaryFolder();
        ScriptedEngine engine = await JournalHarm.Run(folder);
        int calls = engine.Calls.Count;
        File.Delete(JournalHarm.JournalOf(folder));
        foreach (string record in Directory.GetFiles(folder.File("campaign/attempts"), AttemptRecord.FileName, SearchOption.AllDirectories))
        {
            File.WriteAllLines(record, File.ReadAllLines(record).Where(line => !line.Contains("\"host\"", StringComparison.Ordinal) && !line.Contains("\"program_version\"", StringComparison.Ordinal)));
        }

        CampaignStatus status = await CampaignFiles.Run(folder, engine);
        Assert.Equal((12, 10, 1, 1), (status.Sum.Configurations, status.Sum.Labelled, status.Sum.Failed, status.Sum.Refused));
        Assert.Equal(calls + 2, engine.Calls.Count);
        Assert.Equal(["", "0.1.0"], status.Origins.Select(origin => origin.ProgramVersion).Order());
    }

    private static void Harm(string journal, string harm)
    {
        switch (harm)
        {
            case "delete":
                foreach (string file in new[] { journal, journal + "-wal", journal + "-shm" })
                {
                    File.Delete(file);
                }

                break;
            case "empty":
                File.WriteAllBytes(journal, []);
                break;
            default:
                JournalHarm.WriteNoise(journal, seed: 5, spots: 2000);
                break;
        }
    }
}
