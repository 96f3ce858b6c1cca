using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>The labels of a campaign: the journal says which attempt holds the label of a job, the attempt's folder holds the numbers.</summary>
public sealed class CampaignLabels
{
    private readonly CampaignFolder _campaign;
    private readonly IReadOnlyDictionary<string, JobOutcome> _outcomes;

    private CampaignLabels(CampaignFolder campaign, IReadOnlyDictionary<string, JobOutcome> outcomes) => (_campaign, _outcomes) = (campaign, outcomes);

    /// <summary>Looks where every job stands.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="engine">Its engine, which knows how many rungs there are.</param>
    public static CampaignLabels Of(CampaignFolder campaign, IElectronicStructureEngine engine)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(engine);
        using var journal = CampaignJournal.OpenForReading(campaign, engine.RungCount(campaign.Level));
        return new CampaignLabels(campaign, journal.Outcomes());
    }

    /// <summary>Whether a job has a label.</summary>
    public bool Has(string job) => _outcomes.GetValueOrDefault(job)?.Stage == JobStage.Done;

    /// <summary>Reads the attempt that gave the label of a job; null when there is none.</summary>
    /// <exception cref="InputException">Its record is damaged. It is then set aside, unless a coordinator works, and the next run computes the job again.</exception>
    public AttemptRecord? Read(string job)
    {
        if (!Has(job))
        {
            return null;
        }

        string folder = Path.Combine(_campaign.Attempts, _outcomes[job].Attempt!);
        try
        {
            return AttemptRecord.Read(folder);
        }
        catch (InputException error)
        {
            throw new InputException($"{error.Message} {SetAside(folder)}Run 'phonograph label --campaign {_campaign.Root}', which computes the job again, then repeat this command.", error);
        }
    }

    /// <summary>Why a job has no label.</summary>
    internal LabelFailure WhyNot(string job) => _outcomes.GetValueOrDefault(job) switch
    {
        { Stage: JobStage.Failed, Reason: { } reason } failed => new LabelFailure(reason, FormattableString.Invariant($"rung {failed.Rung}: {failed.Detail}")),
        { Stage: JobStage.Refused, Reason: { } reason } refused => new LabelFailure(reason, refused.Detail ?? ""),
        _ => new LabelFailure("pending", "not computed to the end of the ladder yet"),
    };

    private string SetAside(string folder)
    {
        try
        {
            using var alone = ExclusiveLock.Take(_campaign.LockFile, "");
            return Directory.Exists(folder) ? $"It is now {_campaign.SetAside(folder)}. " : "";
        }
        catch (Exception error) when (error is InputException or IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
