using System.Globalization;

namespace Phonograph.Crystals.Formats;

/// <summary>One entry of the Properties string of an extended XYZ frame.</summary>
/// <param name="Name">Column name, for example <c>pos</c>.</param>
/// <param name="Kind">S text, R real, I integer, L logical.</param>
/// <param name="Width">Number of fields.</param>
/// <param name="Start">Index of its first field in the line.</param>
internal sealed record Column(string Name, char Kind, int Width, int Start);

/// <summary>Columns of the atom lines of an extended XYZ frame.</summary>
internal sealed record ColumnLayout(IReadOnlyList<Column> Columns, Column Species, Column Position, Column? Masses, IReadOnlyList<Column> Vectors)
{
    /// <summary>What a frame without Properties has.</summary>
    internal const string Plain = "species:S:1:pos:R:3";

    /// <summary>Number of fields in each atom line.</summary>
    internal int FieldCount => Columns.Sum(column => column.Width);

    /// <exception cref="FormatException">The string is not triples of name, kind and width, or species or pos is missing.</exception>
    internal static ColumnLayout Parse(string properties)
    {
        string[] parts = properties.Split(':');
        if (parts.Length % 3 != 0)
        {
            throw new FormatException("Properties that are not triples name:kind:width");
        }

        var columns = new List<Column>();
        int start = 0;
        for (int part = 0; part < parts.Length; part += 3)
        {
            if (parts[part + 1] is not [var kind] || !"SRIL".Contains(kind, StringComparison.Ordinal)
                || !int.TryParse(parts[part + 2], NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width is < 1 or > 1000)
            {
                throw new FormatException($"the property {parts[part]}:{parts[part + 1]}:{parts[part + 2]}");
            }

            if (columns.Exists(column => column.Name == parts[part]))
            {
                throw new FormatException($"the property {parts[part]} twice");
            }

            columns.Add(new Column(parts[part], kind, width, start));
            start += width;
        }

        Column species = columns.Find(column => column is { Name: "species", Kind: 'S', Width: 1 }) ?? throw new FormatException("Properties without species:S:1");
        Column position = columns.Find(column => column is { Name: "pos", Kind: 'R', Width: 3 }) ?? throw new FormatException("Properties without pos:R:3");
        Column? masses = columns.Find(column => column is { Name: "masses", Kind: 'R', Width: 1 });
        return new ColumnLayout(columns, species, position, masses, columns.FindAll(column => column is { Kind: 'R', Width: 3 } && column != position));
    }
}
