namespace Phonograph.Learning.Training;

/// <summary>What one pass over the training data did.</summary>
/// <param name="Epoch">Number of the pass, from 1.</param>
/// <param name="TrainingLoss">Mean square error of the scaled targets over the steps of the pass, with dropout and batch statistics.</param>
/// <param name="ValidationLoss">Mean square error of the scaled targets on the validation data after the pass; NaN without validation data.</param>
/// <param name="ValidationMeanAbsoluteError">Mean absolute error on the validation data, in the unit of the property; of the first property where there are several.</param>
/// <param name="LearningRate">Learning rate of the first step of the pass.</param>
public sealed record EpochRecord(int Epoch, double TrainingLoss, double ValidationLoss, double ValidationMeanAbsoluteError, double LearningRate);
