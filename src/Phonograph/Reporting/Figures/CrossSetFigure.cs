using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 6: error over label spread for every pair of training and test kind, with intervals and the mean baseline.</summary>
internal static class CrossSetFigure
{
    private const double RowHeight = 62, BaselineLift = -4;

    internal static ReportFigure? Draw(StudyView view)
    {
        Property[] properties = [.. Property.All.Where(property => view.TrainingKinds.Any(kind => view.TestKinds.Any(test => view.Metric(property, kind, test) is not null)))];
        if (properties.Length == 0)
        {
            return null;
        }

        AxisScale x = AxisScale.LogarithmicDecades([1, .. properties.SelectMany(property => Points(view, property)).Select(point => StudyView.ErrorOverSpread(point.Record)).SelectMany(share => new[] { share.Value, share.Low, share.High })]);
        var data = new CsvTable("property", "unit", "model", "trained_on", "tested_on", "training_size", "n", "label_std", "mae", "mae_low", "mae_high", "mae_over_std", "mae_over_std_low", "mae_over_std_high");
        foreach ((string trained, string tested, MetricRecord record, bool _) in properties.SelectMany(property => Points(view, property)))
        {
            Interval share = StudyView.ErrorOverSpread(record);
            data.Add(
                record.Property.Key, record.Property.Unit, record.Model, trained, tested, Numbers.Csv(record.TrainingSize), Numbers.Csv(record.TestCount), Numbers.Csv(record.LabelStandardDeviation.Value),
                Numbers.Csv(record.MeanAbsoluteError.Value), Numbers.Csv(record.MeanAbsoluteError.Low), Numbers.Csv(record.MeanAbsoluteError.High),
                Numbers.Csv(share.Value), Numbers.Csv(share.Low), Numbers.Csv(share.High));
        }

        LegendKey[] keys =
        [
            .. view.TrainingKinds.Select(kind => new LegendKey("trained on " + kind) { Line = new Stroke(Palette.Of(kind), 1.4), Marker = Palette.Marker(kind), MarkerFill = Palette.Of(kind) }),
            new LegendKey("mean of the same training labels") { Line = new Stroke(Palette.Baseline, 1), Marker = MarkerShape.Cross, MarkerRadius = 2.6, MarkerStroke = new Stroke(Palette.Baseline, 1.3) },
        ];
        List<string> trainingKinds = [.. view.TrainingKinds], testKinds = [.. view.TestKinds];
        SceneBuilder scene = IntervalGrid.Draw(
            [.. properties.Select(property => property.Title)],
            [.. view.TestKinds.Select(tested => new GridRow("tested on", view.TestName(tested), Palette.Of(tested)))],
            column => Points(view, properties[column]).Select(point => new GridPoint(
                testKinds.IndexOf(point.Tested), trainingKinds.IndexOf(point.Trained), StudyView.ErrorOverSpread(point.Record), point.IsBaseline ? Palette.Baseline : Palette.Of(point.Trained),
                point.IsBaseline ? MarkerShape.Cross : Palette.Marker(point.Trained), !point.IsBaseline, point.IsBaseline ? BaselineLift : 0)),
            new GridDesign(x, "MAE / label spread", 1, RowHeight, view.TrainingKinds.Count, keys));
        return new ReportFigure(
            "figure-6-cross-set",
            "Figure 6",
            "Mean absolute error over label spread for every pair of training and test data",
            "Rows: test cells. Each point is a mean absolute error (MAE) divided by the standard deviation of the labels of that test set, with the 95 % interval of the error; crosses: always answering the mean "
            + $"of the same training labels. The axis is logarithmic and the same in all panels; values of one and more mean that the structure did not help. Comparing two training kinds needs the paired differences of {TableNumber.Comparisons}, because both are tested on the same cells.",
            scene.Build(),
            data);
    }

    private static (string Trained, string Tested, MetricRecord Record, bool IsBaseline)[] Points(StudyView view, Property property) =>
    [
        .. from tested in view.TestKinds
           from trained in view.TrainingKinds
           from isBaseline in new[] { true, false }
           let record = isBaseline ? view.Baseline(property, trained, tested) : view.Metric(property, trained, tested)
           where record is not null
           select (trained, tested, record, isBaseline),
    ];
}
