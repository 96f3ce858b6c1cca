using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Phonograph.Numerics.Memory;

/// <summary>
/// A few threads that share numbered blocks of work among themselves; the only place where the project computes in parallel. Results
/// never depend on <see cref="ThreadCount"/>: the cut into blocks is fixed by the work. A pool that is busy, or entered again by its own
/// work, lets the caller do all blocks itself; so does a pool whose threads the system does not wake in time.
/// </summary>
public sealed unsafe class WorkerPool : IDisposable
{
    // A step is some thirty pieces of work with microseconds between them: a thread that looks for work this often before it sleeps (some
    // 150 µs) is awake all through a step, and costs nothing between runs.
    private const int LooksBeforeSleep = 400;
    private const long Open = 1L << 32;
    private const long Generation = 1L << 33;
    private static readonly Lazy<WorkerPool> SharedPool = new(() => new WorkerPool(Environment.ProcessorCount));
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _wake;
    private readonly int[] _asleep;
    private readonly Lock _gate = new();
    private delegate*<void*, int, int, void> _execute;
    private void* _work;
    private int _blockCount;
    private int _nextBlock;
    private ExceptionDispatchInfo? _failure;

    // Number of the piece of work, whether threads may still join it, and how many have joined and not left (low 32 bits).
    private long _state;
    private volatile bool _stopping;

    /// <summary>Starts a pool.</summary>
    /// <param name="threadCount">Number of threads that work, the calling one included; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public WorkerPool(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threadCount);
        ThreadCount = threadCount;
        _threads = new Thread[threadCount - 1];
        _wake = new SemaphoreSlim[threadCount - 1];
        _asleep = new int[threadCount - 1];
        for (int index = 0; index < _threads.Length; index++)
        {
            int worker = index + 1;
            _wake[index] = new SemaphoreSlim(0);
            _threads[index] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"Phonograph worker {worker}" };
            _threads[index].Start();
        }
    }

    /// <summary>The pool of the process, with one thread per processor.</summary>
    public static WorkerPool Shared => SharedPool.Value;

    /// <summary>Number of threads that work, the calling one included.</summary>
    public int ThreadCount { get; }

    /// <summary>Ends the threads of the pool; work in progress is finished first. Later work is done by its caller alone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            foreach (SemaphoreSlim wake in _wake)
            {
                wake.Release();
            }
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        foreach (SemaphoreSlim wake in _wake)
        {
            wake.Dispose();
        }
    }

    /// <summary>
    /// Does all blocks of a piece of work and returns when the last one is done. No block may write what another reads or writes; then the result does
    /// not depend on the number of threads.
    /// </summary>
    /// <param name="blockCount">Number of blocks; the cut must not depend on the number of threads.</param>
    /// <param name="work">Does one block: its number, and the number of the thread (below <see cref="ThreadCount"/>), which is the key of scratch memory and never of a result.</param>
    public void Run(int blockCount, Action<int, int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Run(blockCount, new DelegateWork(work), large: true);
    }

    /// <summary>Does all blocks of a piece of work and returns when the last one is done. Allocates nothing.</summary>
    /// <param name="blockCount">Number of blocks.</param>
    /// <param name="work">The work.</param>
    /// <param name="large">Whether the work is worth more than the few microseconds that sharing costs.</param>
    internal void Run<TWork>(int blockCount, TWork work, bool large)
        where TWork : struct, IBlockWork
    {
        if (large && blockCount > 1 && _threads.Length > 0 && _gate.TryEnter())
        {
            try
            {
                // Work that calls for more work would find the gate open, because a lock lets its own thread in again.
                if (_work is null && !_stopping)
                {
                    // The work stays on this stack frame, which outlives every use of the pointer: Share waits for all who joined.
                    Share(blockCount, Unsafe.AsPointer(ref work), &Invoke<TWork>);
                    return;
                }
            }
            finally
            {
                _gate.Exit();
            }
        }

        for (int block = 0; block < blockCount; block++)
        {
            work.Execute(block, 0);
        }
    }

    private static void Invoke<TWork>(void* work, int block, int worker)
        where TWork : struct, IBlockWork => Unsafe.AsRef<TWork>(work).Execute(block, worker);

    private void Share(int blockCount, void* work, delegate*<void*, int, int, void> execute)
    {
        _work = work;
        _execute = execute;
        _blockCount = blockCount;
        _nextBlock = 0;
        Interlocked.Add(ref _state, Generation | Open);
        int helpers = Math.Min(_threads.Length, blockCount - 1);
        for (int index = 0; index < helpers; index++)
        {
            if (Interlocked.Exchange(ref _asleep[index], 0) == 1)
            {
                _wake[index].Release();
            }
        }

        TakeBlocks(0);
        Interlocked.And(ref _state, ~Open);
        SpinWait spin = default;
        while ((int)Volatile.Read(ref _state) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        _work = null;
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    private void Serve(int worker)
    {
        long seen = 0;
        int looks = 0;
        while (!_stopping)
        {
            long state = Volatile.Read(ref _state);
            if (IsNew(state, seen))
            {
                if (Interlocked.CompareExchange(ref _state, state + 1, state) == state)
                {
                    seen = state & ~(Open | uint.MaxValue);
                    TakeBlocks(worker);
                    Interlocked.Decrement(ref _state);
                    looks = 0;
                }
            }
            else if (looks++ < LooksBeforeSleep)
            {
                Thread.SpinWait(10);
            }
            else
            {
                Sleep(worker - 1, seen);
                looks = 0;
            }
        }
    }

    private static bool IsNew(long state, long seen) => (state & Open) != 0 && (state & ~(Open | uint.MaxValue)) != seen;

    private void Sleep(int index, long seen)
    {
        Interlocked.Exchange(ref _asleep[index], 1);

        // Work that came between the last look and going to sleep: whoever takes back the mark decides whether a wake-up call is on its way.
        if (IsNew(Volatile.Read(ref _state), seen) && Interlocked.Exchange(ref _asleep[index], 0) == 1)
        {
            return;
        }

        _wake[index].Wait();
    }

    private void TakeBlocks(int worker)
    {
        try
        {
            int block;
            while ((block = Interlocked.Increment(ref _nextBlock) - 1) < _blockCount)
            {
                _execute(_work, block, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref _nextBlock, int.MaxValue / 2);
        }
    }

    private readonly struct DelegateWork(Action<int, int> work) : IBlockWork
    {
        public void Execute(int block, int worker) => work(block, worker);
    }
}
