using System.Collections.Immutable;
using Phonograph.Learning.Tuning;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Tuning;

/// <summary>The decisions of successive halving on made-up errors, beside a simulation that is written as plainly as possible.</summary>
public sealed class TrialScheduleTests
{
    private static readonly ImmutableArray<int> Rungs = [2, 6, 18, 40];

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(1, 3, 8)]
    [InlineData(2, 2, 3)]
    [InlineData(3, 4, 5)]
    [InlineData(4, 3, 64)]
    public void Steps_are_those_of_a_plain_simulation(ulong seed, int reduction, int workers)
    {
        var objective = new MadeUpErrors(seed, 60);
        (ImmutableArray<TrialStep> steps, HalvingLadder ladder) = Schedule(objective, reduction, workers).Run(objective);
        (int Trial, int Rung)[] expected = Simulated(objective, reduction, workers);
        Assert.Equal(expected, steps.Select(step => (step.Job.Trial, step.Job.Rung)));
        Assert.Contains(steps, step => step.Job.Rung == Rungs.Length - 1);
        Assert.All(steps, step => Assert.Equal(expected.Contains((step.Job.Trial, step.Job.Rung + 1)), ladder.IsPromoted(step.Job.Trial, step.Job.Rung)));
        Assert.Equal(steps[^1].GraphSteps, steps.GroupBy(step => step.Job.Trial).Sum(trial => trial.Last().Answer.GraphSteps));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Neither_the_number_of_threads_nor_their_speed_changes_a_step(int threads)
    {
        var objective = new MadeUpErrors(5, 40);
        ImmutableArray<TrialStep> expected = Schedule(objective, 3, 8).Run(objective).Steps;
        for (ulong haste = 0; haste < 5; haste++)
        {
            using var hasty = new UnevenThreads(objective, threads, haste);
            Assert.Equal(expected, Schedule(objective, 3, 8).Run(hasty).Steps);
        }
    }

    [Fact]
    public void A_single_rung_is_every_trial_to_the_end_in_the_order_of_the_list()
    {
        var objective = new MadeUpErrors(1, 30);
        (ImmutableArray<TrialStep> steps, _) = new TrialSchedule { Rungs = [40], Reduction = 4, Costs = [.. Enumerable.Repeat(1.0, 30)], GraphStepsPerEpoch = 10, VirtualWorkers = 4 }.Run(objective.At([40]));
        Assert.Equal(Enumerable.Range(0, 30), steps.Select(step => step.Job.Trial));
    }

    [Fact]
    public void A_budget_is_kept_and_used()
    {
        var objective = new MadeUpErrors(2, 60);
        long whole = Schedule(objective, 3, 8).Run(objective).Steps[^1].GraphSteps, longest = 10 * 22;
        foreach (long budget in new[] { 15, 100, 900, whole - 1, whole + longest })
        {
            ImmutableArray<TrialStep> steps = Schedule(objective, 3, 8, budget).Run(objective).Steps;
            Assert.InRange(steps.Length == 0 ? 0 : steps[^1].GraphSteps, Math.Min(budget, whole) - longest, budget);
        }
    }

    [Fact]
    public void Trials_that_are_certain_begin_whatever_the_answers_are()
    {
        const int Trials = 30;
        foreach (ImmutableArray<int> rungs in (ImmutableArray<int>[])[[40], Rungs])
        {
            foreach (long budget in (long[])[5, 100, 900, 2500, long.MaxValue])
            {
                TrialSchedule Asked(MadeUpErrors objective) => Schedule(objective, 3, 8, budget, rungs);
                int certain = Asked(new MadeUpErrors(1, Trials)).CertainTrials, fewest = Trials;
                for (ulong seed = 1; seed <= 20; seed++)
                {
                    MadeUpErrors objective = new MadeUpErrors(seed, Trials).At(rungs);
                    int[] begun = [.. Asked(objective).Run(objective).Steps.Where(step => step.Job.Rung == 0).Select(step => step.Job.Trial).Order()];
                    Assert.Equal(Enumerable.Range(0, certain), begun.Take(certain));
                    fewest = Math.Min(fewest, begun.Length);
                }

                // As many as there can be, except where trials that go on share the budget.
                Assert.True(fewest == certain || (rungs.Length > 1 && budget < long.MaxValue), $"{rungs.Length} rungs, budget {budget}: {certain} of {fewest}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_planted_best_settings_among_480_is_found_in_a_tenth_of_the_work(ulong seed)
    {
        // Every trial falls towards its own floor like 1/epochs; the planted one has the lowest floor and is not the best at the start.
        const int Planted = 317, Trials = 480, End = 100, GraphsPerEpoch = 140;
        var random = new Philox(seed, 1);
        (double Floor, double Start)[] curves = [.. Enumerable.Range(0, Trials).Select(_ => (0.06 + (0.3 * random.NextDouble()), 0.1 * random.NextDouble()))];
        curves[Planted] = (0.05, 0.05);
        ImmutableArray<int> rungs = new TuningOptions(SearchSpace.Published, TuningStrategy.Asha).Rungs;
        Assert.Equal([2, 8, 32, End], rungs);
        var objective = new Curves(curves, rungs, GraphsPerEpoch);
        ImmutableArray<TrialStep> steps = new TrialSchedule { Rungs = rungs, Reduction = 4, Costs = [.. Enumerable.Repeat(1.0, Trials)], GraphStepsPerEpoch = GraphsPerEpoch }.Run(objective).Steps;
        Assert.Equal(Planted, steps.Where(step => step.Job.Rung == 3).MinBy(step => step.Answer.Error)!.Job.Trial);
        Assert.True(steps[^1].GraphSteps <= 0.1 * Trials * End * GraphsPerEpoch, $"{steps[^1].GraphSteps} graph-steps");
    }

    private static TrialSchedule Schedule(MadeUpErrors objective, int reduction, int workers, long budget = long.MaxValue, ImmutableArray<int>? rungs = null) =>
        new() { Rungs = rungs ?? Rungs, Reduction = reduction, Costs = objective.Costs, GraphStepsPerEpoch = 10, VirtualWorkers = workers, BudgetGraphSteps = budget };

    /// <summary>Algorithm 2 of arXiv 1810.05934 with lists that are searched from the start each time, and workers as a table of when they are free.</summary>
    private static (int Trial, int Rung)[] Simulated(MadeUpErrors objective, int reduction, int workers)
    {
        var results = new List<(int Trial, int Rung)>();
        var begun = new List<(int Trial, int Rung, double End)>();
        double now = 0;
        while (true)
        {
            while (begun.Count - results.Count < workers && Job() is { } job)
            {
                double length = results.Any(done => done.Trial == job.Trial && objective.Answer(job.Trial, done.Rung).IsAtEnd) ? 0 : 10.0 * (Rungs[job.Rung] - (job.Rung == 0 ? 0 : Rungs[job.Rung - 1])) * objective.Costs[job.Trial];
                begun.Add((job.Trial, job.Rung, now + length));
            }

            var waiting = begun.Where(job => !results.Contains((job.Trial, job.Rung))).ToList();
            if (waiting.Count == 0)
            {
                return [.. results];
            }

            (int trial, int rung, now) = waiting.OrderBy(job => job.End).First();
            results.Add((trial, rung));
        }

        (int Trial, int Rung)? Job()
        {
            for (int rung = Rungs.Length - 2; rung >= 0; rung--)
            {
                int[] there = [.. results.Where(done => done.Rung == rung).Select(done => done.Trial)];
                int[] top = [.. there.OrderBy(trial => double.IsNaN(objective.Answer(trial, rung).Error) ? double.MaxValue : objective.Answer(trial, rung).Error).ThenBy(trial => trial).Take(there.Length / reduction)];
                int[] candidates = [.. top.Where(trial => !double.IsNaN(objective.Answer(trial, rung).Error) && !begun.Any(job => job.Trial == trial && job.Rung == rung + 1))];
                if (candidates.Length > 0)
                {
                    return (candidates[0], rung + 1);
                }
            }

            int next = begun.Count(job => job.Rung == 0);
            return next < objective.Costs.Length ? (next, 0) : null;
        }
    }

    /// <summary>Errors by seed: some equal, some not a number, some trials at their end early.</summary>
    private sealed class MadeUpErrors(ulong seed, int trials) : ITrialEvaluator
    {
        private ImmutableArray<int> _rungs = Rungs;

        internal ImmutableArray<double> Costs { get; } = [.. Enumerable.Range(0, trials).Select(trial => 1.0 + new Philox(seed, 1000 + (ulong)trial).NextInt32(5))];

        internal MadeUpErrors At(ImmutableArray<int> rungs) => new(seed, trials) { _rungs = rungs };

        internal TrialAnswer Answer(int trial, int rung)
        {
            // A trial that stopped early at a rung stays what it was there.
            int reached = Enumerable.Range(0, rung).Where(earlier => new Philox(seed, (ulong)((trial * 10) + earlier)).NextInt32(12) == 11).Append(rung).First();
            int draw = new Philox(seed, (ulong)((trial * 10) + reached)).NextInt32(12);
            double error = draw == 0 ? double.NaN : new Philox(seed, (ulong)(5000 + (trial * 10) + reached)).NextInt32(20);
            return new TrialAnswer(error, 10L * _rungs[reached], IsAtEnd: draw is 0 or 11 || rung == _rungs.Length - 1);
        }

        public void Begin(TrialJob job)
        {
        }

        public TrialAnswer Await(TrialJob job) => Answer(job.Trial, job.Rung);
    }

    private sealed class Curves((double Floor, double Start)[] curves, ImmutableArray<int> rungs, int graphs) : ITrialEvaluator
    {
        public void Begin(TrialJob job)
        {
        }

        public TrialAnswer Await(TrialJob job) =>
            new(curves[job.Trial].Floor + (curves[job.Trial].Start / rungs[job.Rung]), (long)graphs * rungs[job.Rung], job.Rung == rungs.Length - 1);
    }

    /// <summary>Threads that take jobs as they come and need a random time for each.</summary>
    private sealed class UnevenThreads(MadeUpErrors objective, int threads, ulong haste) : ITrialEvaluator, IDisposable
    {
        private readonly SemaphoreSlim _places = new(threads);
        private readonly Dictionary<TrialJob, Task<TrialAnswer>> _tasks = [];

        public void Begin(TrialJob job) => _tasks.Add(job, Task.Run(async () =>
        {
            await _places.WaitAsync(TestContext.Current.CancellationToken);
            await Task.Delay(new Philox(haste, (ulong)((job.Trial * 10) + job.Rung)).NextInt32(4), TestContext.Current.CancellationToken);
            _places.Release();
            return objective.Answer(job.Trial, job.Rung);
        }));

        public TrialAnswer Await(TrialJob job) => _tasks[job].GetAwaiter().GetResult();

        public void Dispose() => _places.Dispose();
    }
}
