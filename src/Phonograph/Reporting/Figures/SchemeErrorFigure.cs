using Phonograph.Datasets;
using Phonograph.Reporting.Comparisons;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 9: errors of every model trained on every scheme, on one test set: molecular dynamics where there are frames.</summary>
internal static class SchemeErrorFigure
{
    private const double LeastRowHeight = 30, SeriesHeight = 13;

    internal static ReportFigure? Draw(ComparisonResult result, string tested)
    {
        SchemeError[] errors = [.. result.Errors.Where(error => error.Metric.TestedOn == tested && double.IsFinite(error.OverSpread.Value))];
        if (errors.Length == 0)
        {
            return null;
        }

        Property[] properties = [.. Property.All.Where(property => errors.Any(error => error.Metric.Property == property))];
        List<string> models = [.. errors.Select(error => error.Metric.Model).Distinct(StringComparer.Ordinal)], schemes = [.. StudyView.Order(errors.Select(error => error.Metric.TrainedOn))];
        AxisScale x = AxisScale.LogarithmicDecades([1, .. errors.SelectMany(error => new[] { error.OverSpread.Value, error.OverSpread.Low, error.OverSpread.High })]);
        LegendKey[] keys = [.. schemes.Select(scheme => new LegendKey("trained on " + scheme) { Line = new Stroke(Palette.Of(scheme), 1.4), Marker = Palette.Marker(scheme), MarkerFill = Palette.Of(scheme) })];
        SceneBuilder scene = IntervalGrid.Draw(
            [.. properties.Select(property => property.Title)],
            [.. models.Select(model => new GridRow("model", model, Palette.Ink))],
            column => errors.Where(error => error.Metric.Property == properties[column]).Select(error => new GridPoint(
                models.IndexOf(error.Metric.Model), schemes.IndexOf(error.Metric.TrainedOn), error.OverSpread, Palette.Of(error.Metric.TrainedOn), Palette.Marker(error.Metric.TrainedOn))),
            new GridDesign(x, "MAE / label spread", 1, Math.Max(LeastRowHeight, SeriesHeight * (schemes.Count + 1)), schemes.Count, keys));
        var data = new CsvTable("property", "unit", "model", "trained_on", "tested_on", "training_size", "n", "blocks", "mae_over_std", "mae_over_std_low", "mae_over_std_high");
        foreach (SchemeError error in errors)
        {
            data.Add(
                error.Metric.Property.Key, error.Metric.Property.Unit, error.Metric.Model, error.Metric.TrainedOn, tested, Numbers.Csv(error.Metric.TrainingSize), Numbers.Csv(error.Metric.TestCount), Numbers.Csv(error.Blocks),
                Numbers.Csv(error.OverSpread.Value), Numbers.Csv(error.OverSpread.Low), Numbers.Csv(error.OverSpread.High));
        }

        return new ReportFigure(
            "figure-9-" + StudyView.FileName(tested),
            $"Figure 9 ({tested})",
            $"Errors on {tested} of models trained on equally many cells of each scheme",
            $"{result.Design.TrainingSize} training and {result.Design.ValidationSize} validation cells of every scheme, {result.Design.Draws} draws; mean absolute error (MAE) over the spread of the test labels with its 95 % interval over draws and {(errors[0].Blocks < errors[0].Metric.TestCount ? "blocks of test cells" : "test cells")}. "
            + "The axis is logarithmic and the same in all panels; at one and above the structure did not help. What two schemes differ by is in Figure 10, on the same cells.",
            scene.Build(),
            data);
    }
}
