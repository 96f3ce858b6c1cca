using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 2: label against prediction and the distribution of errors, for the properties and one kind of training data.</summary>
internal static class ParityFigure
{
    private const double PanelSize = 133, SmallestLeft = 66, SmallestPitch = 192, TitleLine = 82, ParityTop = 118, ErrorTop = 298, ErrorHeight = 108;
    private static readonly string[] Sets = ["train", "validation", "test"];

    internal static ReportFigure? Draw(StudyView view, string trainedOn)
    {
        Property[] properties = [.. Property.All.Where(property => view.Predictions(property, trainedOn) is { Predictions.IsEmpty: false })];
        if (properties.Length == 0)
        {
            return null;
        }

        AxisScale[] axes = [.. properties.Select(property => Axis(view, property, trainedOn))];

        // Long tick numbers push the title of the axis to the left: the columns then stand farther apart, so that it never enters the panel before.
        double room = axes.Max(axis => axis.Ticks.Max(tick => Lettering.Width(tick.Label, SceneBuilder.TickSize))) + 24;
        double left = Math.Max(SmallestLeft, room + 4), pitch = Math.Max(SmallestPitch, PanelSize + room + 8);
        double width = left + (pitch * (Math.Max(properties.Length, 2) - 1)) + PanelSize + 16;
        LegendKey[] keys = [.. Keys(view.Predictions(properties[0], trainedOn)!)];
        double drop = Legend.ExtraHeight(width - 20, keys);
        var scene = new SceneBuilder(width, 450 + drop);
        var data = new CsvTable("property", "unit", "trained_on", "id", "scheme", "set", "label", "prediction", "outside");
        scene.Text(12, 20, $"Trained on {trainedOn} data", new TextStyle(SceneBuilder.TitleSize, Palette.Ink, IsBold: true));
        Legend.Draw(scene, width / 2, 40, width - 20, keys);
        Legend.Draw(scene, width / 2, 58 + drop, width - 20, [.. Sets.Select(set => new LegendKey("errors, " + set) { Band = ErrorStyle(set).Fill, Line = ErrorStyle(set).Stroke })]);
        for (int i = 0; i < properties.Length; i++)
        {
            DrawProperty(scene, view, properties[i], trainedOn, axes[i], ((char)('a' + i)).ToString(), new PagePoint(left + (i * pitch), drop), pitch, data);
        }

        return new ReportFigure(
            $"figure-2-parity-{StudyView.FileName(trainedOn)}",
            $"Figure 2 ({trainedOn})",
            $"Predictions of the models trained on {trainedOn} data",
            "Top: label against prediction for the training, validation and test configurations of the model's own kind; the line is perfect agreement. The energy is counted from the undisplaced cell (ideal) where that is known. "
            + $"Above the panels: mean absolute error (MAE) and coefficient of determination (R²) on the test set with 95 % intervals, over all training draws as in {TableNumber.Accuracy}; points and distributions are those of one trained model. "
            + "Bottom: distribution of the error (prediction minus label), each set scaled to unit area.",
            scene.Build(),
            data);
    }

    private static IEnumerable<LegendKey> Keys(PropertyPredictions table)
    {
        string[] kinds = [.. StudyView.Order(StudyView.OwnKind(table).Select(prediction => prediction.Scheme))];
        return from kind in kinds
               from set in Sets
               let style = Style(kind, set)
               select new LegendKey(kinds.Length > 1 ? $"{kind}, {set}" : set) { Marker = style.Shape, MarkerRadius = style.Radius + 0.6, MarkerFill = style.Fill with { Opacity = 1 }, MarkerStroke = style.Stroke };
    }

    private static AxisScale Axis(StudyView view, Property property, string trainedOn)
    {
        double origin = view.Origin(property).Offset;
        return AxisScale.Linear(StudyView.OwnKind(view.Predictions(property, trainedOn)!).SelectMany(p => new[] { p.Label - origin, p.Predicted - origin }), 4);
    }

    private static void DrawProperty(SceneBuilder scene, StudyView view, Property property, string trainedOn, AxisScale axis, string letter, PagePoint corner, double pitch, CsvTable data)
    {
        PropertyPredictions table = view.Predictions(property, trainedOn)!;
        Prediction[] own = [.. StudyView.OwnKind(table)];
        (double origin, string suffix) = view.Origin(property);
        var parity = new Panel(scene, new PageRectangle(corner.X, ParityTop + corner.Y, PanelSize, PanelSize), axis, axis);
        parity.Line([(axis.Low, axis.Low), (axis.High, axis.High)], new Stroke(Palette.Baseline, 1));
        foreach (string set in Sets)
        {
            foreach (IGrouping<string, Prediction> kind in own.Where(p => p.Set == set).GroupBy(p => p.Scheme))
            {
                (MarkerShape shape, double radius, Colour fill, Stroke? stroke) = Style(kind.Key, set);
                parity.Markers(kind.Select(p => (p.Label - origin, p.Predicted - origin)), shape, radius, fill, stroke);
            }
        }

        scene.PanelTitle(corner.X - 40, TitleLine + corner.Y, letter, property.Title + suffix);
        parity.Finish($"Label ({property.Unit})", $"Prediction ({property.Unit})", hasHorizontalGrid: false);
        if (view.Metric(property, trainedOn, trainedOn) is { } metric)
        {
            string error = $"MAE {Numbers.WithInterval(metric.MeanAbsoluteError)} {property.Unit}";
            double size = Math.Min(SceneBuilder.NoteSize - 0.5, (SceneBuilder.NoteSize - 0.5) * (pitch - 8) / Lettering.Width(error, SceneBuilder.NoteSize - 0.5));
            scene.Text(corner.X - 40, TitleLine + corner.Y + 15, error, new TextStyle(size, Palette.Ink));
            scene.Text(corner.X - 40, TitleLine + corner.Y + 28, $"R² {Numbers.RSquared(metric.RSquared)}", new TextStyle(size, Palette.Ink));
        }

        DrawErrors(scene, property, own, corner);
        foreach (Prediction p in table.Predictions)
        {
            data.Add(property.Key, property.Unit, trainedOn, p.Configuration, p.Scheme, p.Set, Numbers.Csv(p.Label), Numbers.Csv(p.Predicted), p.IsOutsideTrainingRange ? "true" : "false");
        }
    }

    private static void DrawErrors(SceneBuilder scene, Property property, Prediction[] own, PagePoint corner)
    {
        double[] edges = Density.Edges(own.Where(p => p.Set != "train").Select(Error));
        (string Set, double[] Density)[] sets = [.. Sets.Select(set => (set, Density.Of(own.Where(p => p.Set == set).Select(Error), edges)))];
        double reach = Math.Max(Math.Abs(edges[0]), Math.Abs(edges[^1]));
        AxisScale x = AxisScale.Linear(-reach * 1.05, reach * 1.05, 3);
        AxisScale y = AxisScale.Linear([0, .. sets.SelectMany(set => set.Density)], 3, includeZero: true);
        var panel = new Panel(scene, new PageRectangle(corner.X, ErrorTop + corner.Y, PanelSize, ErrorHeight), x, y);
        panel.Vertical(0, new Stroke(Palette.Baseline, 1));
        foreach ((string set, double[] density) in sets)
        {
            (Colour? fill, Stroke stroke) = ErrorStyle(set);
            panel.Fill(Density.Steps(edges, density), 0, fill, stroke);
        }

        panel.Finish($"Error ({property.Unit})", "Density", hasHorizontalGrid: false, hasVerticalTicks: false);
    }

    private static (Colour? Fill, Stroke Stroke) ErrorStyle(string set) => set switch
    {
        "test" => (Palette.Ink.WithOpacity(0.12), new Stroke(Palette.Ink, 1.4)),
        "validation" => (null, new Stroke(Palette.Soft, 1, [3, 2])),
        _ => (null, new Stroke(Palette.Baseline, 1)),
    };

    private static double Error(Prediction prediction) => prediction.Predicted - prediction.Label;

    private static (MarkerShape Shape, double Radius, Colour Fill, Stroke? Stroke) Style(string kind, string set) => set switch
    {
        "train" => (MarkerShape.Circle, 1.5, Palette.Of(kind).Towards(Palette.White, 0.55).WithOpacity(0.7), null),
        "validation" => (MarkerShape.Triangle, 2.4, Palette.White, new Stroke(Palette.Of(kind), 0.9)),
        _ => (MarkerShape.Diamond, 2.3, Palette.Of(kind), new Stroke(Palette.White, 0.4)),
    };
}
