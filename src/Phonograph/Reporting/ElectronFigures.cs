using System.Collections.Immutable;
using Phonograph.Electrons;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>Figures of electrons: SVG, PNG, and the numbers drawn as CSV.</summary>
public static class ElectronFigures
{
    /// <summary>Bands with the density of states beside them.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="bands">Bands.</param>
    /// <param name="shells">Names of shells whose shares are drawn on the bands, for example <c>Ag s</c>.</param>
    /// <returns>Paths of the files; the density of states is in a table of its own.</returns>
    public static ImmutableArray<string> WriteBands(string stem, ElectronicBands bands, IReadOnlyList<string> shells)
    {
        ArgumentNullException.ThrowIfNull(bands);
        ArgumentNullException.ThrowIfNull(shells);
        string density = stem + "-density.csv";
        Files.AtomicFile.WriteText(density, ElectronBandsFigure.DensityData(bands).ToString());
        return [.. FigureFiles.Write(stem, ElectronBandsFigure.Draw(bands, shells)), density];
    }

    /// <summary>Gap along a frozen mode, against amplitude and against the shortest distance of a pair.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="mode">Labelled cells.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteMode(string stem, FrozenMode mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        return FigureFiles.Write(stem, FrozenModeFigure.Draw(mode));
    }
}
