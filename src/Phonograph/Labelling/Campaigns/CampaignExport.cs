using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Writes the labelled configurations of a campaign; the bytes depend on the configurations and their labels alone.</summary>
public static class CampaignExport
{
    /// <summary>Writes labelled configurations in input order as extended XYZ, and beside it a table of those without a label.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="engine">Its engine, which knows how many rungs there are.</param>
    /// <param name="path">File to write; a name ending in <c>.gz</c> is compressed.</param>
    /// <param name="failuresPath">Table of configurations without a label; null for <c>failures.csv</c> beside <paramref name="path"/>.</param>
    /// <returns>Number of configurations written, and of those without a label.</returns>
    /// <exception cref="InputException">The campaign is damaged, or no configuration has a label.</exception>
    public static (int Labelled, int Unlabelled) Write(CampaignFolder campaign, IElectronicStructureEngine engine, string path, string? failuresPath = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(engine);
        IReadOnlyList<LabelFrame> frames = LabelFrame.ReadAll(campaign);
        var journal = AttemptJournal.Read(campaign);
        int rungs = engine.RungCount(campaign.Level);
        LabelFrame[] labelled = [.. frames.Where(frame => journal[frame.Job].Label is not null)];
        LabelFrame[] unlabelled = [.. frames.Where(frame => journal[frame.Job].Label is null)];
        if (labelled.Length == 0)
        {
            throw new InputException($"{campaign.Root}: no configuration has a label yet. Run 'phonograph label' on it first.");
        }

        ExtendedXyz.Write(path, labelled.Select(frame => Labelled(frame, journal[frame.Job].Label!)));
        string failures = failuresPath ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "failures.csv");
        AtomicFile.WriteText(failures, writer =>
        {
            writer.WriteLine("id,scheme,temperature_K,width_A,reason,detail");
            foreach (LabelFrame frame in unlabelled)
            {
                writer.WriteLine(Row(frame, journal[frame.Job], rungs));
            }
        });
        return (labelled.Length, unlabelled.Length);
    }

    private static ExtendedXyzFrame Labelled(LabelFrame frame, AttemptRecord attempt)
    {
        var label = (Label)attempt.Outcome;
        BandEdges edges = label.BandEdges;
        return frame.Frame with
        {
            Info = frame.Frame.Info
                .SetItem("id", frame.Id)
                .SetItem("REF_energy", Text(label.EnergyElectronvolt))
                .SetItem("REF_stress", string.Join(' ', Enumerable.Range(0, 9).Select(index => Text(label.Stress[index / 3, index % 3]))))
                .SetItem("band_gap_eV", Text(edges.GapElectronvolt))
                .SetItem("vbm_eV", Text(edges.ValenceBandMaximumElectronvolt))
                .SetItem("cbm_eV", Text(edges.ConductionBandMinimumElectronvolt))
                .SetItem("vbm_reference", edges.Reference)
                .SetItem("hydrostatic_stress_GPa", Text(label.HydrostaticStressGigapascal))
                .SetItem("metallic", edges.IsMetallic ? "T" : "F")
                .SetItem("engine", attempt.Engine)
                .SetItem("engine_version", attempt.EngineVersion)
                .SetItem("level", attempt.Level)
                .SetItem("rung", attempt.Rung.ToString(CultureInfo.InvariantCulture)),
            VectorColumns = frame.Frame.VectorColumns.SetItem("REF_forces", label.Forces),
        };
    }

    private static string Row(LabelFrame frame, JobState state, int rungs)
    {
        var failure = state.LastFailure?.Outcome as LabelFailure;
        (string reason, string detail) = failure is not null && state.NextRung >= rungs
            ? (failure.Reason, $"rung {state.LastFailure!.Rung}: {failure.Detail}")
            : ("pending", "not computed to the end of the ladder yet");
        string Info(string key) => frame.Frame.Info.GetValueOrDefault(key) ?? "";
        return string.Join(',', new[] { frame.Id, Info("scheme"), Info("temperature_K"), Info("width_A"), reason, detail }.Select(Quoted));
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"" : cell;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
