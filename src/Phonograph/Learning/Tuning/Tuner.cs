using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>
/// Searches settings for one or several sets of cells, each with the same list of settings, the same rungs and the same budget. Settings are judged by validation cells alone.
/// Data, options and training code decide every number; threads, speed, kills and continuations do not (<see cref="TrialSchedule"/> says why).
/// </summary>
public static class Tuner
{
    /// <summary>Searches, or continues what an earlier call with the same options left in the work folder.</summary>
    /// <param name="sets">Sets of cells of equal sizes, one property and one cutoff.</param>
    /// <param name="options">What is searched, and how.</param>
    /// <param name="workFolder">Folder of checkpoints; made when missing.</param>
    /// <param name="threads">Trainings at the same time, each on one thread; the number of processors when null. It changes no number.</param>
    /// <param name="progress">Told about graph-steps of all sets together.</param>
    /// <param name="best">Told whenever another trial becomes the best of a set, or its error changes.</param>
    /// <param name="cancellation">Stops after the passes in hand; the same call continues.</param>
    /// <exception cref="InputException">Options cannot be used, the sets differ in size, or the folder belongs to another search.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static TuningResult Run(
        IReadOnlyList<TuningSet> sets, TuningOptions options, string workFolder, int? threads = null, IProgress<WorkProgress>? progress = null, IProgress<TuningNews>? best = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        if (sets.Count == 0 || sets.Any(set => set.Data.Training.Length != sets[0].Data.Training.Length || set.Data.Validation.IsEmpty || set.Data.Property != sets[0].Data.Property))
        {
            throw new InputException("The sets of cells must have equally many training cells, at least one validation cell and one property. Draw them together.");
        }

        ImmutableArray<TrainingOptions> settings = options.Settings();
        using var folder = TuningFolder.Open(workFolder, sets, options);
        TrialSchedule schedule = Schedule(sets[0], settings, options);
        var tally = new TuningProgress(schedule.PlannedGraphSteps * sets.Count, progress);
        var result = new TuningResult(
            sets[0].Data.Property, options.Space.Name, [.. options.Space.Dimensions.Select(dimension => dimension.ToString())], options.Strategy, options.Rungs, options.Reduction,
            options.BudgetGraphSteps, options.Seeds, options.Seed, options.VirtualWorkers, [.. sets.Select(Tuned)]);
        folder.DeleteCheckpoints();
        return result;

        SetTuning Tuned(TuningSet set)
        {
            var store = new TrialStore(folder.Trainings, set, settings, options);
            int count = Math.Clamp(threads ?? Environment.ProcessorCount, 1, Math.Min(options.VirtualWorkers, settings.Length));
            using var workers = new TrialWorkers(count, (job, pool, stop) => store.Evaluate(job.Trial, options.Rungs[job.Rung], pool, tally.Add, stop), cancellation);
            var course = new TuningCourse(settings.Length, options.Rungs);
            (ImmutableArray<TrialStep> steps, HalvingLadder ladder) = schedule.Run(workers, step =>
            {
                tally.Tell($"{set.Name}, trial {step.Job.Trial + 1} of {settings.Length}");
                if (course.Take(step) is { } point)
                {
                    best?.Report(new TuningNews(set.Name, settings[point.Trial - 1], point));
                }
            });
            TrialRecord[] trials = [.. settings.Select((each, trial) => Record(trial, each, [.. steps.Where(step => step.Job.Trial == trial)], ladder, store, options))];
            return new SetTuning(
                set.Name, set.Data.Training.Length, set.Data.Validation.Length, trials.Sum(trial => trial.GraphSteps),
                [.. trials.OrderBy(trial => trial.ValidationMeanAbsoluteError ?? double.PositiveInfinity).ThenBy(trial => trial.Outcome).ThenBy(trial => trial.Number)],
                course.Points);
        }
    }

    private static TrialSchedule Schedule(TuningSet set, ImmutableArray<TrainingOptions> settings, TuningOptions options) => new()
    {
        Rungs = options.Rungs,
        Reduction = options.Reduction,
        // The work of a graph-step is nearly that of its matrix products, and so goes with the number of weights.
        Costs = [.. settings.Select(each => (double)GraphNetworks.Create<float>(each.Network(set.Data.Graph.CutoffAngstrom), seed: 0).ParameterCount)],
        GraphStepsPerEpoch = (long)set.Data.Training.Length * options.Seeds,
        VirtualWorkers = options.VirtualWorkers,
        BudgetGraphSteps = options.BudgetGraphSteps ?? long.MaxValue,
    };

    private static TrialRecord Record(int trial, TrainingOptions settings, TrialStep[] steps, HalvingLadder ladder, TrialStore store, TuningOptions options)
    {
        if (steps.Length == 0)
        {
            return new TrialRecord(trial + 1, settings, null, 0, TrialOutcome.NotBegun, [], []);
        }

        int last = steps[^1].Job.Rung;
        ImmutableArray<TrialTraining> trainings = store.Trainings(trial, options.Rungs[last]);
        double? error = TrialStore.Error(trainings);
        TrialOutcome outcome = error is null ? TrialOutcome.Diverged
            : trainings.All(training => training.Epochs >= options.Epochs) ? TrialOutcome.Finished
            : trainings.All(training => training.IsAtEnd) ? TrialOutcome.StoppedEarly
            : last == options.Rungs.Length - 1 ? TrialOutcome.Finished
            : TrialOutcome.NotPromoted;
        return new TrialRecord(
            trial + 1, settings, error, steps[^1].Answer.GraphSteps, outcome,
            [.. steps.Select(step => new TrialRung(options.Rungs[step.Job.Rung], double.IsFinite(step.Answer.Error) ? step.Answer.Error : null, ladder.IsPromoted(trial, step.Job.Rung)))],
            trainings);
    }
}

/// <summary>A trial has become the best of its set, or its error has changed.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Settings">Settings of the trial.</param>
/// <param name="Point">Its number, epochs and error.</param>
public sealed record TuningNews(string Set, TrainingOptions Settings, TuningPoint Point);
