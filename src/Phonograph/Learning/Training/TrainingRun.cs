using Phonograph.Execution;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Training;

/// <summary>How a training runs; nothing here changes the weights that a training ends with.</summary>
public sealed record TrainingRun
{
    /// <summary>Threads; the pool of the process when null.</summary>
    public WorkerPool? Pool { get; init; }

    /// <summary>File that a killed training continues from; null for none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Model file for the weights after the last pass, beside those of the best pass that are returned; null for none.</summary>
    public string? LastModelPath { get; init; }

    /// <summary>CSV file of losses (<see cref="TrainingLog"/>), renewed with each checkpoint and at the end; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>Time between checkpoints. They are written at the end of a pass; zero writes one after every pass.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Stop after this pass as if killed, with a checkpoint; null to go on to the end. The weights so far are returned. The same call with a later
    /// pass or without one continues, and ends with the weights of an undisturbed training.
    /// </summary>
    public int? StopAfterEpoch { get; init; }

    /// <summary>Who is told about passes.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Who is told the losses of each pass.</summary>
    public IProgress<EpochRecord>? Losses { get; init; }

    /// <summary>Stops the training after the pass in hand; a checkpoint is written first.</summary>
    public CancellationToken Cancellation { get; init; }
}
