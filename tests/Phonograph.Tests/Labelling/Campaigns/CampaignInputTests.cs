using Phonograph.Files;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns;

/// <summary>A file that cannot be used must not join a campaign: it would stop every later run of it.</summary>
public sealed class CampaignInputTests
{
    [Fact]
    public async Task A_damaged_file_is_refused_under_its_own_name_and_the_campaign_goes_on()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        string good = CampaignFiles.Write(folder, "good.xyz", 3);
        string damaged = folder.Write("damaged.xyz", string.Join('\n', File.ReadLines(good).Take(3)));
        InputException error = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, engine, inputs: [good, damaged]));
        Assert.StartsWith($"{damaged}, line 4: found the end of the file", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await CampaignFiles.Run(folder, engine, inputs: good)).Sum.Labelled);
        Assert.Equal(3, CampaignStatus.Of(CampaignFiles.Open(folder), engine).Sum.Configurations);
    }

    [Fact]
    public async Task A_file_whose_name_for_a_cell_is_taken_is_refused_and_the_campaign_goes_on()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        string first = CampaignFiles.Write(folder, "first.xyz", 3), other = CampaignFiles.Write(folder, "other.xyz", 3, first: 5, prefix: "d");
        File.WriteAllText(other, File.ReadAllText(other).Replace("d6", "c1", StringComparison.Ordinal));
        await CampaignFiles.Run(folder, engine, inputs: first);
        InputException error = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, engine, inputs: other));
        Assert.Contains("other.xyz, frame 2: id 'c1'", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await CampaignFiles.Run(folder, engine)).Sum.Configurations);
    }

    [Fact]
    public async Task Compressed_input_is_kept_byte_by_byte()
    {
        using var folder = new TemporaryFolder();
        string input = CampaignFiles.Write(folder, "a.xyz.gz", 3);
        await CampaignFiles.Run(folder, new ScriptedEngine(), inputs: input);
        string kept = Assert.Single(Directory.GetFiles(folder.File("campaign/inputs")));
        Assert.Equal(File.ReadAllBytes(input), File.ReadAllBytes(kept));
    }
}
