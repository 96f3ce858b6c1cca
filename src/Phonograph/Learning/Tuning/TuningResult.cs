using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>A finished search: how it was done, and what each set of cells gave. It holds no times, and is the same for any number of threads.</summary>
/// <param name="Property">What was learned; errors are in its unit.</param>
/// <param name="Space">Name of the space.</param>
/// <param name="Dimensions">Hyper-parameters of the space with their values, as in a file.</param>
/// <param name="Strategy">How it was searched.</param>
/// <param name="RungEpochs">Epochs after which trials were judged; the last is the end of a training.</param>
/// <param name="Reduction">η of successive halving.</param>
/// <param name="BudgetGraphSteps">Most graph-steps of each set; null for no limit.</param>
/// <param name="Seeds">Trainings of each settings.</param>
/// <param name="Seed">Seed of the list of settings.</param>
/// <param name="VirtualWorkers">Workers of the virtual time.</param>
/// <param name="Sets">Sets of cells, each with the same list of settings and the same budget.</param>
public sealed record TuningResult(
    Property Property,
    string Space,
    ImmutableArray<string> Dimensions,
    TuningStrategy Strategy,
    ImmutableArray<int> RungEpochs,
    int Reduction,
    long? BudgetGraphSteps,
    int Seeds,
    ulong Seed,
    int VirtualWorkers,
    ImmutableArray<SetTuning> Sets);

/// <summary>What a search gave for one set of cells.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="TrainingSize">Training cells.</param>
/// <param name="ValidationSize">Validation cells.</param>
/// <param name="GraphSteps">Training graphs × epochs of all trials.</param>
/// <param name="Trials">All trials, the lowest validation error first, then those that diverged, then those that did not begin.</param>
/// <param name="Course">The best trial after each step that changed it.</param>
public sealed record SetTuning(string Name, int TrainingSize, int ValidationSize, long GraphSteps, ImmutableArray<TrialRecord> Trials, ImmutableArray<TuningPoint> Course)
{
    /// <summary>The trial with the lowest validation error; null when every trial diverged.</summary>
    public TrialRecord? Best => Trials.FirstOrDefault() is { ValidationMeanAbsoluteError: not null } best ? best : null;
}

/// <summary>Why a trial has no more epochs.</summary>
public enum TrialOutcome
{
    /// <summary>It went to the end of its training.</summary>
    Finished,

    /// <summary>All its trainings stopped because the validation loss did not fall any more.</summary>
    StoppedEarly,

    /// <summary>Others were better at its last rung, or the budget was used up.</summary>
    NotPromoted,

    /// <summary>A loss was not a finite number.</summary>
    Diverged,

    /// <summary>The budget was used up before it.</summary>
    NotBegun,
}

/// <summary>One settings and what came of it.</summary>
/// <param name="Number">Number in the list of settings, from 1.</param>
/// <param name="Settings">The settings, with the seed of the first training.</param>
/// <param name="ValidationMeanAbsoluteError">Mean absolute error on the validation cells of the weights that would be kept (those of the lowest validation loss), mean over the seeds, in the unit of the property; null without one.</param>
/// <param name="GraphSteps">Training graphs × epochs, over the seeds.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Rungs">Its judgements.</param>
/// <param name="Trainings">Its trainings, by seed.</param>
public sealed record TrialRecord(
    int Number, TrainingOptions Settings, double? ValidationMeanAbsoluteError, long GraphSteps, TrialOutcome Outcome, ImmutableArray<TrialRung> Rungs, ImmutableArray<TrialTraining> Trainings)
{
    /// <summary>Epochs of the longest of its trainings.</summary>
    public int Epochs => Trainings.Select(training => training.Epochs).DefaultIfEmpty(0).Max();
}

/// <summary>A judgement of a trial.</summary>
/// <param name="Epochs">Epochs of the rung.</param>
/// <param name="ValidationMeanAbsoluteError">Error at the rung, in the unit of the property; null for a diverged trial.</param>
/// <param name="IsPromoted">Whether it went on from here.</param>
public sealed record TrialRung(int Epochs, double? ValidationMeanAbsoluteError, bool IsPromoted);

/// <summary>One training of a trial.</summary>
/// <param name="Seed">Seed of weights, shuffles and dropout.</param>
/// <param name="Epochs">Passes made; for a diverged training the pass that diverged.</param>
/// <param name="BestEpoch">Pass with the lowest validation loss; 0 for a diverged training.</param>
/// <param name="ValidationMeanAbsoluteError">Error of the weights of that pass, in the unit of the property; null for a diverged training.</param>
/// <param name="IsAtEnd">Whether more passes would change nothing.</param>
public sealed record TrialTraining(ulong Seed, int Epochs, int BestEpoch, double? ValidationMeanAbsoluteError, bool IsAtEnd);

/// <summary>The best trial from some moment on.</summary>
/// <param name="GraphSteps">Graph-steps of all trials up to here.</param>
/// <param name="Trial">Number of the best trial.</param>
/// <param name="Epochs">Epochs of the rung it has reached.</param>
/// <param name="ValidationMeanAbsoluteError">Its error, in the unit of the property.</param>
public sealed record TuningPoint(long GraphSteps, int Trial, int Epochs, double ValidationMeanAbsoluteError);
