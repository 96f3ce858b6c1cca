using System.Collections.Immutable;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Census of one group of configurations.</summary>
/// <param name="Name">Scheme with temperature or width.</param>
/// <param name="Configurations">Number of configurations.</param>
/// <param name="Labelled">With a label, metallic cells included.</param>
/// <param name="Metallic">Labelled and flagged metallic.</param>
/// <param name="Failed">Failed on every rung.</param>
/// <param name="Refused">Of no use to the engine.</param>
/// <param name="Pending">Not finished.</param>
/// <param name="LabelledByRung">Labels from each rung of the ladder.</param>
public sealed record CampaignGroup(string Name, int Configurations, int Labelled, int Metallic, int Failed, int Refused, int Pending, ImmutableArray<int> LabelledByRung)
{
    internal static CampaignGroup Of(string name, IEnumerable<(string Cohort, JobStage Stage, int Rung, bool IsMetallic, int Count)> rows, int rungs)
    {
        (string Cohort, JobStage Stage, int Rung, bool IsMetallic, int Count)[] counted = [.. rows];
        int On(params JobStage[] stages) => counted.Where(row => stages.Contains(row.Stage)).Sum(row => row.Count);
        return new CampaignGroup(
            name,
            counted.Sum(row => row.Count),
            On(JobStage.Done),
            counted.Where(row => row.Stage == JobStage.Done && row.IsMetallic).Sum(row => row.Count),
            On(JobStage.Failed),
            On(JobStage.Refused),
            On(JobStage.Waiting, JobStage.Running),
            [.. Enumerable.Range(0, rungs).Select(rung => counted.Where(row => row.Stage == JobStage.Done && row.Rung == rung).Sum(row => row.Count))]);
    }
}
