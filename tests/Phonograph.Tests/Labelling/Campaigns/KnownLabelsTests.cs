using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns;

/// <summary>A campaign whose folder is lost goes on from what it exported.</summary>
public sealed class KnownLabelsTests
{
    [Fact]
    public async Task Exported_labels_are_not_computed_again_and_the_whole_export_is_that_of_an_undisturbed_campaign()
    {
        using var folder = new TemporaryFolder();
        var first = Engine();
        string input = CampaignFiles.Write(folder, "a.xyz", 8);
        await CampaignFiles.Run(folder, first, limit: 3, inputs: input);
        CampaignFiles.Export(folder, first, "part.xyz.gz");
        Directory.Delete(folder.File("campaign"), recursive: true);

        var second = Engine();
        var said = new List<string>();
        CampaignStatus status = await Run(folder, second, said, input);
        Assert.Equal((8, 0, 0), (status.Sum.Labelled, status.Sum.Failed, status.Sum.Pending));
        Assert.Equal(1, status.Sum.Metallic);
        Assert.Empty(second.Calls.Select(call => call.Mark).Intersect(first.Calls.Select(call => call.Mark)));
        Assert.Contains("3 labels were taken from", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal([3, 5], status.Origins.Select(origin => origin.Attempts).Order());
        Assert.Contains("taken from part.xyz.gz", status.Origins.Select(origin => origin.Host));
        byte[] resumed = CampaignFiles.Export(folder, second);

        // Once more: nothing is taken twice, and nothing is computed.
        int calls = second.Calls.Count;
        await Run(folder, second, said, input);
        Assert.Equal(calls, second.Calls.Count);
        Assert.Single(said);

        Directory.Delete(folder.File("campaign"), recursive: true);
        await CampaignFiles.Run(folder, second, inputs: input);
        Assert.Equal(CampaignFiles.Export(folder, second), resumed);
    }

    [Fact]
    public async Task Labels_of_configurations_that_are_not_asked_for_stay_out()
    {
        using var folder = new TemporaryFolder();
        var engine = Engine();
        await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 3));
        CampaignFiles.Export(folder, engine, "part.xyz.gz");
        Directory.Delete(folder.File("campaign"), recursive: true);
        CampaignStatus status = await Run(folder, engine, [], CampaignFiles.Write(folder, "b.xyz", 2, first: 2));
        Assert.Equal(2, status.Sum.Labelled);
        Assert.Equal(2, Directory.GetDirectories(folder.File("campaign/attempts")).Length);
    }

    [Theory]
    [InlineData("level=one", "level=two", "at two; expected one of scripted 1.0 at one")]
    [InlineData("engine_version=1.0", "engine_version=0.9", "scripted 0.9")]
    [InlineData("engine=scripted", "engine=other", "other 1.0")]
    [InlineData("vbm_eV=", "top_eV=", "no band edges")]
    public async Task Labels_of_another_kind_are_refused_before_anything_is_made(string from, string to, string found)
    {
        using var folder = new TemporaryFolder();
        var engine = Engine();
        string input = CampaignFiles.Write(folder, "a.xyz", 2);
        await CampaignFiles.Run(folder, engine, inputs: input);
        CampaignFiles.Export(folder, engine, "part.xyz");
        Directory.Delete(folder.File("campaign"), recursive: true);
        File.WriteAllText(folder.File("changed.xyz"), File.ReadAllText(folder.File("part.xyz")).Replace(from, to, StringComparison.Ordinal));
        InputException error = await Assert.ThrowsAsync<InputException>(() => Run(folder, engine, [], input, "changed.xyz"));
        Assert.StartsWith($"{folder.File("changed.xyz")}, frame 1: found ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("campaign")));
    }

    private static ScriptedEngine Engine() => new() { Script = (mark, rung, _) => mark is > 0.005 and < 0.015 && rung < 2 ? new LabelFailure("not-converged", "step 60") : null };

    private static Task<CampaignStatus> Run(TemporaryFolder folder, ScriptedEngine engine, List<string> said, string input, string known = "part.xyz.gz") => LabelCampaign.RunAsync(
        folder.File("campaign"), [input], new CampaignOptions(engine, "one") { KnownFiles = [folder.File(known)], Notice = said.Add }, null, TestContext.Current.CancellationToken);
}
