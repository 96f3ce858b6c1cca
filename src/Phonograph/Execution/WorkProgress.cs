namespace Phonograph.Execution;

/// <summary>How far a long job is; whoever shows it adds rate and time left.</summary>
/// <param name="Stage">What is being done, for example <c>label</c>.</param>
/// <param name="Done">Units of work finished, those of earlier runs included.</param>
/// <param name="Total">Units of work in all.</param>
/// <param name="Detail">A short addition, for example the last loss; may be null.</param>
/// <param name="DoneBefore">How many of the finished units were finished before this run started.</param>
public sealed record WorkProgress(string Stage, long Done, long Total, string? Detail = null, long DoneBefore = 0)
{
    /// <summary>How far the job is that the stage belongs to; null for a job of one stage.</summary>
    public WorkExtent? Whole { get; init; }
}
