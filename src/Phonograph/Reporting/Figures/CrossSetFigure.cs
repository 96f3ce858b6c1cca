using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 6: error over label spread for every pair of training and test kind, with intervals and the mean baseline.</summary>
internal static class CrossSetFigure
{
    private const double Left = 84, Top = 62, PanelWidth = 152, Pitch = 170, RowHeight = 62;

    internal static ReportFigure? Draw(StudyView view)
    {
        Property[] properties = [.. Property.All.Where(property => view.TrainingKinds.Any(kind => view.TestKinds.Any(test => view.Metric(property, kind, test) is not null)))];
        if (properties.Length == 0)
        {
            return null;
        }

        AxisScale x = AxisScale.LogarithmicDecades([1, .. properties.SelectMany(property => Points(view, property)).Select(point => StudyView.ErrorOverSpread(point.Record)).SelectMany(share => new[] { share.Value, share.Low, share.High })]);
        double height = view.TestKinds.Count * RowHeight;
        var scene = new SceneBuilder(Left + (Pitch * Math.Max(properties.Length, 3)) - 4, Top + height + 46);
        var data = new CsvTable("property", "unit", "model", "trained_on", "tested_on", "training_size", "n", "label_std", "mae", "mae_low", "mae_high", "mae_over_std", "mae_over_std_low", "mae_over_std_high");
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
        [
            .. view.TrainingKinds.Select(kind => new LegendKey("trained on " + kind) { Line = new Stroke(Palette.Of(kind), 1.4), Marker = Palette.Marker(kind), MarkerFill = Palette.Of(kind) }),
            new LegendKey("mean of the same training labels") { Line = new Stroke(Palette.Baseline, 1), Marker = MarkerShape.Cross, MarkerRadius = 2.6, MarkerStroke = new Stroke(Palette.Baseline, 1.3) },
        ]);
        for (int column = 0; column < properties.Length; column++)
        {
            DrawPanel(scene, view, properties[column], column, x, height, data);
        }

        return new ReportFigure(
            "figure-6-cross-set",
            "Figure 6",
            "Mean absolute error over label spread for every pair of training and test data",
            "Rows: test cells. Each point is a mean absolute error (MAE) divided by the standard deviation of the labels of that test set, with the 95 % interval of the error; crosses: always answering the mean "
            + "of the same training labels. The axis is logarithmic and the same in all panels; values of one and more mean that the structure did not help. Comparing two training kinds needs the paired differences of Table 5, because both are tested on the same cells.",
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

    private static void DrawPanel(SceneBuilder scene, StudyView view, Property property, int column, AxisScale x, double height, CsvTable data)
    {
        double left = Left + (column * Pitch);
        var panel = new Panel(scene, new PageRectangle(left, Top, PanelWidth, height), x, AxisScale.Linear(0, height).WithTicks([]));
        panel.Vertical(1, new Stroke(Palette.Grid.Towards(Palette.Soft, 0.3), 1));
        for (int row = 1; row < view.TestKinds.Count; row++)
        {
            panel.Horizontal(row * RowHeight, new Stroke(Palette.Grid, 0.9));
        }

        foreach ((string trained, string tested, MetricRecord record, bool isBaseline) in Points(view, property))
        {
            Interval share = StudyView.ErrorOverSpread(record);
            double step = RowHeight / (view.TrainingKinds.Count + 1);
            double level = height - (view.TestKinds.ToList().IndexOf(tested) * RowHeight) - ((view.TrainingKinds.ToList().IndexOf(trained) + 1) * step) + (isBaseline ? -4 : 0);
            Colour colour = isBaseline ? Palette.Baseline : Palette.Of(trained);
            panel.HorizontalErrorBar(level, share.Low, share.High, new Stroke(colour, isBaseline ? 1 : 1.5));
            panel.Markers(
                [(share.Value, level)], isBaseline ? MarkerShape.Cross : Palette.Marker(trained), isBaseline ? 2.4 : 3.1,
                isBaseline ? null : colour, isBaseline ? new Stroke(colour, 1.3) : null);
            data.Add(
                property.Key, property.Unit, record.Model, trained, tested, Numbers.Csv(record.TrainingSize), Numbers.Csv(record.TestCount), Numbers.Csv(record.LabelStandardDeviation.Value),
                Numbers.Csv(record.MeanAbsoluteError.Value), Numbers.Csv(record.MeanAbsoluteError.Low), Numbers.Csv(record.MeanAbsoluteError.High),
                Numbers.Csv(share.Value), Numbers.Csv(share.Low), Numbers.Csv(share.High));
        }

        if (column == 0)
        {
            for (int row = 0; row < view.TestKinds.Count; row++)
            {
                double middle = Top + ((row + 0.5) * RowHeight);
                scene.Text(left - 8, middle - 5, "tested on", new TextStyle(SceneBuilder.TickSize, Palette.Soft, Horizontal: TextAnchor.End, Vertical: TextAnchor.Middle));
                string test = view.TestKinds[row];
                scene.Text(
                    left - 8, middle + 9, test == StudyView.Combined ? "both" : test,
                    new TextStyle(SceneBuilder.LabelSize, Palette.Of(test), IsBold: true, Horizontal: TextAnchor.End, Vertical: TextAnchor.Middle));
            }
        }

        scene.PanelTitle(left, Top - 9, ((char)('a' + column)).ToString(), property.Title);
        panel.Finish("MAE / label spread", null, hasHorizontalGrid: false, hasVerticalTicks: false);
    }
}
