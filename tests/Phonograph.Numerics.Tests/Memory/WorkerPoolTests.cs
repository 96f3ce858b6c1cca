using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Tests.Memory;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_block_is_done_exactly_once(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int count = 0; count < 200; count++)
        {
            int[] done = new int[count];
            pool.Run(count, new Counting(done, threads), large: true);
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_delegate_does_every_block_once_with_a_worker_of_the_pool(int threads)
    {
        using var pool = new WorkerPool(threads);
        var visits = new int[257];
        pool.Run(visits.Length, (block, worker) =>
        {
            Assert.InRange(worker, 0, threads - 1);
            Interlocked.Increment(ref visits[block]);
        });
        Assert.All(visits, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Work_inside_work_and_work_of_several_callers_are_done_too()
    {
        using var pool = new WorkerPool(3);
        int[][] done = [.. Enumerable.Range(0, 4).Select(_ => new int[500])];
        Thread[] callers = [.. done.Select(counts => new Thread(() => pool.Run(counts.Length, new Nested(pool, counts), large: true)))];
        foreach (Thread caller in callers)
        {
            caller.Start();
        }

        foreach (Thread caller in callers)
        {
            caller.Join();
        }

        Assert.All(done.SelectMany(counts => counts), times => Assert.Equal(3, times));
    }

    [Fact]
    public void A_failure_in_any_thread_reaches_the_caller_and_the_pool_lives_on()
    {
        using var pool = new WorkerPool(2);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            Assert.Throws<InvalidDataException>(() => pool.Run(100, new Failing(), large: true));
            int[] done = new int[50];
            pool.Run(50, new Counting(done, 2), large: true);
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void After_disposal_the_caller_works_alone()
    {
        var pool = new WorkerPool(4);
        pool.Dispose();
        pool.Dispose();
        int[] done = new int[50];
        pool.Run(50, new Counting(done, 1), large: true);
        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Threads_that_fell_asleep_wake_up_again()
    {
        using var pool = new WorkerPool(2);
        var workers = new HashSet<int>();
        for (int repeat = 0; repeat < 50 && workers.Count < 2; repeat++)
        {
            Thread.Sleep(20);
            int[] seen = new int[64];
            pool.Run(64, new Slow(seen), large: true);
            workers.UnionWith(seen);
        }

        Assert.Equal(2, workers.Count);
    }

    private readonly struct Counting(int[] done, int threads) : IBlockWork
    {
        public void Execute(int block, int worker)
        {
            Assert.InRange(worker, 0, threads - 1);
            Interlocked.Increment(ref done[block]);
        }
    }

    private readonly struct Nested(WorkerPool pool, int[] done) : IBlockWork
    {
        public void Execute(int block, int worker) => pool.Run(3, new Single(done, block), large: true);
    }

    private readonly struct Single(int[] done, int place) : IBlockWork
    {
        public void Execute(int block, int worker) => Interlocked.Increment(ref done[place]);
    }

    private readonly struct Failing : IBlockWork
    {
        public void Execute(int block, int worker)
        {
            if (block == 37)
            {
                throw new InvalidDataException("block 37");
            }
        }
    }

    private readonly struct Slow(int[] seen) : IBlockWork
    {
        public void Execute(int block, int worker)
        {
            seen[block] = worker;
            Thread.Sleep(1);
        }
    }
}
