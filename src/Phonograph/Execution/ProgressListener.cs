namespace Phonograph.Execution;

/// <summary>Calls back at once, on the thread that reports; <see cref="Progress{T}"/> would come later, from elsewhere.</summary>
/// <param name="told">What is called.</param>
public sealed class ProgressListener(Action<WorkProgress> told) : IProgress<WorkProgress>
{
    /// <inheritdoc/>
    public void Report(WorkProgress value) => told(value);
}
