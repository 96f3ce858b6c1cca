using Phonograph.Execution;

namespace Phonograph.Cli.Terminal;

/// <summary>Progress of a part of a longer job: its stages carry the name of the part, so that each has its own rate and time left.</summary>
internal sealed class StageProgress(string part, IProgress<WorkProgress> progress) : IProgress<WorkProgress>
{
    /// <inheritdoc/>
    public void Report(WorkProgress value) => progress.Report(value with { Stage = $"{part}: {value.Stage}" });
}
