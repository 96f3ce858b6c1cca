using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Looks things up in a study result for figures, tables and sentences.</summary>
internal sealed class StudyView
{
    internal const string Combined = "combined";
    private static readonly string[] KindOrder = ["phonon", "einstein", "species", "gaussian", "random", "uniform", Combined, TrajectoryPlace.Scheme];
    private readonly Dictionary<string, ConfigurationRow> _configurations = new(StringComparer.Ordinal);
    private IReadOnlyList<ConditionError>? _conditionErrors;
    private readonly ILookup<(string Property, string TrainedOn, string TestedOn), MetricRecord> _metrics;

    internal StudyView(StudyResult result)
    {
        Result = result;
        foreach (ConfigurationRow row in result.Configurations)
        {
            _configurations.TryAdd(row.Id, row);
        }

        _metrics = result.Metrics.ToLookup(record => (record.Property.Key, record.TrainedOn, record.TestedOn));
        TrainingKinds = Order(result.Predictions.Select(table => table.TrainedOn)
            .Concat(result.Metrics.Where(record => !BaselineNames.Contains(record.Model)).Select(record => record.TrainedOn)));
        TestKinds = Order(result.Metrics.Select(record => record.TestedOn));
        Schemes = Order(result.Configurations.Select(row => row.Scheme).Concat(result.Predictions.SelectMany(table => table.Predictions.Select(p => p.Scheme))));
    }

    internal StudyResult Result { get; }

    /// <summary>Errors of the reported models by temperature and width of the test cells.</summary>
    internal IReadOnlyList<ConditionError> ConditionErrors => _conditionErrors ??= [.. ConditionError.All(this)];

    /// <summary>Kinds of training data, phonon first.</summary>
    internal IReadOnlyList<string> TrainingKinds { get; }

    /// <summary>Kinds of test data, phonon first.</summary>
    internal IReadOnlyList<string> TestKinds { get; }

    /// <summary>Kinds of configurations, phonon first.</summary>
    internal IReadOnlyList<string> Schemes { get; }

    /// <summary>The configuration of an identifier, or null.</summary>
    internal ConfigurationRow? Configuration(string id) => _configurations.GetValueOrDefault(id);

    /// <summary>Predictions of the reported model, or null.</summary>
    internal PropertyPredictions? Predictions(Property property, string trainedOn) =>
        Result.Predictions.FirstOrDefault(table => table.Property.Key == property.Key && table.TrainedOn == trainedOn);

    /// <summary>Errors of the reported model: that of the predictions where there are any, else the one with the largest training set.</summary>
    internal MetricRecord? Metric(Property property, string trainedOn, string testedOn)
    {
        MetricRecord[] models = [.. _metrics[(property.Key, trainedOn, testedOn)].Where(record => !BaselineNames.Contains(record.Model))];
        PropertyPredictions? table = Predictions(property, trainedOn);
        return models.FirstOrDefault(record => table is not null && record.Model == table.Model && record.TrainingSize == table.TrainingSize)
            ?? models.OrderByDescending(record => record.TrainingSize).FirstOrDefault();
    }

    /// <summary>Spread of the labels of a test set, in the unit of the property; NaN where no error was reported on it.</summary>
    internal double LabelSpread(Property property, string testedOn) =>
        Result.Metrics.FirstOrDefault(record => record.Property.Key == property.Key && record.TestedOn == testedOn)?.LabelStandardDeviation.Value ?? double.NaN;

    /// <summary>Errors of always answering the mean of the training labels.</summary>
    internal MetricRecord? Baseline(Property property, string trainedOn, string testedOn) =>
        _metrics[(property.Key, trainedOn, testedOn)].Where(record => record.Model == BaselineNames.Mean).OrderByDescending(record => record.TrainingSize).FirstOrDefault();

    /// <summary>Label of a configuration, NaN where it has none.</summary>
    internal static double Label(ConfigurationRow row, Property property) =>
        row.Labels.FirstOrDefault(label => label.Property == property.Key)?.Value ?? double.NaN;

    /// <summary>Label of the undisplaced cell, or null.</summary>
    internal double? IdealValue(Property property) => Result.Material.IdealValues.FirstOrDefault(value => value.Property == property.Key)?.Value;

    /// <summary>
    /// What figures subtract from a label so that its axis is readable, and how the axis then is named: the total energy is shown relative to
    /// the undisplaced cell, all others as they are.
    /// </summary>
    internal (double Offset, string Suffix) Origin(Property property) =>
        property.Key == Property.EnergyPerAtom.Key && IdealValue(property) is { } ideal && double.IsFinite(ideal) ? (ideal, " − ideal") : (0, "");

    /// <summary>Name of a property where there is little room.</summary>
    internal static string ShortName(Property property) => property.Key switch
    {
        "energy_per_atom" => "Energy",
        "vbm" => "VBM",
        "hydrostatic_stress" => "Stress",
        _ => property.Title,
    };

    /// <summary>The temperature or width of a configuration as text with its unit.</summary>
    internal static string Condition(double? temperatureKelvin, double? widthAngstrom) =>
        temperatureKelvin is { } temperature ? Numbers.Plain(temperature) + " K"
        : widthAngstrom is { } width ? Numbers.Plain(width) + " Å"
        : "all";

    /// <summary>Name of a kind of test cells where there is little room.</summary>
    internal string TestName(string kind) => kind == Combined ? Schemes.Count(scheme => scheme != TrajectoryPlace.Scheme) > 2 ? "all" : "both" : kind;

    /// <summary>Mean absolute error divided by the spread of the test labels, with the interval of the error scaled alike.</summary>
    internal static Interval ErrorOverSpread(MetricRecord record)
    {
        double spread = record.LabelStandardDeviation.Value;
        Interval error = record.MeanAbsoluteError;
        return spread > 0 ? new Interval(error.Value / spread, error.Low / spread, error.High / spread) : new Interval(double.NaN, double.NaN, double.NaN);
    }

    /// <summary>A kind of data as part of a file name or of an identifier in the page.</summary>
    internal static string FileName(string kind) => string.Concat(kind.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    /// <summary>Training and validation configurations, and the test configurations of the kinds trained on: frames of molecular dynamics are of no model's own kind.</summary>
    internal static IEnumerable<Prediction> OwnKind(PropertyPredictions table)
    {
        HashSet<string> kinds = [.. table.Predictions.Where(prediction => prediction.Set != "test").Select(prediction => prediction.Scheme)];
        return table.Predictions.Where(prediction => kinds.Contains(prediction.Scheme));
    }

    /// <summary>Distinct kinds, known ones in their fixed order.</summary>
    internal static IReadOnlyList<string> Order(IEnumerable<string> kinds) =>
        [.. kinds.Distinct(StringComparer.Ordinal).OrderBy(Place).ThenBy(kind => kind, StringComparer.Ordinal)];

    /// <summary>Place of a kind in the fixed order; unknown ones come last.</summary>
    internal static int Place(string kind) => Array.IndexOf(KindOrder, kind) is var place && place < 0 ? KindOrder.Length : place;
}
