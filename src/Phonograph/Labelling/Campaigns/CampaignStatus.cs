using System.Collections.Immutable;
using Phonograph.Execution.Arrays;
using Phonograph.Labelling.Campaigns.Arrays;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Census of a campaign.</summary>
/// <param name="Engine">Engine of all labels.</param>
/// <param name="EngineVersion">Its version.</param>
/// <param name="Level">Level of all labels.</param>
/// <param name="IsCoordinated">Whether a coordinator runs now.</param>
/// <param name="IsPaused">Whether it is paused.</param>
/// <param name="Jobs">Distinct computations by where they stand.</param>
/// <param name="InFlight">Attempts in flight, here or on nodes of a cluster; those that a killed coordinator left behind included.</param>
/// <param name="MeanWallSeconds">Mean time of a labelled job, all its attempts included, s; NaN when there is none.</param>
/// <param name="LabelsPerHour">From the latest 101 labels that were computed; NaN when there are fewer than two.</param>
/// <param name="Reasons">Why jobs have no label, the most frequent first.</param>
/// <param name="Rungs">Attempts and times on each rung that was tried.</param>
/// <param name="Origins">What made the attempts, and where.</param>
/// <param name="SetAside">Attempts that were set aside: damaged ones, and failures that were tried again.</param>
/// <param name="Groups">One row for each scheme and temperature or width, in the order they came; then the sum.</param>
public sealed record CampaignStatus(
    string Engine, string EngineVersion, string Level, bool IsCoordinated, bool IsPaused, StageCounts Jobs, ImmutableArray<RunningAttempt> InFlight,
    double MeanWallSeconds, double LabelsPerHour, ImmutableArray<ReasonCount> Reasons, ImmutableArray<RungCount> Rungs, ImmutableArray<AttemptOrigin> Origins,
    int SetAside, ImmutableArray<CampaignGroup> Groups)
{
    /// <summary>Attempts that are with a cluster.</summary>
    public ArrayTasks ArrayTasks { get; init; } = new(0, 0, 0, []);

    /// <summary>The sum over all configurations.</summary>
    public CampaignGroup Sum => Groups[^1];

    /// <summary>Counts what is there: by the journal where it agrees with the folders, else by the folders.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="engine">Its engine, which knows how many rungs there are.</param>
    public static CampaignStatus Of(CampaignFolder campaign, IElectronicStructureEngine engine)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(engine);
        int rungs = engine.RungCount(campaign.Level);
        bool isCoordinated = campaign.IsCoordinated;
        string[] running = campaign.RunningFolders();
        var arrays = ArrayTasks.Of(campaign.Arrays, task => task.IsFinished(campaign), out IReadOnlyList<TaskFolder<ArrayTask>> begun);
        IEnumerable<string> names = [.. (isCoordinated ? running : []).Select(folder => Path.GetFileName(folder)), .. begun.Select(folder => folder.Task.Attempt)];
        using var journal = CampaignJournal.OpenForReading(campaign, rungs);
        ILookup<string, (string Cohort, JobStage Stage, int Rung, bool IsMetallic, int Count)> frames = journal.CountFrames().ToLookup(row => row.Cohort);
        return new CampaignStatus(
            campaign.Engine,
            campaign.EngineVersion,
            campaign.Level,
            isCoordinated,
            campaign.IsPaused,
            CountStages(journal, names),
            [.. running.Select(folder => Describe(folder, journal)), .. begun.Select(folder => new RunningAttempt(folder.Task.Job.Id, folder.Task.Rung, Age(folder.StartedUtc)))],
            journal.MeanWallSeconds(),
            journal.LabelsPerHour(),
            [.. journal.CountReasons()],
            [.. journal.CountRungs()],
            [.. journal.CountOrigins()],
            campaign.SetAsideCount(),
            [
                .. frames.Select(group => CampaignGroup.Of(group.Key, group, rungs)),
                CampaignGroup.Of("all", frames.SelectMany(group => group), rungs),
            ])
        {
            ArrayTasks = arrays,
        };
    }

    /// <summary>A claimed job whose attempt has not begun yet waits; without a coordinator nothing runs here.</summary>
    private static StageCounts CountStages(CampaignJournal journal, IEnumerable<string> running)
    {
        IReadOnlyDictionary<JobStage, int> stages = journal.CountStages();
        int open = stages.GetValueOrDefault(JobStage.Waiting) + stages.GetValueOrDefault(JobStage.Running);
        int inFlight = Math.Min(open, running.Select(AttemptName.JobBegin).Distinct(StringComparer.Ordinal).Count());
        return new StageCounts(open - inFlight, inFlight, stages.GetValueOrDefault(JobStage.Done), stages.GetValueOrDefault(JobStage.Failed), stages.GetValueOrDefault(JobStage.Refused));
    }

    /// <summary>A folder in flight is called after its job, its rung and a number of its own.</summary>
    private static RunningAttempt Describe(string folder, CampaignJournal journal)
    {
        string name = Path.GetFileName(folder), job = AttemptName.JobBegin(name);
        return new RunningAttempt(journal.FrameOfJob(job) ?? job, AttemptName.Rung(name), Age(Directory.GetCreationTimeUtc(folder)));
    }

    private static double Age(DateTime began) => Math.Max(0, (DateTime.UtcNow - began).TotalSeconds);
}
