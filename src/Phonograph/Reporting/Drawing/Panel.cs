using System.Collections.Immutable;

namespace Phonograph.Reporting.Drawing;

/// <summary>A rectangle with two axes into which data are drawn.</summary>
internal sealed class Panel(SceneBuilder scene, PageRectangle area, AxisScale x, AxisScale y)
{
    private readonly List<SceneItem> _data = [];

    internal PageRectangle Area => area;

    internal AxisScale X => x;

    internal AxisScale Y => y;

    /// <summary>Page point of a pair of numbers.</summary>
    internal PagePoint At(double dataX, double dataY) => new(area.Left + (x.Share(dataX) * area.Width), area.Bottom - (y.Share(dataY) * area.Height));

    /// <summary>A line through the finite points.</summary>
    internal void Line(IEnumerable<(double X, double Y)> points, Stroke stroke)
    {
        PagePoint[] page = [.. Finite(points).Select(point => At(point.X, point.Y))];
        if (page.Length > 1)
        {
            _data.Add(PathItem.Polyline(page, isClosed: false, null, stroke));
        }
    }

    /// <summary>A filled band between two lines.</summary>
    internal void Band(IEnumerable<(double X, double Low, double High)> points, Colour fill)
    {
        (double X, double Low, double High)[] finite = [.. points.Where(point => double.IsFinite(point.Low) && double.IsFinite(point.High))];
        if (finite.Length > 1)
        {
            PagePoint[] outline = [.. finite.Select(point => At(point.X, point.High)), .. finite.Reverse().Select(point => At(point.X, point.Low))];
            _data.Add(PathItem.Polyline(outline, isClosed: true, fill, null));
        }
    }

    /// <summary>A filled area between a line and a level.</summary>
    internal void Fill(IReadOnlyList<(double X, double Y)> points, double level, Colour? fill, Stroke? stroke)
    {
        if (points.Count > 1)
        {
            PagePoint[] line = [.. points.Select(point => At(point.X, point.Y))];
            if (fill is not null)
            {
                _data.Add(PathItem.Polyline([At(points[0].X, level), .. line, At(points[^1].X, level)], isClosed: true, fill, null));
            }

            if (stroke is not null)
            {
                _data.Add(PathItem.Polyline(line, isClosed: false, null, stroke));
            }
        }
    }

    /// <summary>A filled shape between points.</summary>
    internal void Shape(IEnumerable<(double X, double Y)> points, Colour fill)
    {
        PagePoint[] page = [.. Finite(points).Select(point => At(point.X, point.Y))];
        if (page.Length > 2)
        {
            _data.Add(PathItem.Polyline(page, isClosed: true, fill, null));
        }
    }

    /// <summary>Markers at the finite points.</summary>
    internal void Markers(IEnumerable<(double X, double Y)> points, MarkerShape shape, double radius, Colour? fill, Stroke? stroke = null)
    {
        ImmutableArray<PagePoint> page = [.. Finite(points).Select(point => At(point.X, point.Y))];
        if (!page.IsEmpty)
        {
            _data.Add(new MarkersItem(page, shape, radius, fill, stroke));
        }
    }

    /// <summary>A bar from low to high at x, for an interval.</summary>
    internal void ErrorBar(double dataX, double low, double high, Stroke stroke)
    {
        if (double.IsFinite(low) && double.IsFinite(high))
        {
            _data.Add(PathItem.Polyline([At(dataX, low), At(dataX, high)], isClosed: false, null, stroke));
        }
    }

    /// <summary>A bar from low to high at a height, for an interval.</summary>
    internal void HorizontalErrorBar(double dataY, double low, double high, Stroke stroke)
    {
        if (double.IsFinite(low) && double.IsFinite(high))
        {
            _data.Add(PathItem.Polyline([At(low, dataY), At(high, dataY)], isClosed: false, null, stroke));
        }
    }

    /// <summary>A horizontal line across the panel.</summary>
    internal void Horizontal(double dataY, Stroke stroke) => Line([(x.Low, dataY), (x.High, dataY)], stroke);

    /// <summary>A vertical line across the panel.</summary>
    internal void Vertical(double dataX, Stroke stroke) => Line([(dataX, y.Low), (dataX, y.High)], stroke);

    /// <summary>Draws grid, data, frame and labels.</summary>
    /// <param name="xLabel">Label of the horizontal axis with its unit; null to leave labels and tick numbers out.</param>
    /// <param name="yLabel">Label of the vertical axis with its unit; empty for tick numbers alone, null to leave them out too.</param>
    /// <param name="hasHorizontalGrid">True for faint lines at the ticks of the vertical axis.</param>
    /// <param name="hasVerticalTicks">False when the vertical axis carries no numbers.</param>
    internal void Finish(string? xLabel, string? yLabel, bool hasHorizontalGrid = true, bool hasVerticalTicks = true)
    {
        var grid = new Stroke(Palette.Grid, 0.8);
        var axis = new Stroke(Palette.Axis, 0.9);
        if (hasHorizontalGrid)
        {
            foreach (AxisTick tick in y.Ticks)
            {
                PagePoint at = At(x.Low, tick.Value);
                scene.Line(at, new PagePoint(area.Right, at.Y), grid);
            }
        }

        scene.Add(new ClipItem(area, [.. _data]));
        scene.Rectangle(area, null, axis);
        double widest = 0;
        if (hasVerticalTicks)
        {
            foreach (AxisTick tick in y.Ticks)
            {
                double height = At(x.Low, tick.Value).Y;
                scene.Line(new(area.Left - 3.5, height), new(area.Left, height), axis);
                if (yLabel is not null)
                {
                    scene.Text(area.Left - 6, height, tick.Label, new TextStyle(SceneBuilder.TickSize, Palette.Axis, Horizontal: TextAnchor.End, Vertical: TextAnchor.Middle));
                    widest = Math.Max(widest, Lettering.Width(tick.Label, SceneBuilder.TickSize));
                }
            }
        }

        DrawHorizontalTicks(axis, hasLabels: xLabel is not null);
        if (xLabel is not null)
        {
            scene.Text(area.Left + (area.Width / 2), area.Bottom + 32, xLabel, new TextStyle(SceneBuilder.LabelSize, Palette.Ink, Horizontal: TextAnchor.Middle));
        }

        if (!string.IsNullOrEmpty(yLabel))
        {
            scene.Text(
                area.Left - (hasVerticalTicks ? widest + 14 : 9), area.Top + (area.Height / 2), yLabel,
                new TextStyle(SceneBuilder.LabelSize, Palette.Ink, Horizontal: TextAnchor.Middle, RotationDegrees: -90));
        }
    }

    private void DrawHorizontalTicks(Stroke axis, bool hasLabels)
    {
        double free = double.NegativeInfinity;
        foreach (AxisTick tick in x.Ticks)
        {
            double place = At(tick.Value, y.Low).X;
            scene.Line(new(place, area.Bottom), new(place, area.Bottom + 3.5), axis);
            double half = Lettering.Width(tick.Label, SceneBuilder.TickSize) / 2;
            if (hasLabels && place - half > free)
            {
                scene.Text(place, area.Bottom + 16, tick.Label, new TextStyle(SceneBuilder.TickSize, Palette.Axis, Horizontal: TextAnchor.Middle));
                free = place + half + 4;
            }
        }
    }

    private static IEnumerable<(double X, double Y)> Finite(IEnumerable<(double X, double Y)> points) =>
        points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y));
}
