namespace Phonograph.Reporting.Drawing;

/// <summary>A row of keys that say what colours and markers mean.</summary>
internal static class Legend
{
    private const double Swatch = 18, Gap = 5, Between = 18, RowHeight = 16;

    /// <summary>What a legend needs below its first row.</summary>
    internal static double ExtraHeight(double maximumWidth, IReadOnlyList<LegendKey> keys) => (Rows(maximumWidth, keys).Count - 1) * RowHeight;

    /// <summary>Draws keys from left to right, centred, and starts a new row where the width ends.</summary>
    internal static void Draw(SceneBuilder scene, double centre, double baseLine, double maximumWidth, IReadOnlyList<LegendKey> keys)
    {
        foreach (List<LegendKey> row in Rows(maximumWidth, keys))
        {
            double x = centre - ((row.Sum(Width) - Between) / 2);
            foreach (LegendKey key in row)
            {
                double middle = baseLine - 3.8;
                if (key.Band is { } band)
                {
                    scene.Rectangle(new PageRectangle(x, middle - 4.5, Swatch, 9), band, null);
                }

                if (key.Line is { } line)
                {
                    scene.Line(new(x, middle), new(x + Swatch, middle), line);
                }

                if (key.Marker is { } marker)
                {
                    scene.Add(new MarkersItem([new PagePoint(x + (Swatch / 2), middle)], marker, key.MarkerRadius, key.MarkerFill, key.MarkerStroke));
                }

                scene.Text(x + Swatch + Gap, baseLine, key.Text, new TextStyle(SceneBuilder.NoteSize, Palette.Ink));
                x += Width(key);
            }

            baseLine += RowHeight;
        }
    }

    private static List<List<LegendKey>> Rows(double maximumWidth, IReadOnlyList<LegendKey> keys)
    {
        var rows = new List<List<LegendKey>> { new() };
        double used = 0;
        foreach (LegendKey key in keys)
        {
            double width = Width(key);
            if (used + width > maximumWidth && rows[^1].Count > 0)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(key);
            used += width;
        }

        return rows;
    }

    /// <summary>Width of a key with the room after it.</summary>
    private static double Width(LegendKey key) => Swatch + Gap + Lettering.Width(key.Text, SceneBuilder.NoteSize) + Between;
}

/// <summary>One key of a legend.</summary>
internal sealed record LegendKey(string Text)
{
    internal Stroke? Line { get; init; }

    internal Colour? Band { get; init; }

    internal MarkerShape? Marker { get; init; }

    internal double MarkerRadius { get; init; } = 3.2;

    internal Colour? MarkerFill { get; init; }

    internal Stroke? MarkerStroke { get; init; }
}
