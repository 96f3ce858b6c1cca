namespace Phonograph.Learning.Evaluation;

/// <summary>One predicted number beside its label, in the unit of the property.</summary>
/// <param name="Configuration">Identifier of the configuration.</param>
/// <param name="Scheme">Scheme that drew it: <c>phonon</c> or <c>random</c>.</param>
/// <param name="Set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Label">The label.</param>
/// <param name="Predicted">The prediction.</param>
/// <param name="IsOutsideTrainingRange">True when the structure or the prediction lies outside what the model was trained on.</param>
public sealed record Prediction(string Configuration, string Scheme, string Set, double Label, double Predicted, bool IsOutsideTrainingRange);
