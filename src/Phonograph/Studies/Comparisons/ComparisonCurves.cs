using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Comparisons;

/// <summary>Learning curves of a comparison with their power laws.</summary>
internal static class ComparisonCurves
{
    internal static SchemeCurve Of(
        Property property, string model, string scheme, TestSet tested, ImmutableArray<int> sizes, Func<int, ImmutableArray<ImmutableArray<Prediction>>> draws, BootstrapOptions bootstrap)
    {
        var points = ImmutableArray.CreateBuilder<LearningCurvePoint>(sizes.Length);
        double spread = double.NaN;
        foreach (int size in sizes)
        {
            ImmutableArray<ImmutableArray<Prediction>> repeats = draws(size);
            ErrorMetrics[] each = [.. repeats.Select(repeat => ErrorMetrics.Of(repeat))];
            MetricIntervals intervals = Bootstrap.Of([.. repeats.Select(repeat => (IReadOnlyCollection<Prediction>)repeat)], bootstrap, tested.Blocks);
            points.Add(new LearningCurvePoint(size, [.. each.Select(metrics => metrics.MeanAbsoluteError)], [.. each.Select(metrics => metrics.RSquared)], intervals.MeanAbsoluteError, intervals.RSquared));
            spread = each[0].LabelStandardDeviation;
        }

        return SchemeCurve.Of(new LearningCurve(property, model, scheme, tested.Name, points.ToImmutable()), spread, bootstrap.Confidence);
    }

    /// <summary>Labels that the first scheme of each pair saves against the second.</summary>
    internal static ImmutableArray<SchemeSaving> Savings(ImmutableArray<SchemeCurve> curves, ImmutableArray<SchemePair> pairs) =>
    [
        .. from place in curves.GroupBy(each => (each.Curve.Property, each.Curve.Model, each.Curve.TestedOn))
           from pair in pairs
           let first = place.Single(each => each.Curve.TrainedOn == pair.First).Fit
           let second = place.Single(each => each.Curve.TrainedOn == pair.Second).Fit
           where first is not null && second is not null
           select new SchemeSaving(place.Key.Property, place.Key.Model, place.Key.TestedOn, pair.First, pair.Second, LabelSaving.Of(first, second)),
    ];
}
