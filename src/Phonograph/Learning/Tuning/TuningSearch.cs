using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>A search that can begin: what is tried, who decides, and where the trainings of each set lie. Who trains them is asked for with <see cref="Run"/>.</summary>
internal sealed class TuningSearch
{
    private readonly IReadOnlyList<TuningSet> _sets;
    private readonly TuningOptions _options;
    private readonly ImmutableArray<TrainingOptions> _settings;

    /// <summary>Prepares a search; nothing is written.</summary>
    /// <exception cref="InputException">Options cannot be used, or the sets differ in size.</exception>
    internal TuningSearch(IReadOnlyList<TuningSet> sets, TuningOptions options, string workFolder, IProgress<WorkProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        if (sets.Count == 0 || sets.Any(set => set.Data.Training.Length != sets[0].Data.Training.Length || set.Data.Validation.IsEmpty || set.Data.Property != sets[0].Data.Property))
        {
            throw new InputException("The sets of cells must have equally many training cells, at least one validation cell and one property. Draw them together.");
        }

        (_sets, _options, _settings) = (sets, options, options.Settings());
        Stores = [.. sets.Select(set => new TrialStore(TuningFolder.TrainingsIn(workFolder), set, _settings, options))];
        Schedule = ScheduleOf(sets[0], _settings, options);
        Tally = new TuningProgress(Schedule.PlannedGraphSteps * sets.Count, progress);
    }

    /// <summary>Epochs after which trials are judged.</summary>
    internal ImmutableArray<int> Rungs => _options.Rungs;

    /// <summary>Trainings of each set, in the order of the sets.</summary>
    internal ImmutableArray<TrialStore> Stores { get; }

    /// <summary>Who decides; the same for each set.</summary>
    internal TrialSchedule Schedule { get; }

    /// <summary>Graph-steps of all sets together.</summary>
    internal TuningProgress Tally { get; }

    /// <summary>Runs to the end.</summary>
    /// <param name="evaluator">Who does the jobs of a set; disposed of after them where it can be.</param>
    /// <param name="best">Told whenever another trial becomes the best of a set, or its error changes.</param>
    internal TuningResult Run(Func<TrialStore, ITrialEvaluator> evaluator, IProgress<TuningNews>? best) => new(
        _sets[0].Data.Property, _options.Space.Name, [.. _options.Space.Dimensions.Select(dimension => dimension.ToString())], _options.Strategy, _options.Rungs, _options.Reduction,
        _options.BudgetGraphSteps, _options.Seeds, _options.Seed, _options.VirtualWorkers, [.. _sets.Zip(Stores, (set, store) => Tuned(set, store, evaluator(store), best))]);

    private SetTuning Tuned(TuningSet set, TrialStore store, ITrialEvaluator evaluator, IProgress<TuningNews>? best)
    {
        using var end = evaluator as IDisposable;
        var course = new TuningCourse(_settings.Length, _options.Rungs);
        (ImmutableArray<TrialStep> steps, HalvingLadder ladder) = Schedule.Run(evaluator, step =>
        {
            Tally.Tell($"{set.Name}, trial {step.Job.Trial + 1} of {_settings.Length}");
            if (course.Take(step) is { } point)
            {
                best?.Report(new TuningNews(set.Name, _settings[point.Trial - 1], point));
            }
        });
        TrialRecord[] trials = [.. _settings.Select((each, trial) => Record(trial, each, [.. steps.Where(step => step.Job.Trial == trial)], ladder, store, _options))];
        return new SetTuning(
            set.Name, set.Data.Training.Length, set.Data.Validation.Length, trials.Sum(trial => trial.GraphSteps),
            [.. trials.OrderBy(trial => trial.ValidationMeanAbsoluteError ?? double.PositiveInfinity).ThenBy(trial => trial.Outcome).ThenBy(trial => trial.Number)],
            course.Points);
    }

    private static TrialSchedule ScheduleOf(TuningSet set, ImmutableArray<TrainingOptions> settings, TuningOptions options) => new()
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

