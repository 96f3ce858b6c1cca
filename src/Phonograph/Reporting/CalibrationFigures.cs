using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Ensembles;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>The figure of a calibration: SVG, PNG, and the numbers drawn as CSV.</summary>
public static class CalibrationFigures
{
    /// <summary>Observed against nominal coverage, and error against standard error.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="report">Calibration on test cells.</param>
    /// <param name="property">What was predicted.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> Write(string stem, CalibrationReport report, Property property)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(property);
        return FigureFiles.Write(stem, CalibrationFigure.Draw(report, property));
    }
}
