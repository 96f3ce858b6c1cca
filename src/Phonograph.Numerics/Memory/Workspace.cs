namespace Phonograph.Numerics.Memory;

/// <summary>
/// Threads and scratch memory of the kernels of one tape. A kernel owns the scratch from its first request until it returns; nothing in it
/// outlives the kernel. Used by one thread at a time, apart from the workers of the pool, each of which has its own part.
/// </summary>
internal sealed unsafe class Workspace
{
    private readonly AlignedBuffer<byte> _panels = new();
    private readonly AlignedBuffer<byte> _partials = new();
    private readonly AlignedBuffer<byte>[] _workers;

    internal Workspace(WorkerPool pool)
    {
        Pool = pool;
        _workers = new AlignedBuffer<byte>[pool.ThreadCount];
        for (int worker = 0; worker < _workers.Length; worker++)
        {
            _workers[worker] = new();
        }
    }

    /// <summary>Threads to work with.</summary>
    internal WorkerPool Pool { get; }

    /// <summary>Scratch for the packed right-hand matrix of a product.</summary>
    internal T* Panels<T>(int length)
        where T : unmanaged => (T*)_panels.Reserve(checked(length * sizeof(T)));

    /// <summary>Scratch for the partial sums of the blocks of a reduction.</summary>
    internal T* Partials<T>(int length)
        where T : unmanaged => (T*)_partials.Reserve(checked(length * sizeof(T)));

    /// <summary>Makes room for each worker; to be called before the work is shared out.</summary>
    internal void ReserveWorkers<T>(int length)
        where T : unmanaged
    {
        foreach (AlignedBuffer<byte> worker in _workers)
        {
            worker.Reserve(checked(length * sizeof(T)));
        }
    }

    /// <summary>The scratch of one worker.</summary>
    internal T* Worker<T>(int worker)
        where T : unmanaged => (T*)_workers[worker].Pointer;
}
