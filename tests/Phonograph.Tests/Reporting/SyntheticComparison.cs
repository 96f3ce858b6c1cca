using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Tests.Reporting;

/// <summary>A comparison of schemes with made-up numbers, and its rows.</summary>
internal static class SyntheticComparison
{
    internal const string Frames = "dynamics 300 K";

    internal static ComparisonResult Create(params SchemeHypothesis[] hypotheses) => new()
    {
        Design = new ComparisonDesign("AgX", "none", "made up", true, ["phonon", "uniform"], 8, 2, 2, 1, 100, "", null, 0, false, [], "", "0", "none", []),
        Hypotheses = [.. hypotheses],
    };

    internal static SchemeDifference Difference(string first, string second, double difference, double p) => new(
        DifferenceFamily.Pair, "all of it", Property.BandGap, Frames, new TrainedWay("m6", first), new TrainedWay("m6", second), 8,
        new ErrorDifference(0.1 + difference, 0.1, new Interval(difference, difference - 0.01, difference + 0.01), p, new Interval(1, 0.9, 1.1), new Interval(difference, difference - 0.02, difference + 0.02), p, 1), p, p, 1);

    internal static SchemeError Error(string model, string scheme, double error) => new(
        new MetricRecord(Property.BandGap, model, scheme, Frames, 8, 20, new Interval(0.1, 0.1, 0.1), new Interval(error, error, error), default, default, default), default, 5);
}
