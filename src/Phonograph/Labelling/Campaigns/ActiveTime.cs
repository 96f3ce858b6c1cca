using System.Diagnostics;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Time of one attempt without pauses, and its limit.</summary>
internal sealed class ActiveTime : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _ended;
    private readonly Lock _lock = new();
    private TimeSpan _excluded;
    private bool _isDisposed;

    internal ActiveTime(TimeSpan limit, CancellationToken cancellation)
    {
        _limit = limit;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Fires when the limit is reached or the caller cancels.</summary>
    internal CancellationToken Token => _ended.Token;

    internal TimeSpan Limit => _limit;

    internal bool IsExhausted { get; private set; }

    internal double Seconds => Math.Max(0, (Stopwatch.GetElapsedTime(_started) - _excluded).TotalSeconds);

    internal void Exclude(TimeSpan paused)
    {
        TimeSpan lived = Stopwatch.GetElapsedTime(_started);
        _excluded += paused < lived ? paused : lived;
    }

    internal void Check()
    {
        lock (_lock)
        {
            if (!_isDisposed && !IsExhausted && Seconds > _limit.TotalSeconds)
            {
                IsExhausted = true;
                _ended.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _ended.Dispose();
        }
    }
}
