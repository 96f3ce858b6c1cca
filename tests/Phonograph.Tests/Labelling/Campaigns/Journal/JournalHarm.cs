using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Campaigns.Journal;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns.Journal;

/// <summary>A finished campaign with labels on several rungs, failures and a refusal, and ways to harm its journal.</summary>
internal static class JournalHarm
{
    private static readonly JsonSerializerOptions Layout = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    internal static ScriptedEngine Engine() => new()
    {
        Script = (mark, rung, _) => (int)Math.Round(100 * mark) switch
        {
            3 => new Phonograph.Labelling.LabelFailure("not-converged", "never"),
            4 or 5 when rung < 2 => new Phonograph.Labelling.LabelFailure("not-converged", $"rung {rung}"),
            7 => new Phonograph.Labelling.LabelFailure(JobState.Refusal, "no use"),
            _ => null,
        },
    };

    /// <summary>Runs a campaign of twelve jobs of which two are still waiting at the end.</summary>
    internal static async Task<ScriptedEngine> Run(TemporaryFolder folder)
    {
        ScriptedEngine engine = Engine();
        await CampaignFiles.Run(folder, engine, limit: 10, inputs: CampaignFiles.Write(folder, "a.xyz", 12));
        return engine;
    }

    internal static string JournalOf(TemporaryFolder folder) => folder.File("campaign/" + CampaignJournal.FileName);

    /// <summary>All that a status says, as text.</summary>
    internal static string State(TemporaryFolder folder, ScriptedEngine engine) => JsonSerializer.Serialize(CampaignStatus.Of(CampaignFiles.Open(folder), engine), Layout);

    /// <summary>All that a status says after a coordinator opened the journal, and what it was told.</summary>
    internal static (string State, List<string> Said) StateAfterOpening(TemporaryFolder folder, ScriptedEngine engine)
    {
        var said = new List<string>();
        CampaignJournal.OpenForWork(CampaignFiles.Open(folder), engine.Rungs, said.Add).Dispose();
        return (State(folder, engine), said);
    }

    /// <summary>Writes noise over some bytes of a file.</summary>
    internal static void WriteNoise(string file, ulong seed, int spots)
    {
        var random = new Philox(seed, 0);
        byte[] bytes = File.ReadAllBytes(file);
        for (int spot = 0; spot < spots; spot++)
        {
            bytes[random.NextInt32(bytes.Length)] ^= (byte)(1 + random.NextInt32(255));
        }

        File.WriteAllBytes(file, bytes);
    }
}
