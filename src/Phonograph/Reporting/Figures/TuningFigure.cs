using Phonograph.Datasets;
using Phonograph.Learning.Tuning;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Validation error of the best trial against the graph-steps of all trials, one line for each search and set of cells.</summary>
internal static class TuningFigure
{
    private const double Left = 74, Width = 500, Height = 300, Bottom = 50, Wide = 8;
    private static readonly Colour[] Colours = [Palette.Phonon, Palette.Random, Palette.Combined, Palette.Other, Palette.Baseline];
    private static readonly MarkerShape[] Markers = [MarkerShape.Circle, MarkerShape.Square, MarkerShape.Diamond, MarkerShape.Triangle, MarkerShape.Cross];

    /// <summary>Draws searches of one property.</summary>
    /// <param name="property">What was learned.</param>
    /// <param name="searches">Names in the legend, with what was found.</param>
    internal static ReportFigure Draw(Property property, IReadOnlyList<(string Name, SetTuning Set)> searches)
    {
        double top = 40 + (16 * ((searches.Count - 1) / 3));
        var scene = new SceneBuilder(Left + Width + 26, top + Height + Bottom);
        AxisScale x = AxisScale.LogarithmicDecades(searches.SelectMany(search => search.Set.Course.Select(point => point.GraphSteps / 1000.0).Append(search.Set.GraphSteps / 1000.0)));
        double[] errors = [.. searches.SelectMany(search => search.Set.Course.Select(point => point.ValidationMeanAbsoluteError))];
        bool isWide = errors.Length > 0 && errors.Min() > 0 && errors.Max() > Wide * errors.Min();
        AxisScale y = isWide ? AxisScale.LogarithmicDecades(errors) : AxisScale.Linear(errors);
        var panel = new Panel(scene, new PageRectangle(Left, top, Width, Height), x, y);
        var keys = new List<LegendKey>();
        var data = new CsvTable("search", "graph_steps", "best_validation_mae", "unit", "trial", "epochs");
        for (int index = 0; index < searches.Count; index++)
        {
            (string name, SetTuning set) = searches[index];
            bool isKind = searches.Count <= 3 && name is "phonon" or "random" or "combined";
            Colour colour = isKind ? Palette.Of(name) : Colours[index % Colours.Length];
            MarkerShape marker = isKind ? Palette.Marker(name) : Markers[index % Markers.Length];
            var line = new Stroke(colour, 1.5, index >= Colours.Length ? [5, 3] : null);
            panel.Line(Stairs(set), line);
            panel.Markers(set.Course.Select(point => (point.GraphSteps / 1000.0, point.ValidationMeanAbsoluteError)), marker, 2.8, colour, marker == MarkerShape.Cross ? new Stroke(colour, 1.2) : null);
            keys.Add(new LegendKey(name) { Line = line, Marker = marker, MarkerFill = colour, MarkerStroke = marker == MarkerShape.Cross ? new Stroke(colour, 1.2) : null });
            foreach (TuningPoint point in set.Course)
            {
                data.Add(name, Numbers.Csv(point.GraphSteps), Numbers.Csv(point.ValidationMeanAbsoluteError), property.Unit, Numbers.Csv(point.Trial), Numbers.Csv(point.Epochs));
            }
        }

        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20, keys);
        panel.Finish("Graph-steps of all trials (thousands of training graphs × epochs)", $"Validation MAE of the best trial ({property.Unit})");
        return new ReportFigure(
            "tuning", "Tuning", $"{property.Title}: validation error of the best trial against the work of the search",
            "Mean absolute error on the validation cells of the trial with the lowest error so far; test cells took no part. The lowest of many validation errors is too low for new cells.",
            scene.Build(), data);
    }

    /// <summary>The best trial stays until the next one.</summary>
    private static IEnumerable<(double X, double Y)> Stairs(SetTuning set)
    {
        double before = double.NaN;
        foreach (TuningPoint point in set.Course)
        {
            yield return (point.GraphSteps / 1000.0, before);
            yield return (point.GraphSteps / 1000.0, point.ValidationMeanAbsoluteError);
            before = point.ValidationMeanAbsoluteError;
        }

        yield return (set.GraphSteps / 1000.0, before);
    }
}
