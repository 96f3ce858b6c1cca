using System.Globalization;
using Phonograph.Crystals.Formats;

namespace Phonograph.Labelling;

/// <summary>How a label stands in an extended XYZ frame; the keys are those of docs/file-formats.md.</summary>
internal static class LabelledFrame
{
    /// <summary>A frame with its label.</summary>
    /// <param name="frame">The configuration.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="label">The label, in the frame's order of atoms.</param>
    /// <param name="origin">Who computed it.</param>
    internal static ExtendedXyzFrame Of(ExtendedXyzFrame frame, string id, Label label, LabelOrigin origin)
    {
        BandEdges edges = label.BandEdges;
        return frame with
        {
            Info = frame.Info
                .SetItem("id", id)
                .SetItem("REF_energy", Text(label.EnergyElectronvolt))
                .SetItem("REF_stress", string.Join(' ', Enumerable.Range(0, 9).Select(index => Text(label.Stress[index / 3, index % 3]))))
                .SetItem("band_gap_eV", Text(edges.GapElectronvolt))
                .SetItem("vbm_eV", Text(edges.ValenceBandMaximumElectronvolt))
                .SetItem("cbm_eV", Text(edges.ConductionBandMinimumElectronvolt))
                .SetItem("vbm_reference", edges.Reference)
                .SetItem("hydrostatic_stress_GPa", Text(label.HydrostaticStressGigapascal))
                .SetItem("metallic", edges.IsMetallic ? "T" : "F")
                .SetItem("engine", origin.Engine)
                .SetItem("engine_version", origin.Version)
                .SetItem("level", origin.Level)
                .SetItem("rung", origin.Rung.ToString(CultureInfo.InvariantCulture)),
            VectorColumns = frame.VectorColumns.SetItem("REF_forces", label.Forces),
        };
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Who computed a label, and how.</summary>
/// <param name="Engine">Name of the program.</param>
/// <param name="Version">Its version as it states it.</param>
/// <param name="Level">Level of theory.</param>
/// <param name="Rung">Rung of the recovery ladder, 0 for the plain way.</param>
internal sealed record LabelOrigin(string Engine, string Version, string Level, int Rung);
