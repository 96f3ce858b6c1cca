using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Fitting;

/// <summary>Learns many Hamiltonians, some side by side, each on one thread; neither their number nor their order changes a result.</summary>
public static class HamiltonianSchedule
{
    /// <summary>Learns or reads every Hamiltonian and keeps a part of each.</summary>
    /// <param name="requests">What to learn.</param>
    /// <param name="cache">Where finished ones lie.</param>
    /// <param name="keep">What is kept of a Hamiltonian; called on the thread that learnt it.</param>
    /// <param name="sideBySide">Number at a time; the number of processors when null.</param>
    /// <param name="progress">Told after each Hamiltonian.</param>
    /// <param name="cancellation">Stops all of them between two cells; those in hand begin again.</param>
    /// <returns>What was kept, in the order of the requests.</returns>
    /// <exception cref="InputException">One of them cannot be learnt.</exception>
    public static ImmutableArray<T> Run<T>(
        IReadOnlyList<HamiltonianRequest> requests, HamiltonianCache cache, Func<HamiltonianModel, T> keep, int? sideBySide = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(keep);
        var results = new T[requests.Count];
        DoAll(requests, place => results[place] = keep(cache.Get(requests[place].Data, requests[place].Options, cancellation: cancellation)), sideBySide ?? Environment.ProcessorCount, progress);
        return ImmutableCollectionsMarshal.AsImmutableArray(results);
    }

    /// <summary>Learns into the cache for whoever reads it later; of one that cannot be learnt the cache keeps why, and the others are learnt nevertheless.</summary>
    /// <param name="requests">What to learn.</param>
    /// <param name="cache">Where they will lie.</param>
    /// <param name="sideBySide">Number at a time.</param>
    /// <param name="progress">Told after each Hamiltonian.</param>
    /// <param name="cancellation">Stops all of them between two cells.</param>
    internal static void Learn(IReadOnlyList<HamiltonianRequest> requests, HamiltonianCache cache, int sideBySide, IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        DoAll(requests, place => cache.Learn(requests[place].Data, requests[place].Options, cancellation), sideBySide, progress);

    private static void DoAll(IReadOnlyList<HamiltonianRequest> requests, Action<int> work, int sideBySide, IProgress<WorkProgress>? progress)
    {
        int done = 0;
        using var pool = new WorkerPool(Math.Clamp(sideBySide, 1, Math.Max(1, requests.Count)));
        pool.Run(requests.Count, (place, _) =>
        {
            work(place);
            progress?.Report(new WorkProgress("hamiltonians", Interlocked.Increment(ref done), requests.Count, requests[place].Name));
        });
    }
}
