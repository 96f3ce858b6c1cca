using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Tests.Autodiff;

[Trait("Runs", "EveryVectorPath")]
public sealed class TrainingRunTests
{
    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[]? expected = null;
        foreach (int threads in new[] { 1, 2, 3, 7 })
        {
            using var pool = new WorkerPool(threads);
            var run = new TrainingRun<float>(pool);
            run.Steps(0, 4);
            expected ??= run.State();
            Assert.Equal(expected, run.State());
            Assert.All(expected, number => Assert.True(float.IsFinite(number)));
        }
    }

    [Fact]
    public void Single_precision_follows_double_precision()
    {
        var single = new TrainingRun<float>(WorkerPool.Shared, graphCount: 6);
        var exact = new TrainingRun<double>(WorkerPool.Shared, graphCount: 6);
        single.Steps(0, 3);
        exact.Steps(0, 3);
        Assert.All(single.Losses.Zip(exact.Losses), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        var run = new TrainingRun<float>(WorkerPool.Shared, graphCount: 8);
        run.Steps(0, 40);
        Assert.True(run.Losses[^4..].Average() < 0.6 * run.Losses[..4].Average(), $"from {run.Losses[..4].Average()} to {run.Losses[^4..].Average()}");
    }

    [Fact]
    public void A_step_allocates_nothing_once_every_batch_size_was_met()
    {
        using var pool = new WorkerPool(1);
        var run = new TrainingRun<float>(pool, graphCount: 4);
        run.Steps(0, 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        run.Steps(4, 12);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
