using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>How settings are searched.</summary>
public enum TuningStrategy
{
    /// <summary>Every combination of the lists, each trained to the end.</summary>
    Grid,

    /// <summary>Random settings, each trained to the end.</summary>
    Random,

    /// <summary>Random settings trained a little; the best of them go on (asynchronous successive halving, L. Li et al., arXiv 1810.05934).</summary>
    Asha,
}

/// <summary>Everything that, together with the data, decides the table of trials.</summary>
/// <param name="Space">What may be tried.</param>
/// <param name="Strategy">How it is searched.</param>
public sealed record TuningOptions(SearchSpace Space, TuningStrategy Strategy)
{
    /// <summary>Number of settings to try; null for all of a space of lists.</summary>
    public int? Trials { get; init; }

    /// <summary>Most graph-steps (training graphs × epochs, over all trials of one set); null for no limit. A trial that would exceed it does not begin or go on.</summary>
    public long? BudgetGraphSteps { get; init; }

    /// <summary>Epochs of a training that goes to its end.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Epochs without a better validation loss before a training stops early.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>Epochs before the first judgement of successive halving; null for the number that gives four judgements.</summary>
    public int? FirstRungEpochs { get; init; }

    /// <summary>η of successive halving: one in so many goes on, to so many times the epochs.</summary>
    public int Reduction { get; init; } = 4;

    /// <summary>Trainings of each settings, with seeds that follow each other; settings are judged by the mean of their validation errors.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Seed of weights, shuffles and dropout of the first training of each settings.</summary>
    public ulong TrainingSeed { get; init; } = 1;

    /// <summary>Seed of the list of settings.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Workers of the virtual time in which successive halving decides (<see cref="TrialSchedule"/>). They are part of the method and change the trials;
    /// the number of threads does not.
    /// </summary>
    public int VirtualWorkers { get; init; } = 8;

    /// <summary>Epochs after which trials are judged, rising; the last is the end of a training. Only the end, except for successive halving.</summary>
    public ImmutableArray<int> Rungs
    {
        get
        {
            if (Strategy != TuningStrategy.Asha)
            {
                return [Epochs];
            }

            var rungs = ImmutableArray.CreateBuilder<int>();
            for (long epochs = FirstRung; epochs < Epochs; epochs *= Reduction)
            {
                rungs.Add((int)epochs);
            }

            rungs.Add(Epochs);
            return rungs.ToImmutable();
        }
    }

    private int FirstRung => FirstRungEpochs ?? Math.Max(1, (int)Math.Round(Epochs / Math.Pow(Reduction, 3)));

    /// <summary>The settings that are tried, the same for every set of cells; each with the first training seed.</summary>
    /// <exception cref="InputException">The space has ranges and the number of trials is not given, or it has too few settings.</exception>
    public ImmutableArray<TrainingOptions> Settings()
    {
        var shared = new TrainingOptions { Epochs = Epochs, Patience = Patience, Seed = TrainingSeed };
        if (Strategy == TuningStrategy.Grid)
        {
            return Trials is null ? Space.Grid(shared) : throw new InputException("--trials: a grid tries all its settings. Leave --trials out, or choose --strategy random or asha.");
        }

        int count = Trials ?? (Space.IsFinite
            ? Space.Grid(shared).Length
            : throw new InputException($"--trials: found nothing; expected how many settings to draw, because {Space.Name} has ranges."));
        return Space.Draw(shared, count, Seed);
    }

    /// <summary>Checks every value.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="InputException">A value is out of its range; the message names it.</exception>
    public TuningOptions Validated()
    {
        Require(Trials is null or >= 1, "--trials", Trials, "1 or more");
        Require(BudgetGraphSteps is null or >= 1, "--budget", BudgetGraphSteps, "a positive number of graph-steps");
        Require(Epochs is >= 1 and <= 1_000_000, "--epochs", Epochs, "1 to 1000000");
        Require(Patience >= 1, "--patience", Patience, "1 or more");
        Require(FirstRungEpochs is null || Strategy == TuningStrategy.Asha, "--first-rung", FirstRungEpochs, "it only with --strategy asha");
        Require(FirstRungEpochs is null || (FirstRungEpochs >= 1 && FirstRungEpochs <= Epochs), "--first-rung", FirstRungEpochs, "1 to the number of epochs");
        Require(Reduction is >= 2 and <= 100, "--reduction", Reduction, "2 to 100; 3 or 4 is usual");
        Require(Seeds is >= 1 and <= 100, "--seeds", Seeds, "1 to 100");
        Require(VirtualWorkers is >= 1 and <= 1024, "--virtual-workers", VirtualWorkers, "1 to 1024");
        return this;
    }

    private static void Require(bool condition, string option, long? found, string expected)
    {
        if (!condition)
        {
            throw new InputException($"{option} {found}: expected {expected}.");
        }
    }
}
