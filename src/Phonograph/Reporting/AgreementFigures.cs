using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>Files of a comparison of labels: the figure as SVG, PNG and CSV, and the table of the numbers.</summary>
public static class AgreementFigures
{
    /// <summary>Writes <c>label-agreement.svg</c>, <c>.png</c>, <c>.csv</c> and <c>agreement.csv</c>.</summary>
    /// <param name="folder">Folder; it exists.</param>
    /// <param name="agreement">The comparison.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> Write(string folder, LabelAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        string table = Path.Combine(folder, "agreement.csv");
        var rows = new CsvTable([
            "property", "unit", "scheme", "temperature_K", "width_A", "cells",
            .. ((string[])["shift", "scatter", "spread_of_first", "correlation", "slope"]).SelectMany(name => new[] { name, name + "_low", name + "_high" }),
        ]);
        foreach (AgreementRow row in agreement.Rows)
        {
            rows.Add([
                row.Property.Key, row.Property.Unit, row.Stratum?.Scheme ?? "", Numbers.Csv(row.Stratum?.TemperatureKelvin), Numbers.Csv(row.Stratum?.WidthAngstrom), Numbers.Csv(row.Cells),
                .. ((Interval[])[row.Shift, row.Scatter, row.Spread, row.Correlation, row.Slope]).SelectMany(interval => new[] { Numbers.Csv(interval.Value), Numbers.Csv(interval.Low), Numbers.Csv(interval.High) }),
            ]);
        }

        Files.AtomicFile.WriteText(table, rows.ToString());
        return [.. FigureFiles.Write(Path.Combine(folder, "label-agreement"), AgreementFigure.Draw(agreement)), table];
    }
}
