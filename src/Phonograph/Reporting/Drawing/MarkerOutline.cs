namespace Phonograph.Reporting.Drawing;

/// <summary>Outlines of markers around the origin.</summary>
internal static class MarkerOutline
{
    // Control-point distance of a quarter circle drawn as a cubic curve.
    private const double Circle = 0.5522847498;

    internal static IReadOnlyList<PathStep> Of(MarkerShape shape, double r)
    {
        double c = r * Circle;
        return shape switch
        {
            MarkerShape.Circle =>
            [
                PathStep.MoveTo(new(r, 0)),
                PathStep.CubicTo(new(r, c), new(c, r), new(0, r)),
                PathStep.CubicTo(new(-c, r), new(-r, c), new(-r, 0)),
                PathStep.CubicTo(new(-r, -c), new(-c, -r), new(0, -r)),
                PathStep.CubicTo(new(c, -r), new(r, -c), new(r, 0)),
                PathStep.Close,
            ],
            MarkerShape.Square => Polygon(new(-0.89 * r, -0.89 * r), new(0.89 * r, -0.89 * r), new(0.89 * r, 0.89 * r), new(-0.89 * r, 0.89 * r)),
            MarkerShape.Diamond => Polygon(new(0, -1.25 * r), new(1.25 * r, 0), new(0, 1.25 * r), new(-1.25 * r, 0)),
            MarkerShape.Triangle => Polygon(new(0, -1.25 * r), new(1.1 * r, 0.8 * r), new(-1.1 * r, 0.8 * r)),
            MarkerShape.InvertedTriangle => Polygon(new(0, 1.25 * r), new(1.1 * r, -0.8 * r), new(-1.1 * r, -0.8 * r)),
            MarkerShape.Star => Polygon([.. Enumerable.Range(0, 10).Select(corner => OnCircle((corner % 2 == 0 ? 1.4 : 0.6) * r, corner / 10.0))]),
            MarkerShape.Plus => Polygon([.. Enumerable.Range(0, 4).SelectMany(arm => new PagePoint[] { new(-0.4 * r, -1.2 * r), new(0.4 * r, -1.2 * r), new(0.4 * r, -0.4 * r) }.Select(corner => Turned(corner, arm)))]),
            MarkerShape.Hourglass => Polygon(new(-r, -1.1 * r), new(r, -1.1 * r), new(-r, 1.1 * r), new(r, 1.1 * r)),
            MarkerShape.BowTie => Polygon(new(-1.1 * r, -r), new(-1.1 * r, r), new(1.1 * r, -r), new(1.1 * r, r)),
            MarkerShape.LeftTriangle => Polygon(new(-1.25 * r, 0), new(0.8 * r, 1.1 * r), new(0.8 * r, -1.1 * r)),
            MarkerShape.RightTriangle => Polygon(new(1.25 * r, 0), new(-0.8 * r, 1.1 * r), new(-0.8 * r, -1.1 * r)),
            MarkerShape.Pentagon => Polygon([.. Enumerable.Range(0, 5).Select(corner => OnCircle(1.15 * r, corner / 5.0))]),
            MarkerShape.Cross =>
            [
                PathStep.MoveTo(new(-r, -r)), PathStep.LineTo(new(r, r)), PathStep.MoveTo(new(-r, r)), PathStep.LineTo(new(r, -r)),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    /// <summary>The point at a share of the full turn from the top.</summary>
    private static PagePoint OnCircle(double radius, double turn) => new(radius * Math.Sin(2 * Math.PI * turn), -radius * Math.Cos(2 * Math.PI * turn));

    /// <summary>A point turned by quarters around the origin.</summary>
    private static PagePoint Turned(PagePoint point, int quarters) => quarters == 0 ? point : Turned(new PagePoint(-point.Y, point.X), quarters - 1);

    private static PathStep[] Polygon(params PagePoint[] corners) =>
        [PathStep.MoveTo(corners[0]), .. corners[1..].Select(PathStep.LineTo), PathStep.Close];
}

/// <summary>Where a line of text starts relative to its position.</summary>
internal static class TextPlacement
{
    internal static PagePoint Start(TextStyle style, double width) => new(
        style.Horizontal switch { TextAnchor.Middle => -width / 2, TextAnchor.End => -width, _ => 0 },
        style.Vertical switch { TextAnchor.Middle => Lettering.CapitalHeight * style.Size / 2, TextAnchor.End => Lettering.CapitalHeight * style.Size, _ => 0 });
}
