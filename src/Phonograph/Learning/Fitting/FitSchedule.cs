using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Fitting;

/// <summary>
/// Does many fits, some side by side. Fits are independent and each is the same for any number of threads, so neither the number of fits
/// side by side nor their order changes a result.
/// </summary>
public static class FitSchedule
{
    /// <summary>Trains or reads every model.</summary>
    /// <param name="requests">What to train.</param>
    /// <param name="cache">Where finished and half-finished models lie.</param>
    /// <param name="sideBySide">
    /// Number of fits at a time, each on one thread; 1 for one fit at a time on all threads. The number of processors when null.
    /// </param>
    /// <param name="progress">Told after each pass and each fit, in passes of all fits together.</param>
    /// <param name="cancellation">Stops all fits after the pass in hand; the same call continues.</param>
    /// <returns>Results in the order of the requests.</returns>
    public static ImmutableArray<FitResult> Run(
        IReadOnlyList<FitRequest> requests, FitCache cache, int? sideBySide = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) =>
        Run(requests, cache, result => result, sideBySide, progress, cancellation);

    /// <summary>Trains or reads every model and keeps a part of each result, so that thousands of models need not stay in memory.</summary>
    /// <param name="requests">What to train.</param>
    /// <param name="cache">Where finished and half-finished models lie.</param>
    /// <param name="keep">What is kept of a result; called on the thread of the fit.</param>
    /// <param name="sideBySide">Number of fits at a time, as above.</param>
    /// <param name="progress">Told after each pass and each fit.</param>
    /// <param name="cancellation">Stops all fits after the pass in hand; the same call continues.</param>
    /// <returns>What was kept, in the order of the requests.</returns>
    public static ImmutableArray<T> Run<T>(
        IReadOnlyList<FitRequest> requests, FitCache cache, Func<FitResult, T> keep, int? sideBySide = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keep);
        int workers = Math.Clamp(sideBySide ?? Environment.ProcessorCount, 1, Math.Max(1, requests.Count));
        var results = new T[requests.Count];
        var tally = new FitProgress(requests, progress);
        if (workers == 1)
        {
            for (int index = 0; index < results.Length; index++)
            {
                results[index] = keep(tally.Do(index, run => cache.Fit(requests[index], run), pool: null, cancellation));
            }

            return [.. results];
        }

        // Equal requests would write one checkpoint from two threads: they stay together, the second reads what the first trained.
        int[][] groups =
        [
            .. Enumerable.Range(0, requests.Count)
                .GroupBy(index => requests[index].Fingerprint(), StringComparer.Ordinal)
                .Select(group => group.ToArray()),
        ];
        int next = -1;
        var failures = new List<Exception>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(worker => new Thread(() => Work()) { IsBackground = true, Name = $"Phonograph fit {worker}" })];
        void Work()
        {
            try
            {
                using var pool = new WorkerPool(1);
                int group;
                while ((group = Interlocked.Increment(ref next)) < groups.Length)
                {
                    foreach (int index in groups[group])
                    {
                        results[index] = keep(tally.Do(index, run => cache.Fit(requests[index], run), pool, stop.Token));
                    }
                }
            }
            catch (Exception error)
            {
                lock (failures)
                {
                    failures.Add(error);
                }

                stop.Cancel();
            }
        }

        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        // The first real failure stopped the others; their cancellation is not the news.
        if ((failures.Find(error => error is not OperationCanceledException) ?? failures.FirstOrDefault()) is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        return [.. results];
    }

    /// <summary>Adds up the passes of all fits.</summary>
    private sealed class FitProgress(IReadOnlyList<FitRequest> requests, IProgress<WorkProgress>? progress)
    {
        private readonly long[] _done = new long[requests.Count];
        private readonly long _total = requests.Sum(request => (long)request.Options.Epochs);
        private readonly Lock _lock = new();
        private long _before;
        private int _finished;

        public FitResult Do(int index, Func<TrainingRun, FitResult> fit, WorkerPool? pool, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            var listener = new ProgressListener(value => Report(index, value.Done, value.DoneBefore));
            FitResult result = fit(new TrainingRun { Pool = pool, Cancellation = cancellation, Progress = listener });
            int epochs = requests[index].Options.Epochs;
            lock (_lock)
            {
                _finished++;

                // Passes that an early stop or an earlier run saved were not done now, and must not raise the rate.
                _before += epochs - _done[index];
            }

            Report(index, epochs, doneBefore: 0);
            return result;
        }

        private void Report(int index, long done, long doneBefore)
        {
            lock (_lock)
            {
                _before += _done[index] == 0 ? doneBefore : 0;
                _done[index] = done;
                progress?.Report(new WorkProgress("fits", _done.Sum(), _total, $"{_finished} of {requests.Count} fits, {requests[index].Name}", _before));
            }
        }
    }
}
