using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Dynamics.Gate;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>Figures of phonons as people print them: SVG, PNG, and the numbers drawn as CSV.</summary>
public static class PhononFigures
{
    /// <summary>Bands along a path, imaginary modes below zero, with the density of states beside them when it is given.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="bands">Bands.</param>
    /// <param name="density">Density of states; null for none.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteBands(string stem, BandStructure bands, DensityOfStates? density = null)
    {
        ArgumentNullException.ThrowIfNull(bands);
        return FigureFiles.Write(stem, PhononBandsFigure.Draw(bands, density));
    }

    /// <summary>Density of states, in all and for each element.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="crystal">The primitive cell.</param>
    /// <param name="density">Density of states.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteDensity(string stem, Crystal crystal, DensityOfStates density)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(density);
        return FigureFiles.Write(stem, PhononDensityFigure.Draw(crystal, density));
    }

    /// <summary>Free and internal energy, entropy and heat capacity against temperature.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="crystal">The primitive cell.</param>
    /// <param name="thermal">Thermal properties at two temperatures or more.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteThermal(string stem, Crystal crystal, ThermalProperties thermal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(thermal);
        return FigureFiles.Write(stem, ThermalPropertiesFigure.Draw(crystal, thermal));
    }

    /// <summary>Mean square displacements against temperature; the data hold the tensors.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="displacements">Thermal displacements.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteDisplacements(string stem, ThermalDisplacements displacements)
    {
        ArgumentNullException.ThrowIfNull(displacements);
        return FigureFiles.Write(stem, ThermalDisplacementsFigure.Draw(displacements));
    }

    /// <summary>Potential energy, temperature and root mean square displacements along the runs of a gate, beside what the ensemble has.</summary>
    /// <param name="stem">Path of the files without their extensions.</param>
    /// <param name="runs">Runs.</param>
    /// <param name="report">What the gate says of them.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> WriteGate(string stem, IReadOnlyList<GateSeries> runs, GateReport report)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(report);
        return FigureFiles.Write(stem, GateFigure.Draw(runs, report));
    }
}
