using System.Globalization;
using System.Text;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Dynamics;
using Phonograph.Dynamics.Gate;
using Phonograph.Files;
using Phonograph.Labelling;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>What <c>phonograph phonons gate</c> says, as text and as one JSON document.</summary>
internal sealed record GateDocument(GateReport Report, DynamicsOptions Options, GateOptions Lines, IElectronicStructureEngine Engine, GateEnsemble? Ensemble, string File)
{
    /// <summary>Writes gate.json, the time series with their figure, and the trajectory.</summary>
    internal void Write(string folder, GateSeries[] series)
    {
        AtomicFile.WriteText(File, PhononOutput.Json(ToDocument()) + "\n");
        Reporting.PhononFigures.WriteGate(Path.Combine(folder, "gate"), series, Report);
        ExtendedXyz.Write(Path.Combine(folder, "trajectory.xyz.gz"), series.SelectMany((run, number) => TrajectoryFrames.Of(run.Trajectory, number)));
    }

    internal string ToText()
    {
        var text = new StringBuilder();
        BlockAverage energy = Report.PotentialElectronvolt;
        text.Append(CultureInfo.InvariantCulture, $"{Report.Verdict.ToString().ToLowerInvariant()}: {Engine.Name} {Options.Level}, {Report.Runs} × {Options.Steps} steps of {Options.TimeStepFemtosecond} fs at {Options.TemperatureKelvin} K, {Report.JudgedFemtosecond:0.#} fs after settling\n");
        foreach (string reason in Report.Reasons)
        {
            text.Append($"  - {reason}\n");
        }

        foreach (string caution in Report.Cautions)
        {
            text.Append($"  note: {caution}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"potential energy above the reference: {energy.Mean:F3} ± {energy.StandardError:F3} eV per cell, {energy.Mean / Report.AtomCount:F4} eV per atom (classical harmonic {Report.HarmonicElectronvolt:F3} and {Report.HarmonicElectronvolt / Report.AtomCount:F4})\n");
        text.Append(CultureInfo.InvariantCulture, $"temperature: {Report.TemperatureKelvin.Mean:F1} ± {Report.TemperatureKelvin.StandardError:F1} K; conserved energy changes by {Report.ConservedChangeElectronvolt:F4} eV per cell\n");
        if (Report.GapElectronvolt is { } gap)
        {
            text.Append(CultureInfo.InvariantCulture, $"band gap: {gap.Mean:F3} ± {gap.StandardError:F3} eV, reference crystal {Report.ReferenceGapElectronvolt:F3} eV\n");
        }

        using var table = new StringWriter(CultureInfo.InvariantCulture);
        TextTable.Write(
            table,
            ["species", "atoms", "r.m.s. (Å)", "drift (Å)", "amplitude (Å)", "classical ensemble (Å)", "ensemble (Å)"],
            Report.Displacements.Select(row => (IReadOnlyList<string>)
            [
                row.Species,
                row.Atoms.ToString(CultureInfo.InvariantCulture),
                Text(row.RootMeanSquareAngstrom),
                Text(row.DriftAngstrom),
                row.AmplitudeAngstrom.ToString("F3", CultureInfo.InvariantCulture),
                row.EnsembleClassicalAngstrom?.ToString("F3", CultureInfo.InvariantCulture) ?? "-",
                row.EnsembleAngstrom?.ToString("F3", CultureInfo.InvariantCulture) ?? "-",
            ]));
        return text.Append(table).Append(File).ToString();
    }

    internal object ToDocument() => new
    {
        verdict = Report.Verdict.ToString().ToLowerInvariant(),
        reasons = Report.Reasons,
        cautions = Report.Cautions,
        engine = Engine.Name,
        engine_version = Engine.Probe().Version,
        level = Options.Level,
        atoms = Report.AtomCount,
        temperature_K = Options.TemperatureKelvin,
        steps = Options.Steps,
        time_step_fs = Options.TimeStepFemtosecond,
        thermostat_fs = Options.ThermostatTimeFemtosecond,
        seed = Options.Seed,
        runs = Report.Runs,
        frames = Report.Frames,
        settling_fraction = Lines.SettlingFraction,
        blocks_per_run = Lines.Blocks,
        judged_fs = Report.JudgedFemtosecond,
        needed_fs = Report.NeededFemtosecond,
        potential_energy_above_reference_eV = Json(Report.PotentialElectronvolt),
        potential_energy_above_reference_eV_per_atom = Json(new BlockAverage(
            Report.PotentialElectronvolt.Mean / Report.AtomCount, Report.PotentialElectronvolt.StandardError / Report.AtomCount, Report.PotentialElectronvolt.LowestBlock / Report.AtomCount)),
        harmonic_potential_energy_eV = Report.HarmonicElectronvolt,
        temperature_reached_K = Json(Report.TemperatureKelvin),
        conserved_energy_change_eV = Report.ConservedChangeElectronvolt,
        band_gap_eV = Report.GapElectronvolt is { } gap ? Json(gap) : null,
        band_gap_reference_eV = Report.ReferenceGapElectronvolt,
        ensemble = Ensemble is null ? null : new
        {
            soft_mode_policy = Ensemble.Chosen.Policy.ToString(),
            soft_modes_touched = Ensemble.Chosen.SoftModesTouched,
            imaginary_modes = Ensemble.Chosen.Modes.ImaginaryCount,
            modes = Ensemble.Chosen.Modes.Count,
            statistics = Ensemble.Chosen.Statistics.ToString().ToLowerInvariant(),
            slowest_THz = Ensemble.SlowestTerahertz,
        },
        displacements = Report.Displacements.Select(row => new
        {
            species = row.Species,
            atoms = row.Atoms,
            rms_A = Json(row.RootMeanSquareAngstrom),
            drift_A = Json(row.DriftAngstrom),
            amplitude_A = row.AmplitudeAngstrom,
            ensemble_classical_rms_A = row.EnsembleClassicalAngstrom,
            ensemble_rms_A = row.EnsembleAngstrom,
        }),
    };

    private static object Json(BlockAverage average) => new
    {
        mean = average.Mean,
        standard_error = double.IsFinite(average.StandardError) ? average.StandardError : (double?)null,
        lowest_block = average.LowestBlock,
    };

    private static string Text(BlockAverage average) => string.Create(CultureInfo.InvariantCulture, $"{average.Mean:F3} ± {average.StandardError:F3}");
}
