namespace Phonograph.Learning.Evaluation;

/// <summary>A number with the ends of its 95 % confidence interval, all in the same unit.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Value, double Low, double High);
