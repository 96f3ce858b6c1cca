using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Mean absolute error of one kind of training data minus that of another, on the same test cells.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="TestedOn">Kind of test data.</param>
/// <param name="TrainedOn">First kind of training data.</param>
/// <param name="ComparedWith">Second kind of training data.</param>
/// <param name="TrainingSize">Number of training configurations of both.</param>
/// <param name="Difference">Mean absolute error of the first minus that of the second, in the unit of the property; negative when the first is better.</param>
/// <param name="AdjustedPValue">Two-sided p-value of no difference, corrected for the number of properties tested on the same cells.</param>
/// <param name="Method">What the interval covers, for example <c>bootstrap over training draws and test cells</c>.</param>
public sealed record PairedComparison(
    Property Property,
    string TestedOn,
    string TrainedOn,
    string ComparedWith,
    int TrainingSize,
    Interval Difference,
    double AdjustedPValue,
    string Method)
{
    /// <summary>True when the p-value, corrected for the number of properties, is below 5 %.</summary>
    public bool IsDecided => AdjustedPValue < 0.05;
}
