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
}
