namespace Phonograph.Learning.Training;

/// <summary>How the learning rate changes over epochs.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>
    /// It is multiplied by <see cref="TrainingOptions.PlateauFactor"/> whenever the validation loss has not improved for
    /// <see cref="TrainingOptions.PlateauPatience"/> epochs.
    /// </summary>
    ReduceOnPlateau,

    /// <summary>
    /// It rises linearly over <see cref="TrainingOptions.WarmupEpochs"/> and falls along half a cosine to zero at
    /// <see cref="TrainingOptions.Epochs"/>, step by step.
    /// </summary>
    WarmupCosine,
}
