using Phonograph.Labelling;

namespace Phonograph.Dynamics;

/// <summary>Ends an engine that makes no step for too long: a hung process would otherwise hold a trajectory for ever.</summary>
/// <param name="limit">Time that one step may take.</param>
/// <param name="cancellation">The caller's; what it ends counts as no failure.</param>
internal sealed class StepTime(TimeSpan limit, CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    /// <summary>Begins a step.</summary>
    internal void Restart() => _late.CancelAfter(limit);

    /// <summary>Runs the engine, which is ended when a step takes too long.</summary>
    /// <param name="engine">What is run.</param>
    /// <param name="failed">Makes an answer of a failure.</param>
    /// <returns>What it returns, or the failure <c>timeout</c>.</returns>
    internal async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> engine, Func<LabelFailure, T> failed)
    {
        Restart();
        try
        {
            return await engine(_late.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return failed(new LabelFailure("timeout", FormattableString.Invariant($"No step within {limit.TotalSeconds:0} s.")));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _late.Dispose();
}
