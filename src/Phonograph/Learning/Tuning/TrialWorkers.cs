using System.Runtime.ExceptionServices;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Tuning;

/// <summary>Threads that do the jobs of a schedule, each training on one thread: the job that ends first in virtual time is done first.</summary>
internal sealed class TrialWorkers : ITrialEvaluator, IDisposable
{
    private readonly Func<TrialJob, WorkerPool, CancellationToken, TrialAnswer> _evaluate;
    private readonly Thread[] _threads;
    private readonly CancellationTokenSource _stop;
    private readonly object _lock = new();
    private readonly PriorityQueue<TrialJob, (double End, long Order)> _waiting = new();
    private readonly Dictionary<TrialJob, TrialAnswer> _done = [];
    private long _order;
    private bool _isClosed;
    private Exception? _failure;

    internal TrialWorkers(int threads, Func<TrialJob, WorkerPool, CancellationToken, TrialAnswer> evaluate, CancellationToken cancellation)
    {
        _evaluate = evaluate;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _threads = [.. Enumerable.Range(0, threads).Select(thread => new Thread(Work) { IsBackground = true, Name = $"Phonograph trial {thread}" })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    public void Begin(TrialJob job)
    {
        lock (_lock)
        {
            _waiting.Enqueue(job, (job.VirtualEnd, _order++));
            Monitor.PulseAll(_lock);
        }
    }

    public TrialAnswer Await(TrialJob job)
    {
        lock (_lock)
        {
            TrialAnswer answer;
            while (!_done.Remove(job, out answer))
            {
                if (_failure is not null)
                {
                    ExceptionDispatchInfo.Throw(_failure);
                }

                Monitor.Wait(_lock);
            }

            return answer;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _stop.Cancel();
            Monitor.PulseAll(_lock);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _stop.Dispose();
    }

    private void Work()
    {
        try
        {
            using var pool = new WorkerPool(1);
            while (Take() is { } job)
            {
                TrialAnswer answer = _evaluate(job, pool, _stop.Token);
                lock (_lock)
                {
                    _done.Add(job, answer);
                    Monitor.PulseAll(_lock);
                }
            }
        }
        catch (Exception error)
        {
            lock (_lock)
            {
                // The first real failure stops the others; their cancellation is not the news.
                _failure = _failure is null or OperationCanceledException ? error : _failure;
                _stop.Cancel();
                Monitor.PulseAll(_lock);
            }
        }
    }

    private TrialJob? Take()
    {
        lock (_lock)
        {
            TrialJob? job;
            while (!_waiting.TryDequeue(out job, out _) && !_isClosed)
            {
                Monitor.Wait(_lock);
            }

            return _isClosed ? null : job;
        }
    }
}
