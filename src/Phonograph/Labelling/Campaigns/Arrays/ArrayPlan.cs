using System.Collections.Immutable;
using Phonograph.Execution.Arrays;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>What a run through job arrays would submit; nothing is made, and neither queue nor engine is asked.</summary>
/// <param name="Jobs">Jobs that wait for an attempt.</param>
/// <param name="InFlight">Jobs that are with the cluster already.</param>
/// <param name="Arrays">Scripts of the first arrays and how often each is submitted, until every job has had one attempt.</param>
public sealed record ArrayPlan(int Jobs, int InFlight, ImmutableArray<PlannedArray> Arrays)
{
    /// <summary>Plans a run.</summary>
    /// <param name="folder">The campaign's folder; it may be missing.</param>
    /// <param name="inputs">Files of configurations to add.</param>
    /// <param name="options">Engine, level, cluster.</param>
    /// <exception cref="Files.InputException">A file is damaged or of no use.</exception>
    public static ArrayPlan Of(string folder, IReadOnlyList<string> inputs, CampaignOptions options)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Arrays);
        var added = NewInputs.Read(inputs, options);
        var labels = KnownLabels.Read(options.KnownFiles, options.Engine.Name, null, options.Level);
        int waiting = 0, inFlight = 0;
        IReadOnlyDictionary<string, JobOutcome> known = new Dictionary<string, JobOutcome>();
        if (File.Exists(Path.Combine(folder, "campaign.json")))
        {
            CampaignFolder campaign = CampaignFolder.Open(folder);
            using var journal = CampaignJournal.OpenForReading(campaign, options.Engine.RungCount(options.Level));
            added.CheckNames(journal.JobOfFrame);
            known = journal.Outcomes();
            inFlight = ArrayTasks.Of<ArrayTask>(campaign.Arrays, task => task.IsFinished(campaign), out _).Count;
            waiting = known.Count(job => job.Value.Stage is JobStage.Waiting or JobStage.Running && !labels.Has(job.Key)) - inFlight;
        }

        int jobs = Math.Min(waiting + added.Jobs().Count(job => !known.ContainsKey(job) && !labels.Has(job)), options.Limit ?? int.MaxValue);
        return new ArrayPlan(jobs, inFlight, PlannedArray.All(Path.Combine(folder, ArrayFolder.RootName), options.Arrays, jobs));
    }
}
