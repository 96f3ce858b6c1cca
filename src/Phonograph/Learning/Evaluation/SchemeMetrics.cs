using System.Collections.Immutable;
using Phonograph.Datasets;

namespace Phonograph.Learning.Evaluation;

/// <summary>Metrics of one model, for each scheme among its predictions and for all together.</summary>
public static class SchemeMetrics
{
    /// <summary>Name for all schemes together.</summary>
    public const string Combined = "combined";

    /// <summary>One record per scheme, in alphabetical order, and one for all when there are several.</summary>
    /// <param name="description">The model.</param>
    /// <param name="predictions">Its predictions; those without a finite number are left out.</param>
    /// <param name="options">How intervals are computed; the defaults when null.</param>
    public static ImmutableArray<MetricRecord> Of(ModelDescription description, IEnumerable<Prediction> predictions, BootstrapOptions? options = null) =>
        Of(description, description.Property, predictions, options);

    /// <summary>The records of every property, those of the first come first.</summary>
    /// <param name="description">The model.</param>
    /// <param name="predictions">Its predictions of each property, in its order; those without a finite number are left out.</param>
    /// <param name="options">How intervals are computed; the defaults when null.</param>
    public static ImmutableArray<MetricRecord> OfProperties(ModelDescription description, ImmutableArray<ImmutableArray<Prediction>> predictions, BootstrapOptions? options = null) =>
        [.. description.Properties.Zip(predictions).SelectMany(each => Of(description, each.First, each.Second, options))];

    /// <summary>One record per scheme, in alphabetical order, and one for all when there are several.</summary>
    /// <param name="property">What is predicted.</param>
    /// <param name="model">Name of the model in tables.</param>
    /// <param name="trainedOn">Kind of its training cells.</param>
    /// <param name="trainingSize">Their number.</param>
    /// <param name="predictions">Its predictions; those without a finite number are left out.</param>
    /// <param name="options">How intervals are computed; the defaults when null.</param>
    public static ImmutableArray<MetricRecord> Of(Property property, string model, string trainedOn, int trainingSize, IEnumerable<Prediction> predictions, BootstrapOptions? options = null)
    {
        Prediction[] all = [.. predictions.Where(prediction => double.IsFinite(prediction.Predicted))];
        string[] schemes = [.. all.Select(prediction => prediction.Scheme).Distinct().Order(StringComparer.Ordinal)];
        return
        [
            .. (schemes.Length > 1 ? schemes.Append(Combined) : schemes).Select(scheme =>
                Bootstrap.Of([.. all.Where(prediction => scheme == Combined || prediction.Scheme == scheme)], options).ToRecord(property, model, trainedOn, scheme, trainingSize)),
        ];
    }

    private static ImmutableArray<MetricRecord> Of(ModelDescription description, Property property, IEnumerable<Prediction> predictions, BootstrapOptions? options) =>
        Of(property, description.Model, description.Training.TrainedOn, description.Training.TrainingSize, predictions, options);
}
