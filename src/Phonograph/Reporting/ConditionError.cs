using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Errors of a reported model on the test cells of one scheme and temperature or width.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="TrainedOn">Kind of training data.</param>
/// <param name="Scheme">Kind of test data.</param>
/// <param name="TemperatureKelvin">Temperature of the test cells, K, or null.</param>
/// <param name="WidthAngstrom">Width of the test cells, Å, or null.</param>
/// <param name="Count">Number of test cells.</param>
/// <param name="LabelSpread">Standard deviation of their labels.</param>
/// <param name="MeanAbsoluteError">Mean absolute error, bootstrap over the cells, frames of molecular dynamics in blocks.</param>
/// <param name="ErrorOverSpread">Mean absolute error over label spread, with the interval of the error scaled alike.</param>
/// <param name="RSquared">Coefficient of determination.</param>
internal sealed record ConditionError(
    Property Property,
    string TrainedOn,
    string Scheme,
    double? TemperatureKelvin,
    double? WidthAngstrom,
    int Count,
    double LabelSpread,
    Interval MeanAbsoluteError,
    Interval ErrorOverSpread,
    double RSquared)
{
    private const int Resamples = 1000;

    /// <summary>All of them, in the order of properties, training data, schemes and conditions.</summary>
    internal static IEnumerable<ConditionError> All(StudyView view)
    {
        foreach (Property property in Property.All)
        {
            foreach (PropertyPredictions table in view.TrainingKinds.Select(kind => view.Predictions(property, kind)).OfType<PropertyPredictions>())
            {
                var groups = table.Predictions
                    .Where(p => p.Set == "test" && double.IsFinite(p.Label) && double.IsFinite(p.Predicted))
                    .Select(p => (Prediction: p, Row: view.Configuration(p.Configuration)))
                    .Where(pair => pair.Row is { } row && (row.TemperatureKelvin is not null || row.WidthAngstrom is not null))
                    .GroupBy(pair => (pair.Prediction.Scheme, pair.Row!.TemperatureKelvin, pair.Row.WidthAngstrom))
                    .OrderBy(group => StudyView.Place(group.Key.Scheme)).ThenBy(group => group.Key.Scheme, StringComparer.Ordinal).ThenBy(group => group.Key.TemperatureKelvin ?? 0).ThenBy(group => group.Key.WidthAngstrom ?? 0);
                foreach (var group in groups)
                {
                    yield return Of(view.Result.Provenance.Seed, property, table.TrainedOn, group.Key.Scheme, group.Key.TemperatureKelvin, group.Key.WidthAngstrom, [.. group.Select(pair => pair.Prediction)],
                        group.Where(pair => pair.Row!.Block is not null).ToDictionary(pair => pair.Prediction.Configuration, pair => pair.Row!.Block!, StringComparer.Ordinal));
                }
            }
        }
    }

    private static ConditionError Of(ulong seed, Property property, string trainedOn, string scheme, double? temperature, double? width, Prediction[] cells, Dictionary<string, string> blocks)
    {
        MetricIntervals errors = Bootstrap.Of([cells], new BootstrapOptions(Resamples, Seed: seed), blocks);
        double spread = errors.LabelStandardDeviation.Value;
        Interval error = errors.MeanAbsoluteError;
        Interval share = spread > 0 ? new(error.Value / spread, error.Low / spread, error.High / spread) : new(double.NaN, double.NaN, double.NaN);
        return new ConditionError(property, trainedOn, scheme, temperature, width, cells.Length, spread, error, share, errors.RSquared.Value);
    }
}
