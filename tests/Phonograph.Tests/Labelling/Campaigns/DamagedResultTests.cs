using Phonograph.Files;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns;

/// <summary>Results that were damaged or deleted are computed again, and said; the export is that of an undisturbed campaign.</summary>
public sealed class DamagedResultTests
{
    [Fact]
    public async Task Damaged_results_are_set_aside_and_computed_again_by_the_next_run()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 6));
        byte[] undisturbed = CampaignFiles.Export(folder, engine);
        string[] records = [.. Records(folder)];
        string text = File.ReadAllText(records[0]);
        string[] damaged = [text[..(text.Length / 2)], "null", "{}", text.Replace("forces_eV_per_A", "forces", StringComparison.Ordinal), ""];
        for (int index = 0; index < damaged.Length; index++)
        {
            File.WriteAllText(records[index], damaged[index]);
        }

        var said = new List<string>();
        CampaignStatus status = await LabelCampaign.RunAsync(
            folder.File("campaign"), [], new CampaignOptions(engine, "one") { Notice = said.Add }, null, TestContext.Current.CancellationToken);
        Assert.Equal((6, 5), (status.Sum.Labelled, status.SetAside));
        Assert.Equal(6 + 5, engine.Calls.Count);
        Assert.Equal(5, said.Count);
        Assert.All(records[..5], record => Assert.Contains(said, line => line.StartsWith(record, StringComparison.Ordinal) && line.Contains("set-aside", StringComparison.Ordinal)));
        Assert.Equal(undisturbed, CampaignFiles.Export(folder, engine));
    }

    [Fact]
    public async Task Deleted_results_are_computed_again()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 6));
        byte[] undisturbed = CampaignFiles.Export(folder, engine);
        string[] records = [.. Records(folder)];
        Directory.Delete(Path.GetDirectoryName(records[0])!, recursive: true);
        File.Delete(records[1]);
        Assert.Equal(5, CampaignStatus.Of(CampaignFiles.Open(folder), engine).Sum.Labelled);
        await CampaignFiles.Run(folder, engine);
        Assert.Equal(6 + 2, engine.Calls.Count);
        Assert.Equal(undisturbed, CampaignFiles.Export(folder, engine));
    }

    [Fact]
    public async Task An_export_that_meets_damage_names_it_and_the_next_run_mends_it()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 3));
        byte[] undisturbed = CampaignFiles.Export(folder, engine);
        // A byte that decays changes neither size nor time: only reading finds it.
        string record = Records(folder).First();
        DateTime written = File.GetLastWriteTimeUtc(record);
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"energy_eV\"", "\"energy_eW\"", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(record, written);
        InputException error = Assert.Throws<InputException>(() => CampaignFiles.Export(folder, engine, "second.xyz.gz"));
        Assert.StartsWith(record, error.Message, StringComparison.Ordinal);
        Assert.Contains("set-aside", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("second.xyz.gz")));
        await CampaignFiles.Run(folder, engine);
        Assert.Equal(3 + 1, engine.Calls.Count);
        Assert.Equal(undisturbed, CampaignFiles.Export(folder, engine));
    }

    private static IEnumerable<string> Records(TemporaryFolder folder) =>
        Directory.GetDirectories(folder.File("campaign/attempts")).Order(StringComparer.Ordinal).Select(attempt => Path.Combine(attempt, AttemptRecord.FileName));
}
