namespace Phonograph.Reporting.Drawing;

/// <summary>A row of keys that say what colours and markers mean.</summary>
internal static class Legend
{
    /// <summary>Draws keys from left to right, centred, and starts a new row where the width ends.</summary>
    internal static void Draw(SceneBuilder scene, double centre, double baseLine, double maximumWidth, IReadOnlyList<LegendKey> keys)
    {
        const double swatch = 18, gap = 5, between = 18;
        var rows = new List<List<LegendKey>> { new() };
        double used = 0;
        foreach (LegendKey key in keys)
        {
            double width = swatch + gap + Lettering.Width(key.Text, SceneBuilder.NoteSize) + between;
            if (used + width > maximumWidth && rows[^1].Count > 0)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(key);
            used += width;
        }

        foreach (List<LegendKey> row in rows)
        {
            double x = centre - (row.Sum(key => swatch + gap + Lettering.Width(key.Text, SceneBuilder.NoteSize) + between) - between) / 2;
            foreach (LegendKey key in row)
            {
                double middle = baseLine - 3.8;
                if (key.Band is { } band)
                {
                    scene.Rectangle(new PageRectangle(x, middle - 4.5, swatch, 9), band, null);
                }

                if (key.Line is { } line)
                {
                    scene.Line(new(x, middle), new(x + swatch, middle), line);
                }

                if (key.Marker is { } marker)
                {
                    scene.Add(new MarkersItem([new PagePoint(x + (swatch / 2), middle)], marker, key.MarkerRadius, key.MarkerFill, key.MarkerStroke));
                }

                scene.Text(x + swatch + gap, baseLine, key.Text, new TextStyle(SceneBuilder.NoteSize, Palette.Ink));
                x += swatch + gap + Lettering.Width(key.Text, SceneBuilder.NoteSize) + between;
            }

            baseLine += 16;
        }
    }
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
