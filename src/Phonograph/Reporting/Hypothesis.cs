namespace Phonograph.Reporting;

/// <summary>
/// Something that was written down before the labels existed, in a form that the errors on test cells can answer: either that one kind of training data has the lower error than another, or that a model loses a share of its R² on other cells.
/// </summary>
/// <param name="Name">Short name, for example <c>H1</c>.</param>
/// <param name="Claim">The sentence as it was written.</param>
/// <param name="TrainedOn">Kind of training data that it speaks of.</param>
/// <param name="ComparedWith">Kind of training data whose error is said to be higher; null where a loss is claimed.</param>
/// <param name="TestedOn">Kind of test cells.</param>
/// <param name="LosesShare">Share of the R² on its own kind of test cells that is said to be lost, 0 to 1; null where two kinds of training data are compared.</param>
public sealed record Hypothesis(string Name, string Claim, string TrainedOn, string? ComparedWith, string TestedOn, double? LosesShare);
