namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>Where a job stands, as its finished attempts alone decide.</summary>
/// <param name="Stage">Stage; never <see cref="JobStage.Running"/>, which no attempt can tell.</param>
/// <param name="NextRung">Rung to try next when it is waiting.</param>
/// <param name="Deciding">The attempt that gave the label, else the failed one on the highest rung; null when there is none.</param>
/// <param name="WallSeconds">Time of all its attempts, s.</param>
public sealed record JobState(JobStage Stage, int NextRung, AttemptEntry? Deciding, double WallSeconds)
{
    /// <summary>Reason of an engine or of its <see cref="IElectronicStructureEngine.Check"/> that no rung can mend.</summary>
    public const string Refusal = "refused";

    /// <summary>A job without attempts.</summary>
    public static JobState Untouched { get; } = new(JobStage.Waiting, 0, null, 0);

    /// <summary>Whether a job comes to its end with an attempt: it has its label, was refused, or no rung is left.</summary>
    /// <param name="outcome">What came of the attempt.</param>
    /// <param name="rung">Its rung.</param>
    /// <param name="rungs">Number of rungs of the ladder.</param>
    public static bool IsEnd(LabelOutcome outcome, int rung, int rungs) => outcome is Label or LabelFailure { Reason: Refusal } || rung + 1 >= rungs;

    /// <summary>The state that follows from the attempts of one job; their order and copies of them do not matter.</summary>
    /// <param name="attempts">Attempts of one job.</param>
    /// <param name="rungs">Number of rungs of the ladder.</param>
    public static JobState Of(IEnumerable<AttemptEntry> attempts, int rungs)
    {
        AttemptEntry[] sorted = [.. attempts.OrderBy(attempt => attempt.Rung).ThenBy(attempt => attempt.Folder, StringComparer.Ordinal)];
        AttemptEntry? label = sorted.FirstOrDefault(attempt => attempt.IsLabel);
        AttemptEntry? failure = sorted.LastOrDefault(attempt => !attempt.IsLabel);
        AttemptEntry? refusal = sorted.LastOrDefault(attempt => attempt.Reason == Refusal);
        int next = (failure?.Rung ?? -1) + 1;
        JobStage stage = label is not null ? JobStage.Done : refusal is not null ? JobStage.Refused : next >= rungs ? JobStage.Failed : JobStage.Waiting;
        return new JobState(stage, next, label ?? refusal ?? failure, sorted.Sum(attempt => attempt.WallSeconds));
    }
}
