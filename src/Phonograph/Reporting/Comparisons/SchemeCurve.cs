using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Comparisons;

/// <summary>Error of one model trained on one scheme against the number of training cells, on one test set; smaller sets are part of larger ones of the same draw.</summary>
/// <param name="Curve">Points with every draw.</param>
/// <param name="Spread">Spread of the test labels, in the unit of the property.</param>
/// <param name="Fit">Power laws; null with fewer than two sizes, or where an error is zero.</param>
/// <param name="SizeAtRegisteredShare">Cells at which the error is <see cref="RegisteredShare"/> of the spread; null without a fit.</param>
public sealed record SchemeCurve(LearningCurve Curve, double Spread, CurveFit? Fit, SizeEstimate? SizeAtRegisteredShare)
{
    /// <summary>The share of the label spread whose number of cells is asked for.</summary>
    public const double RegisteredShare = 0.3;

    /// <summary>Fits the power laws of a curve.</summary>
    /// <param name="curve">Points with every draw.</param>
    /// <param name="spread">Spread of the test labels, in the unit of the property.</param>
    /// <param name="confidence">Probability that intervals aim at.</param>
    internal static SchemeCurve Of(LearningCurve curve, double spread, double confidence = 0.95)
    {
        ImmutableArray<LearningCurvePoint> points = curve.Points;
        bool isPositive = points.All(point => point.MeanAbsoluteErrors.All(error => error > 0 && double.IsFinite(error)));
        CurveFit? fit = points.Length < 2 || !isPositive
            ? null
            : CurveFit.Of(
                [.. points.Select(point => point.TrainingSize)],
                [.. Enumerable.Range(0, points[0].MeanAbsoluteErrors.Length).Select(draw => points.Select(point => point.MeanAbsoluteErrors[draw]).ToArray())], confidence);
        return new SchemeCurve(curve, spread, fit, fit is null || !(spread > 0) ? null : fit.SizeAt(RegisteredShare * spread, confidence));
    }
}

/// <summary>Labels that one scheme saves against another at equal error.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">Name of the compared model.</param>
/// <param name="TestedOn">Test set.</param>
/// <param name="First">The scheme that may save labels.</param>
/// <param name="Second">The scheme it is compared with.</param>
/// <param name="Saving">Error, sizes and their ratio.</param>
public sealed record SchemeSaving(Property Property, string Model, string TestedOn, string First, string Second, LabelSaving Saving);
