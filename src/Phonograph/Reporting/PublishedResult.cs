using Phonograph.Datasets;

namespace Phonograph.Reporting;

/// <summary>A number from the literature that the study is set beside.</summary>
/// <param name="Source">Where it stands, for example <c>arXiv 2511.15222</c>.</param>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">Model, in the words a reader needs.</param>
/// <param name="Remark">What makes it another thing than the numbers beside it: level, compounds, pre-training.</param>
/// <param name="TrainingSize">Number of training configurations; null where it is not said.</param>
/// <param name="MeanAbsoluteError">Mean absolute error, in the unit of the property.</param>
/// <param name="LabelSpread">Standard deviation of its test labels, in the unit of the property; null where it is not said.</param>
/// <param name="RSquared">Coefficient of determination; null where it is not said.</param>
public sealed record PublishedResult(string Source, Property Property, string Model, string Remark, int? TrainingSize, double MeanAbsoluteError, double? LabelSpread, double? RSquared);
