using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Drawing;

/// <summary>Panels side by side with common rows: numbers with their intervals, several in a row, beside a vertical line they are read against.</summary>
internal static class IntervalGrid
{
    private const double Top = 62, PanelWidth = 152, Pitch = 170, LeastColumns = 3, Gap = 8;

    /// <summary>Draws the grid.</summary>
    /// <param name="columns">Titles of the panels.</param>
    /// <param name="rows">Rows from top to bottom.</param>
    /// <param name="points">What stands in each panel.</param>
    /// <param name="design">Axis, line, sizes.</param>
    internal static SceneBuilder Draw(IReadOnlyList<string> columns, IReadOnlyList<GridRow> rows, Func<int, IEnumerable<GridPoint>> points, GridDesign design)
    {
        double height = rows.Count * design.RowHeight;
        double names = rows.Max(row => Math.Max(Lettering.Width(row.Above, SceneBuilder.TickSize), Lettering.Width(row.Name, SceneBuilder.LabelSize, isBold: true))) + (2 * Gap);
        var scene = new SceneBuilder(names + (Pitch * Math.Max(columns.Count, LeastColumns)) - 4, Top + height + 46);
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20, design.Legend);
        for (int column = 0; column < columns.Count; column++)
        {
            double left = names + (column * Pitch);
            var panel = new Panel(scene, new PageRectangle(left, Top, PanelWidth, height), design.Axis, AxisScale.Linear(0, height).WithTicks([]));
            panel.Vertical(design.Reference, new Stroke(Palette.Grid.Towards(Palette.Soft, 0.3), 1));
            for (int row = 1; row < rows.Count; row++)
            {
                panel.Horizontal(row * design.RowHeight, new Stroke(Palette.Grid, 0.9));
            }

            double step = design.RowHeight / (design.Series + 1);
            foreach (GridPoint point in points(column))
            {
                double level = height - (point.Row * design.RowHeight) - ((point.Series + 1) * step) + point.Lift;
                panel.HorizontalErrorBar(level, point.Value.Low, point.Value.High, new Stroke(point.Colour, point.IsFilled ? 1.5 : 1));
                panel.Markers([(point.Value.Value, level)], point.Marker, point.IsFilled ? 3.1 : 2.4, point.IsFilled ? point.Colour : null, point.IsFilled ? null : new Stroke(point.Colour, 1.3));
            }

            for (int row = 0; column == 0 && row < rows.Count; row++)
            {
                double middle = Top + ((row + 0.5) * design.RowHeight);
                scene.Text(left - Gap, middle - 5, rows[row].Above, new TextStyle(SceneBuilder.TickSize, Palette.Soft, Horizontal: TextAnchor.End, Vertical: TextAnchor.Middle));
                scene.Text(left - Gap, middle + 9, rows[row].Name, new TextStyle(SceneBuilder.LabelSize, rows[row].Colour, IsBold: true, Horizontal: TextAnchor.End, Vertical: TextAnchor.Middle));
            }

            scene.PanelTitle(left, Top - 9, ((char)('a' + column)).ToString(), columns[column]);
            panel.Finish(design.AxisTitle, null, hasHorizontalGrid: false, hasVerticalTicks: false);
        }

        return scene;
    }
}

/// <summary>A row of a grid.</summary>
/// <param name="Above">Small text above its name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Colour">Colour of the name.</param>
internal readonly record struct GridRow(string Above, string Name, Colour Colour);

/// <summary>A number in a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Series">Its place within the row, from the top.</param>
/// <param name="Value">The number with its interval.</param>
/// <param name="Colour">Colour.</param>
/// <param name="Marker">Marker.</param>
/// <param name="IsFilled">False for an outlined, smaller marker.</param>
/// <param name="Lift">Units above the place of the series.</param>
internal readonly record struct GridPoint(int Row, int Series, Interval Value, Colour Colour, MarkerShape Marker, bool IsFilled = true, double Lift = 0);

/// <summary>How a grid is drawn.</summary>
/// <param name="Axis">Horizontal axis of all panels.</param>
/// <param name="AxisTitle">Its title with its unit.</param>
/// <param name="Reference">Where the vertical line stands.</param>
/// <param name="RowHeight">Height of a row.</param>
/// <param name="Series">Numbers in a row.</param>
/// <param name="Legend">Keys above the panels.</param>
internal sealed record GridDesign(AxisScale Axis, string AxisTitle, double Reference, double RowHeight, int Series, IReadOnlyList<LegendKey> Legend);
