using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 7: error of the band gap for every temperature and width of the test cells.</summary>
internal static class ConditionFigure
{
    private const double Left = 66, Top = 62, PanelWidth = 306, PanelHeight = 180, Pitch = 372;

    internal static ReportFigure? Draw(StudyView view, Property property)
    {
        ConditionError[] errors = [.. view.ConditionErrors.Where(error => error.Property == property)];
        if (errors.Length == 0)
        {
            return null;
        }

        (string Scheme, double? Kelvin, double? Width)[] conditions = [.. errors.Select(error => (error.Scheme, error.TemperatureKelvin, error.WidthAngstrom)).Distinct()];
        var scene = new SceneBuilder(Left + Pitch + PanelWidth + 14, Top + PanelHeight + 62);
        var data = new CsvTable("property", "unit", "trained_on", "scheme", "temperature_K", "width_A", "n", "label_std", "mae", "mae_low", "mae_high", "mae_over_std", "mae_over_std_low", "mae_over_std_high", "r2");
        foreach (ConditionError e in errors)
        {
            data.Add(
                property.Key, property.Unit, e.TrainedOn, e.Scheme, Numbers.Csv(e.TemperatureKelvin), Numbers.Csv(e.WidthAngstrom), Numbers.Csv(e.Count), Numbers.Csv(e.LabelSpread),
                Numbers.Csv(e.MeanAbsoluteError.Value), Numbers.Csv(e.MeanAbsoluteError.Low), Numbers.Csv(e.MeanAbsoluteError.High),
                Numbers.Csv(e.ErrorOverSpread.Value), Numbers.Csv(e.ErrorOverSpread.Low), Numbers.Csv(e.ErrorOverSpread.High), Numbers.Csv(e.RSquared));
        }

        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
            [.. view.TrainingKinds.Select(kind => new LegendKey("trained on " + kind) { Line = new Stroke(Palette.Of(kind), 1.4), Marker = Palette.Marker(kind), MarkerFill = Palette.Of(kind) })]);
        for (int column = 0; column < 2; column++)
        {
            bool isShare = column == 1;
            Interval Value(ConditionError error) => isShare ? error.ErrorOverSpread : error.MeanAbsoluteError;
            AxisScale y = AxisScale.Linear(errors.SelectMany(error => new[] { Value(error).Value, Value(error).High }), 5, includeZero: true);
            AxisScale x = AxisScale.Linear(-0.6, conditions.Length - 0.4)
                .WithTicks([.. conditions.Select((condition, i) => new AxisTick(i, StudyView.Condition(condition.Kelvin, condition.Width)))]);
            double left = Left + (column * Pitch);
            var panel = new Panel(scene, new PageRectangle(left, Top, PanelWidth, PanelHeight), x, y);
            for (int i = 1; i < conditions.Length; i++)
            {
                if (conditions[i].Scheme != conditions[i - 1].Scheme)
                {
                    panel.Vertical(i - 0.5, new Stroke(Palette.Soft, 0.8, [3, 2.5]));
                }
            }

            if (isShare)
            {
                panel.Horizontal(1, new Stroke(Palette.Baseline, 1, [4, 3]));
            }

            foreach (ConditionError error in errors)
            {
                int kind = view.TrainingKinds.ToList().IndexOf(error.TrainedOn);
                double place = Array.IndexOf(conditions, (error.Scheme, error.TemperatureKelvin, error.WidthAngstrom)) + ((kind - ((view.TrainingKinds.Count - 1) / 2.0)) * 0.24);
                Colour colour = Palette.Of(error.TrainedOn);
                panel.ErrorBar(place, Value(error).Low, Value(error).High, new Stroke(colour, 1.4));
                panel.Markers([(place, Value(error).Value)], Palette.Marker(error.TrainedOn), 3.1, colour, new Stroke(Palette.White, 0.6));
            }

            scene.PanelTitle(left - 44, Top - 10, column == 0 ? "a" : "b", property.Title + (isShare ? ", relative to the spread at that condition" : ""));
            panel.Finish("Temperature or width of the test cells", isShare ? "MAE / label spread" : $"MAE ({property.Unit})");
            foreach (string scheme in conditions.Select(condition => condition.Scheme).Distinct(StringComparer.Ordinal))
            {
                double middle = conditions.Select((condition, i) => (condition, i)).Where(pair => pair.condition.Scheme == scheme).Average(pair => pair.i);
                scene.Text(panel.At(middle, y.Low).X, Top + PanelHeight + 48, scheme + " cells", new TextStyle(SceneBuilder.LabelSize, Palette.Of(scheme), IsBold: true, Horizontal: TextAnchor.Middle));
            }
        }

        return new ReportFigure(
            "figure-7-conditions",
            "Figure 7",
            $"{property.Title}: error by temperature and width of the test cells",
            "(a) Mean absolute error (MAE); (b) the same divided by the standard deviation of the labels at that temperature or width; dashed horizontal line: an error as large as that. Bars: 95 % intervals of the error by bootstrap over the test cells, for one trained model each. "
            + Counts(errors) + "A pooled R² profits from the differences between temperatures; this figure does not.",
            scene.Build(),
            data);
    }

    private static string Counts(ConditionError[] errors)
    {
        (int fewest, int most) = (errors.Min(error => error.Count), errors.Max(error => error.Count));
        string cells = fewest == most ? $"{fewest} test cells stand behind each point" : $"{fewest} to {most} test cells stand behind a point";
        return fewest < 10 ? cells + ": fewer than ten say little, and the intervals of so few are too narrow. " : cells + ". ";
    }
}
