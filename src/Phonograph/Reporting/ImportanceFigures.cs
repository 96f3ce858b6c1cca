using System.Collections.Immutable;
using Phonograph.Explaining.Networks;
using Phonograph.Files;
using Phonograph.Reporting.Explanations;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>Figures of explanations: SVG, PNG, and the numbers drawn as CSV.</summary>
public static class ImportanceFigures
{
    /// <summary>Importance of the bonds of one structure, in its cell and as a graph, beside a page in which the threshold can be moved.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="drawn">The same structure as one model or two see it.</param>
    /// <param name="about">Which structure it is and how importance was measured, in a sentence.</param>
    /// <param name="threshold">Level from which on bonds are drawn as important: <see cref="ImportanceLevels"/>.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteStructure(string stem, IReadOnlyList<DrawnImportance> drawn, string about, double threshold = ImportanceLevels.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        ImmutableArray<string> files = FigureFiles.Write(stem, ImportanceStructureFigure.Draw(Path.GetFileName(stem), "Importance", drawn, threshold, about));
        AtomicFile.WriteText(stem + ".html", ImportancePage.Write(drawn, threshold, about));
        return [.. files, stem + ".html"];
    }

    /// <summary>Densities of importance and of bonds over length, a column for each model.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="series">One model or two.</param>
    /// <param name="about">How importance was measured, in a sentence.</param>
    public static ImmutableArray<string> WriteDensities(string stem, IReadOnlyList<ImportanceSeries> series, string about)
    {
        ArgumentNullException.ThrowIfNull(series);
        return FigureFiles.Write(stem, ImportanceDensityFigure.Draw(Path.GetFileName(stem), "Densities", series, about));
    }

    /// <summary>Share of importance of each pair of elements beside its share of the bonds.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="series">Models.</param>
    /// <param name="about">How importance was measured, in a sentence.</param>
    public static ImmutableArray<string> WritePairs(string stem, IReadOnlyList<ImportanceSeries> series, string about)
    {
        ArgumentNullException.ThrowIfNull(series);
        return FigureFiles.Write(stem, ImportancePairFigure.Draw(Path.GetFileName(stem), "Pairs", series, about));
    }

    /// <summary>Effect of the node features of each element.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="series">Models.</param>
    /// <param name="unit">Unit of the property.</param>
    /// <param name="about">What was explained, in a sentence.</param>
    public static ImmutableArray<string> WriteFeatures(string stem, IReadOnlyList<ImportanceSeries> series, string unit, string about)
    {
        ArgumentNullException.ThrowIfNull(series);
        return FigureFiles.Write(stem, ImportanceFeatureFigure.Draw(Path.GetFileName(stem), "Features", series, unit, about));
    }
}
