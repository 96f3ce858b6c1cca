using System.Collections.Immutable;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Census of a campaign.</summary>
/// <param name="Engine">Engine of all labels.</param>
/// <param name="EngineVersion">Its version.</param>
/// <param name="Level">Level of all labels.</param>
/// <param name="IsCoordinated">Whether a coordinator runs now.</param>
/// <param name="IsPaused">Whether it is paused.</param>
/// <param name="Running">Attempts in flight.</param>
/// <param name="MeanWallSeconds">Mean time of a labelled job, all its attempts included, s; NaN when there is none.</param>
/// <param name="Groups">One row for each scheme and temperature or width, in the order they came; then the sum.</param>
public sealed record CampaignStatus(
    string Engine, string EngineVersion, string Level, bool IsCoordinated, bool IsPaused, int Running, double MeanWallSeconds, ImmutableArray<CampaignGroup> Groups)
{
    /// <summary>The sum over all configurations.</summary>
    public CampaignGroup Sum => Groups[^1];

    /// <summary>Counts what is there.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="engine">Its engine, which knows how many rungs there are.</param>
    public static CampaignStatus Of(CampaignFolder campaign, IElectronicStructureEngine engine)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(engine);
        var journal = AttemptJournal.Read(campaign);
        int rungs = engine.RungCount(campaign.Level);
        IReadOnlyList<LabelFrame> frames = LabelFrame.ReadAll(campaign);
        double[] times = [.. frames.DistinctBy(frame => frame.Job).Select(frame => journal[frame.Job]).Where(state => state.Label is not null).Select(state => state.WallSeconds)];
        return new CampaignStatus(
            campaign.Engine,
            campaign.EngineVersion,
            campaign.Level,
            campaign.IsCoordinated,
            campaign.IsPaused,
            Directory.Exists(campaign.Running) ? Directory.GetDirectories(campaign.Running).Length : 0,
            times.Length == 0 ? double.NaN : times.Average(),
            [
                .. frames.GroupBy(GroupName).Select(group => CampaignGroup.Of(group.Key, group, journal, rungs)),
                CampaignGroup.Of("all", frames, journal, rungs),
            ]);
    }

    private static string GroupName(LabelFrame frame)
    {
        string scheme = frame.Frame.Info.GetValueOrDefault("scheme") ?? "configuration";
        return frame.Frame.Info.TryGetValue("temperature_K", out string? temperature) ? $"{scheme} {temperature} K"
            : frame.Frame.Info.TryGetValue("width_A", out string? width) ? $"{scheme} {width} Å"
            : scheme;
    }
}

/// <summary>Census of one group of configurations.</summary>
/// <param name="Name">Scheme with temperature or width.</param>
/// <param name="Configurations">Number of configurations.</param>
/// <param name="Labelled">With a label, metallic cells included.</param>
/// <param name="Metallic">Labelled and flagged metallic.</param>
/// <param name="Failed">Failed on every rung.</param>
/// <param name="Pending">Not finished.</param>
/// <param name="LabelledByRung">Labels from each rung of the ladder.</param>
public sealed record CampaignGroup(string Name, int Configurations, int Labelled, int Metallic, int Failed, int Pending, ImmutableArray<int> LabelledByRung)
{
    internal static CampaignGroup Of(string name, IEnumerable<LabelFrame> frames, AttemptJournal journal, int rungs)
    {
        JobState[] states = [.. frames.Select(frame => journal[frame.Job])];
        int failed = states.Count(state => state.Label is null && state.NextRung >= rungs);
        JobState[] labelled = [.. states.Where(state => state.Label is not null)];
        return new CampaignGroup(
            name,
            states.Length,
            labelled.Length,
            labelled.Count(state => ((Label)state.Label!.Outcome).BandEdges.IsMetallic),
            failed,
            states.Length - labelled.Length - failed,
            [.. Enumerable.Range(0, rungs).Select(rung => labelled.Count(state => state.Label!.Rung == rung))]);
    }
}
