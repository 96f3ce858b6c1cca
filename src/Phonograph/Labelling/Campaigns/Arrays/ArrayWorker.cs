using Phonograph.Execution.Arrays;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>What a node does for one task of an array: computes one attempt in the task's folder and renames it into <c>attempts/</c>. It never touches the journal.</summary>
public static class ArrayWorker
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>Computes the attempt of a folder.</summary>
    /// <param name="folder">Folder of the task, <c>CAMPAIGN/slurm/ARRAY/INDEX</c>.</param>
    /// <param name="find">Finds the engine of a campaign.</param>
    /// <param name="job">What the queue calls this task, for <c>started</c>.</param>
    /// <param name="cancellation">Ends it; nothing is kept.</param>
    /// <exception cref="InputException">The engine here is not that of the campaign, or the task is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or the task was taken away while it ran.</exception>
    public static async Task<ArrayWorkerEnd> RunAsync(string folder, Func<CampaignFolder, IElectronicStructureEngine> find, string job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(find);
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (TaskFolder<ArrayTask>.TryOpen(place) is not { } own)
        {
            return ArrayWorkerEnd.Withdrawn;
        }

        ArrayTask task = own.Task;
        CampaignFolder campaign = CampaignFolder.Open(own.Owner);
        if (task.IsFinished(campaign))
        {
            return ArrayWorkerEnd.Withdrawn;
        }

        IElectronicStructureEngine engine = find(campaign);
        EngineAvailability here = engine.Probe();
        if (!here.IsInstalled || here.Version != task.EngineVersion)
        {
            throw new InputException(
                $"{Environment.MachineName} has {(here.IsInstalled ? $"{task.Engine} {here.Version}" : $"no {task.Engine}")}; the campaign's labels are {task.Engine} {task.EngineVersion}. Load the right module in the description of the cluster.");
        }

        var computation = new AttemptComputation(campaign, engine);
        computation.CheckFreeSpace();
        own.Clear();
        // In this order: a started task whose work/ is gone has renamed it.
        Directory.CreateDirectory(own.Work);
        own.MarkStarted(Environment.MachineName, job);
        using var time = new ActiveTime(TimeSpan.FromSeconds(task.TimeoutSeconds), cancellation);
        using var timer = new Timer(_ => time.Check(), null, Period, Period);
        (LabelOutcome outcome, double seconds) = await computation.ComputeAsync(
            task.Job.Crystal, new EngineRequest(task.Job.Crystal, task.Level, task.Rung, own.Work, task.Threads) { Ranks = task.Ranks }, time, cancellation);
        if (outcome is LabelFailure { Reason: "interrupted" })
        {
            // The engine was ended from outside, for lack of memory for example: the queue knows why, and the coordinator decides.
            return ArrayWorkerEnd.Interrupted;
        }

        computation.Keep(task.Job, task.Rung, own.Work, task.Attempt, outcome, seconds);
        return ArrayWorkerEnd.Finished;
    }
}

/// <summary>How a task of an array ended on its node.</summary>
public enum ArrayWorkerEnd
{
    /// <summary>The attempt is in <c>attempts/</c>.</summary>
    Finished,

    /// <summary>The coordinator took the task back before it began, or it is finished already.</summary>
    Withdrawn,

    /// <summary>The engine was ended from outside; nothing is kept.</summary>
    Interrupted,
}
