using System.Collections.Immutable;
using Phonograph.Explaining.Modes;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>Figures of what modes do to a property: SVG, PNG, and the numbers drawn as CSV.</summary>
public static class ModeFigures
{
    /// <summary>Change of the property and stretch of bonds by each set of modes, over frequency.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="regression">What was found.</param>
    /// <returns>Paths of the files; the CSV has every shell of bonds.</returns>
    public static ImmutableArray<string> Write(string stem, ModeRegression regression)
    {
        ArgumentNullException.ThrowIfNull(regression);
        return FigureFiles.Write(stem, ModeRegressionFigure.Draw(regression));
    }
}
