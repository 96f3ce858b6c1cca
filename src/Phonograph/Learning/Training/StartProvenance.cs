namespace Phonograph.Learning.Training;

/// <summary>The model that a fine-tuning began from, as the fine-tuned model states it.</summary>
/// <param name="Sha256">Hexadecimal SHA-256 of the model file.</param>
/// <param name="Fingerprint">Fingerprint of its training.</param>
/// <param name="Engine">Program that computed its labels.</param>
/// <param name="Level">Level of theory of its labels.</param>
/// <param name="TrainingSize">Number of its training configurations.</param>
/// <param name="ValidationLoss">Loss of its weights on the validation data of the fine-tuning, before the first step; null without validation data.</param>
/// <param name="ValidationMeanAbsoluteError">The mean absolute error that belongs to it, in the unit of the first property.</param>
public sealed record StartProvenance(
    string Sha256, string Fingerprint, string Engine, string Level, int TrainingSize, double? ValidationLoss, double? ValidationMeanAbsoluteError);
