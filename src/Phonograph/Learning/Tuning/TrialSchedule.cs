using System.Collections.Immutable;

namespace Phonograph.Learning.Tuning;

/// <summary>Training one trial up to a rung.</summary>
/// <param name="Trial">Number of the trial, from 0.</param>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="VirtualEnd">When it ends in virtual time; jobs that end sooner are wanted sooner.</param>
public sealed record TrialJob(int Trial, int Rung, double VirtualEnd);

/// <summary>What a trial has come to at a rung.</summary>
/// <param name="Error">Validation error, to be small; not finite when the training diverged.</param>
/// <param name="GraphSteps">Training graphs × epochs of the trial so far, over its seeds.</param>
/// <param name="IsAtEnd">True when more epochs would change nothing: the last rung, an early stop, or divergence.</param>
public readonly record struct TrialAnswer(double Error, long GraphSteps, bool IsAtEnd);

/// <summary>Does the jobs of a schedule, in any order and on any number of threads.</summary>
public interface ITrialEvaluator
{
    /// <summary>Takes a job; does not wait for it.</summary>
    void Begin(TrialJob job);

    /// <summary>Waits for a job that was begun.</summary>
    TrialAnswer Await(TrialJob job);
}

/// <summary>A job that is done, in the order of virtual time.</summary>
/// <param name="Job">The job.</param>
/// <param name="Answer">What came out.</param>
/// <param name="GraphSteps">Graph-steps of all trials so far.</param>
public sealed record TrialStep(TrialJob Job, TrialAnswer Answer, long GraphSteps);

/// <summary>
/// Decides which trial is trained when. Decisions depend on which results are known, and on real threads that would depend on their number and on
/// the machine. So they fall in a virtual time: a fixed number of virtual workers, each busy with a job for as long as its planned graph-steps times the cost of its settings; a worker that becomes free
/// sees the results of the jobs that have ended in virtual time, and no others. Real threads merely compute the jobs. The steps are therefore the same for any number of
/// threads, for any speed, and after a kill, and follow from the answers alone.
/// </summary>
public sealed class TrialSchedule
{
    /// <summary>Rungs in epochs, rising.</summary>
    public required ImmutableArray<int> Rungs { get; init; }

    /// <summary>η of successive halving.</summary>
    public required int Reduction { get; init; }

    /// <summary>Cost of a graph-step of each trial, in any unit; its length is the number of trials.</summary>
    public required ImmutableArray<double> Costs { get; init; }

    /// <summary>Graph-steps of an epoch of a trial.</summary>
    public required long GraphStepsPerEpoch { get; init; }

    /// <summary>Number of virtual workers.</summary>
    public int VirtualWorkers { get; init; } = 8;

    /// <summary>Most graph-steps; a job that could exceed them does not begin.</summary>
    public long BudgetGraphSteps { get; init; } = long.MaxValue;

    /// <summary>Graph-steps when every trial goes to its end, or as many as synchronous successive halving lets; for progress.</summary>
    public long PlannedGraphSteps
    {
        get
        {
            long sum = 0, trials = Costs.Length;
            for (int rung = 0; rung < Rungs.Length; rung++, trials /= Reduction)
            {
                sum += trials * Planned(rung);
            }

            return Math.Min(sum, BudgetGraphSteps);
        }
    }

    /// <summary>So many trials, from the first on, are trained up to the first rung whatever the answers are: without a budget all of them. Who can do many jobs at once need not wait until they begin.</summary>
    public int CertainTrials
    {
        get
        {
            // With a budget, trials that go on from a rung compete with those that have not begun.
            int most = Rungs.Length == 1 || BudgetGraphSteps == long.MaxValue ? Costs.Length : Math.Min(VirtualWorkers, Costs.Length);
            return (int)Math.Min(most, BudgetGraphSteps / Planned(0));
        }
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="evaluator">Who does the jobs.</param>
    /// <param name="progress">Told about each step, in their order.</param>
    /// <returns>The steps, and the decisions.</returns>
    public (ImmutableArray<TrialStep> Steps, HalvingLadder Ladder) Run(ITrialEvaluator evaluator, Action<TrialStep>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        var ladder = new HalvingLadder(Rungs.Length, Reduction, Costs.Length);
        var steps = ImmutableArray.CreateBuilder<TrialStep>();
        var answers = new TrialAnswer[Costs.Length];
        var running = new PriorityQueue<(TrialJob Job, long Planned), (double End, long Order)>();
        double now = 0;
        long used = 0, reserved = 0, order = 0;
        while (true)
        {
            while (running.Count < VirtualWorkers && ladder.Next() is { } next)
            {
                long planned = answers[next.Trial].IsAtEnd ? 0 : Planned(next.Rung);
                if (used + reserved + planned > BudgetGraphSteps)
                {
                    break;
                }

                var job = new TrialJob(next.Trial, next.Rung, now + (planned * Costs[next.Trial]));
                ladder.Begin(next.Trial, next.Rung);
                evaluator.Begin(job);
                running.Enqueue((job, planned), (job.VirtualEnd, order++));
                reserved += planned;
            }

            if (!running.TryDequeue(out (TrialJob Job, long Planned) done, out _))
            {
                return (steps.ToImmutable(), ladder);
            }

            now = done.Job.VirtualEnd;
            TrialAnswer answer = evaluator.Await(done.Job);
            used += answer.GraphSteps - answers[done.Job.Trial].GraphSteps;
            reserved -= done.Planned;
            answers[done.Job.Trial] = answer;
            ladder.Judge(done.Job.Trial, done.Job.Rung, answer.Error);
            steps.Add(new TrialStep(done.Job, answer, used));
            progress?.Invoke(steps[^1]);
        }
    }

    private long Planned(int rung) => GraphStepsPerEpoch * (Rungs[rung] - (rung == 0 ? 0 : Rungs[rung - 1]));
}
