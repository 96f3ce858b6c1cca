using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns;

/// <summary>A crystal that the engine cannot use is a refused job; a file of nothing else is wrong input.</summary>
public sealed class RefusedCrystalTests
{
    [Fact]
    public async Task Crystals_of_no_use_become_refused_jobs_and_the_others_are_labelled()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Refuses = mark => mark is > 0.015 and < 0.035 };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 5));
        Assert.Equal((3, 0, 2, 0), (status.Sum.Labelled, status.Sum.Failed, status.Sum.Refused, status.Sum.Pending));
        Assert.Equal(new StageCounts(0, 0, 3, 0, 2), status.Jobs);
        Assert.Equal(new ReasonCount("refused", 2, "mark 0.02 is of no use"), Assert.Single(status.Reasons));
        Assert.Equal(3, engine.Calls.Count);
        CampaignFiles.Export(folder, engine);
        Assert.Equal(
            ["c2,phonon,300,,refused,mark 0.02 is of no use", "c3,uniform,,0.4,refused,mark 0.03 is of no use"], File.ReadAllLines(folder.File("failures.csv"))[1..]);
        await CampaignFiles.Run(folder, engine);
        Assert.Equal(5, Directory.GetDirectories(folder.File("campaign/attempts")).Length);
        var better = new ScriptedEngine();
        Assert.Equal(5, (await CampaignFiles.Run(folder, better, retry: true)).Sum.Labelled);
        Assert.Equal(2, better.Calls.Count);
    }

    [Fact]
    public async Task A_file_without_a_crystal_of_use_is_refused_and_nothing_is_made()
    {
        using var folder = new TemporaryFolder();
        string[] inputs = [CampaignFiles.Write(folder, "good.xyz", 2), CampaignFiles.Write(folder, "bad.xyz", 2, first: 5)];
        InputException error = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, new ScriptedEngine { Refuses = mark => mark > 0.03 }, inputs: inputs));
        Assert.StartsWith($"{inputs[1]}, frame 1: mark 0.05", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("campaign")));
    }

    [Fact]
    public async Task A_refusal_by_the_computation_ends_the_ladder()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (_, rung, _) => rung == 1 ? new LabelFailure("refused", "atoms in one place") : new LabelFailure("not-converged", "") };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 1));
        Assert.Equal((0, 1), (status.Sum.Failed, status.Sum.Refused));
        Assert.Equal([0, 1], engine.Calls.Select(call => call.Rung));
    }
}
