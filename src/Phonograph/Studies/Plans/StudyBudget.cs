using System.Collections.Immutable;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;

namespace Phonograph.Studies.Plans;

/// <summary>How much a study may spend.</summary>
public enum StudyBudget
{
    /// <summary>The settings as they stand: minutes on two cores for the shipped labels.</summary>
    Default,

    /// <summary>One draw of fewer passes, to see the report.</summary>
    Quick,

    /// <summary>More draws and more points of the learning curve.</summary>
    Full,
}

/// <summary>Settings of a study that says nothing else, and what a budget changes when a study does not say it itself.</summary>
public static class StudyBudgets
{
    /// <summary>
    /// The settings of a study that names no architecture: <see cref="TrainingOptions.Recommended"/>; the defaults of the learned Hamiltonian are the lowest of 'phonograph study --select-hamiltonian' on the shipped labels.
    /// </summary>
    /// <param name="dataFiles">Labelled cells.</param>
    /// <param name="cacheFolder">Folder of trained models.</param>
    public static StudyOptions Default(ImmutableArray<string> dataFiles, string cacheFolder) => new()
    {
        DataFiles = dataFiles,
        CacheFolder = cacheFolder,
        Training = TrainingOptions.Recommended,
        Hamiltonian = new HamiltonianOptions(),
    };

    /// <summary>What the settings of a named architecture begin from: width, learning rate and length of the published model in the shipped study.</summary>
    public static TrainingOptions Named { get; } = new() { Model = "m6", Hidden = 128, LearningRate = 1e-3, BatchSize = 32, Epochs = 200, Patience = 40 };

    /// <summary>A study within a budget.</summary>
    /// <param name="options">The study.</param>
    /// <param name="budget">The budget.</param>
    public static StudyOptions Within(StudyOptions options, StudyBudget budget)
    {
        ArgumentNullException.ThrowIfNull(options);
        return budget switch
        {
            StudyBudget.Quick => options with
            {
                Draws = 1,
                LearningCurveShares = [0.25, 1],
                Hamiltonian = null,
                Training = options.Training.Lasting(40) with { Hidden = 32, Patience = 15 },
                Notice = "A quick run: one training draw and few passes. Intervals cover the test cells only; run 'phonograph study' for the numbers.",
            },
            StudyBudget.Full => options with { Draws = 10, LearningCurveShares = [0.0625, 0.125, 0.1875, 0.25, 0.375, 0.5, 0.75, 1] },
            _ => options,
        };
    }
}
