using System.Collections.Immutable;

namespace Phonograph.Reporting.Drawing;

/// <summary>A drawing: what is drawn, in order, in units of 1/96 inch, y downwards. It is written once as SVG and once as PNG.</summary>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Items">What is drawn, the last on top.</param>
internal sealed record Scene(double Width, double Height, ImmutableArray<SceneItem> Items);

/// <summary>Something drawn.</summary>
internal abstract record SceneItem;

/// <summary>Lines and curves, filled, stroked or both.</summary>
internal sealed record PathItem(ImmutableArray<PathStep> Steps, Colour? Fill, Stroke? Stroke) : SceneItem
{
    /// <summary>Straight lines between points.</summary>
    internal static PathItem Polyline(IReadOnlyList<PagePoint> points, bool isClosed, Colour? fill, Stroke? stroke)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>(points.Count + 1);
        for (int i = 0; i < points.Count; i++)
        {
            steps.Add(i == 0 ? PathStep.MoveTo(points[i]) : PathStep.LineTo(points[i]));
        }

        if (isClosed)
        {
            steps.Add(PathStep.Close);
        }

        return new PathItem(steps.ToImmutable(), fill, stroke);
    }
}

/// <summary>A disc; with a highlight colour it is shaded like a sphere lit from the upper left.</summary>
internal sealed record DiscItem(PagePoint Centre, double Radius, Colour Fill, Colour? Highlight, Stroke? Stroke) : SceneItem;

/// <summary>The same small shape at many places.</summary>
internal sealed record MarkersItem(ImmutableArray<PagePoint> Centres, MarkerShape Shape, double Radius, Colour? Fill, Stroke? Stroke) : SceneItem;

/// <summary>A line of text.</summary>
internal sealed record TextItem(PagePoint Position, string Text, TextStyle Style) : SceneItem;

/// <summary>Items of which only the part inside a rectangle shows.</summary>
internal sealed record ClipItem(PageRectangle Area, ImmutableArray<SceneItem> Items) : SceneItem;

/// <summary>A point of the page.</summary>
internal readonly record struct PagePoint(double X, double Y);

/// <summary>A rectangle of the page; Top is smaller than Bottom.</summary>
internal readonly record struct PageRectangle(double Left, double Top, double Width, double Height)
{
    internal double Right => Left + Width;

    internal double Bottom => Top + Height;
}

/// <summary>One step of a path.</summary>
/// <param name="Kind">M move, L line, Q quadratic curve, C cubic curve, Z close.</param>
/// <param name="A">First point: end of M and L, first control point of Q and C.</param>
/// <param name="B">End of Q, second control point of C.</param>
/// <param name="C">End of C.</param>
internal readonly record struct PathStep(char Kind, PagePoint A, PagePoint B, PagePoint C)
{
    internal static PathStep Close => new('Z', default, default, default);

    internal static PathStep MoveTo(PagePoint point) => new('M', point, default, default);

    internal static PathStep LineTo(PagePoint point) => new('L', point, default, default);

    internal static PathStep QuadraticTo(PagePoint control, PagePoint end) => new('Q', control, end, default);

    internal static PathStep CubicTo(PagePoint first, PagePoint second, PagePoint end) => new('C', first, second, end);
}

/// <summary>Colour and width of a line; the dash pattern alternates drawn and empty lengths.</summary>
internal sealed record Stroke(Colour Colour, double Width = 1, ImmutableArray<double>? Dash = null);

/// <summary>Shape of a marker.</summary>
internal enum MarkerShape
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>An upright square.</summary>
    Square,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A triangle on its base.</summary>
    Triangle,

    /// <summary>A triangle on its point.</summary>
    InvertedTriangle,

    /// <summary>A star of five points.</summary>
    Star,

    /// <summary>A Greek cross with an area to fill.</summary>
    Plus,

    /// <summary>Two triangles that meet with their points.</summary>
    Hourglass,

    /// <summary>An hourglass on its side.</summary>
    BowTie,

    /// <summary>A triangle that points to the left.</summary>
    LeftTriangle,

    /// <summary>A triangle that points to the right.</summary>
    RightTriangle,

    /// <summary>A regular pentagon on its base.</summary>
    Pentagon,

    /// <summary>Two crossed strokes.</summary>
    Cross,
}

/// <summary>How text is set.</summary>
internal sealed record TextStyle(
    double Size,
    Colour Colour,
    bool IsBold = false,
    TextAnchor Horizontal = TextAnchor.Start,
    TextAnchor Vertical = TextAnchor.Start,
    double RotationDegrees = 0);

/// <summary>Which part of the text stands at its position. Vertically: Start is the base line, End the top of capitals.</summary>
internal enum TextAnchor
{
    /// <summary>Left end, or base line.</summary>
    Start,

    /// <summary>Middle.</summary>
    Middle,

    /// <summary>Right end, or top of capitals.</summary>
    End,
}
