using System.Collections.Immutable;
using Phonograph.Execution.Slurm;
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
        int waiting = 0, inFlight = 0;
        IReadOnlyDictionary<string, JobOutcome> known = new Dictionary<string, JobOutcome>();
        if (File.Exists(Path.Combine(folder, "campaign.json")))
        {
            CampaignFolder campaign = CampaignFolder.Open(folder);
            using var journal = CampaignJournal.OpenForReading(campaign, options.Engine.RungCount(options.Level));
            added.CheckNames(journal.JobOfFrame);
            known = journal.Outcomes();
            ArrayTasks tasks = ArrayTasks.Of(campaign);
            inFlight = tasks.Waiting + tasks.Queued + tasks.Running;
            waiting = known.Values.Count(job => job.Stage is JobStage.Waiting or JobStage.Running) - inFlight;
        }

        int jobs = Math.Min(waiting + added.Jobs().Count(job => !known.ContainsKey(job)), options.Limit ?? int.MaxValue);
        SlurmCluster cluster = options.Arrays.Cluster;
        var arrays = ImmutableArray.CreateBuilder<PlannedArray>();
        Add(Math.Min(jobs, cluster.Tasks), jobs / cluster.Tasks);
        Add(jobs % cluster.Tasks, 1);
        return new ArrayPlan(jobs, inFlight, arrays.ToImmutable());

        void Add(int tasks, int times)
        {
            if (tasks > 0 && times > 0)
            {
                string name = "phonograph-" + new string('x', 12);
                string place = Path.Combine(Path.GetFullPath(folder), "slurm", name);
                arrays.Add(new PlannedArray(tasks, times, SlurmScript.Of(cluster, cluster.ResourcesAfter(0, 0), name, tasks, place, options.Arrays.Command)));
            }
        }
    }
}

/// <summary>An array that would be submitted.</summary>
/// <param name="Tasks">Number of its tasks.</param>
/// <param name="Times">How often such an array is submitted.</param>
/// <param name="Script">Its batch script; the twelve x in names stand for a number of its own.</param>
public sealed record PlannedArray(int Tasks, int Times, string Script);
