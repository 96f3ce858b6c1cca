namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>Where a job of a campaign stands.</summary>
public enum JobStage
{
    /// <summary>Neither labelled nor failed to the end of the ladder.</summary>
    Waiting,

    /// <summary>Claimed by the coordinator that runs now.</summary>
    Running,

    /// <summary>It has a label.</summary>
    Done,

    /// <summary>It failed on every rung of the ladder.</summary>
    Failed,

    /// <summary>The engine has no use for the crystal: no rung would help.</summary>
    Refused,
}
