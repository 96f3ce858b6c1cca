namespace Phonograph.Reporting.Drawing;

/// <summary>Collects what is drawn.</summary>
internal sealed class SceneBuilder(double width, double height)
{
    internal const double TickSize = 10.5, LabelSize = 11.5, TitleSize = 12.5, NoteSize = 10.5;

    private readonly List<SceneItem> _items = [];

    internal double Width { get; } = width;

    internal double Height { get; } = height;

    internal void Add(SceneItem item) => _items.Add(item);

    internal void Line(PagePoint from, PagePoint to, Stroke stroke) => Add(PathItem.Polyline([from, to], isClosed: false, null, stroke));

    internal void Rectangle(PageRectangle area, Colour? fill, Stroke? stroke) => Add(PathItem.Polyline(
        [new(area.Left, area.Top), new(area.Right, area.Top), new(area.Right, area.Bottom), new(area.Left, area.Bottom)], isClosed: true, fill, stroke));

    internal void Text(double x, double y, string text, TextStyle style) => Add(new TextItem(new PagePoint(x, y), text, style));

    /// <summary>The bold letter of a panel with its title.</summary>
    internal void PanelTitle(double x, double baseLine, string letter, string title)
    {
        Text(x, baseLine, letter, new TextStyle(TitleSize, Palette.Ink, IsBold: true));
        Text(x + Lettering.Width(letter, TitleSize, isBold: true) + 6, baseLine, title, new TextStyle(LabelSize, Palette.Ink));
    }

    internal Scene Build()
    {
        var white = PathItem.Polyline([new(0, 0), new(Width, 0), new(Width, Height), new(0, Height)], isClosed: true, Palette.White, null);
        return new Scene(Width, Height, [white, .. _items]);
    }
}
