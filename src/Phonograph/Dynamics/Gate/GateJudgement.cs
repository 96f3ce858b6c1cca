using System.Globalization;

namespace Phonograph.Dynamics.Gate;

/// <summary>Turns measurements into a verdict; docs/gate.md gives the reasons of every line.</summary>
internal static class GateJudgement
{
    internal static GateReport Of(GateReport report, IReadOnlyList<GateSeries> runs, GateOptions options)
    {
        string[] cautions = [.. Cautions(report, runs, options)];
        string[] leaves = [.. Leaves(report, options)];
        if (leaves.Length > 0)
        {
            return report with { Verdict = GateVerdict.Leaves, Reasons = [.. leaves], Cautions = [.. cautions] };
        }

        string[] doubts = [.. Doubts(report, runs, options)];
        return doubts.Length > 0
            ? report with { Verdict = GateVerdict.Undecided, Reasons = [.. doubts], Cautions = [.. cautions] }
            : report with { Verdict = GateVerdict.Stays, Reasons = [.. Stays(report)], Cautions = [.. cautions] };
    }

    private static IEnumerable<string> Leaves(GateReport report, GateOptions options)
    {
        double lowest = report.PotentialElectronvolt.LowestBlock;
        if (lowest < -options.BelowReferencePerAtomElectronvolt * report.AtomCount)
        {
            yield return Text($"the potential energy falls below the reference crystal's: a block of the run has {lowest:F3} eV per cell on average, where harmonic vibrations have {report.HarmonicElectronvolt:F3} eV; the reference is no minimum");
        }

        if (report.JudgedFemtosecond < report.NeededFemtosecond)
        {
            yield break;
        }

        foreach (GateDisplacement row in report.Displacements)
        {
            double amplitude = Math.Max(row.AmplitudeAngstrom, row.EnsembleClassicalAngstrom ?? 0);
            if (row.DriftAngstrom.Mean - (2 * row.DriftAngstrom.StandardError) > options.DriftMultiple * amplitude)
            {
                yield return Text($"the time-averaged places of {Name(row)} lie {row.DriftAngstrom.Mean:F3} ± {row.DriftAngstrom.StandardError:F3} Å off the sites, more than {options.DriftMultiple:0.##} times the thermal amplitude of {amplitude:F3} Å");
            }

            if (row.EnsembleClassicalAngstrom is { } expected
                && row.RootMeanSquareAngstrom.Mean - (2 * row.RootMeanSquareAngstrom.StandardError) > options.AmplitudeMultiple * expected)
            {
                yield return Text($"the r.m.s. displacement of {Name(row)} is {row.RootMeanSquareAngstrom.Mean:F3} ± {row.RootMeanSquareAngstrom.StandardError:F3} Å, more than {options.AmplitudeMultiple:0.##} times the {expected:F3} Å of the classical ensemble");
            }
        }
    }

    private static IEnumerable<string> Doubts(GateReport report, IReadOnlyList<GateSeries> runs, GateOptions options)
    {
        foreach (GateSeries run in runs.Where(run => run.Trajectory.Ended is not null))
        {
            yield return Text($"a run ended after {run.TimesFemtosecond[^1]:0.#} fs: {run.Trajectory.Ended!.Reason}, {run.Trajectory.Ended.Detail}");
        }

        if (report.JudgedFemtosecond < report.NeededFemtosecond)
        {
            yield return Text($"too short: {report.JudgedFemtosecond:0.#} fs after settling, {report.NeededFemtosecond:0.#} fs are needed");
        }

        BlockAverage energy = report.PotentialElectronvolt;
        if (energy.Mean + (2 * energy.StandardError) < options.LeastEnergyShare * report.HarmonicElectronvolt)
        {
            yield return Text($"the potential energy, {energy.Mean:F3} ± {energy.StandardError:F3} eV per cell above the reference, is less than {options.LeastEnergyShare:0.##} of the {report.HarmonicElectronvolt:F3} eV of harmonic vibrations");
        }

        double target = runs[0].Trajectory.TemperatureKelvin, off = Math.Abs(report.TemperatureKelvin.Mean - target);
        if (off > Math.Max(options.TemperatureTolerance * target, 3 * report.TemperatureKelvin.StandardError))
        {
            yield return Text($"the temperature is {report.TemperatureKelvin.Mean:F0} ± {report.TemperatureKelvin.StandardError:F0} K instead of {target:0.#} K");
        }

        if (IsUnsound(report, options))
        {
            yield return Unsound(report);
        }
    }

    private static IEnumerable<string> Cautions(GateReport report, IReadOnlyList<GateSeries> runs, GateOptions options)
    {
        if (IsUnsound(report, options))
        {
            yield return Unsound(report);
        }

        if (report.Displacements[0].EnsembleClassicalAngstrom is null)
        {
            yield return "no force constants were given: displacements are not compared with an ensemble";
        }

        foreach (GateSeries run in runs.Where(run => run.Trajectory.Ended is not null))
        {
            yield return Text($"a run ended early, after {run.TimesFemtosecond[^1]:0.#} fs");
        }
    }

    private static IEnumerable<string> Stays(GateReport report)
    {
        GateDisplacement all = report.Displacements[0];
        yield return Text($"the potential energy is {report.PotentialElectronvolt.Mean:F3} ± {report.PotentialElectronvolt.StandardError:F3} eV per cell above the reference crystal's in every block, beside {report.HarmonicElectronvolt:F3} eV of harmonic vibrations");
        yield return Text($"the time-averaged places lie {all.DriftAngstrom.Mean:F3} ± {all.DriftAngstrom.StandardError:F3} Å off the sites, within the thermal amplitude of {all.AmplitudeAngstrom:F3} Å");
        if (all.EnsembleClassicalAngstrom is { } expected)
        {
            yield return Text($"the r.m.s. displacement is {all.RootMeanSquareAngstrom.Mean:F3} ± {all.RootMeanSquareAngstrom.StandardError:F3} Å, beside {expected:F3} Å of the classical ensemble");
        }
    }

    private static bool IsUnsound(GateReport report, GateOptions options) =>
        report.ConservedChangeElectronvolt > options.ConservedTolerance * report.HarmonicElectronvolt;

    private static string Unsound(GateReport report) =>
        Text($"the conserved energy changes by {report.ConservedChangeElectronvolt:F3} eV per cell after settling: the time step is too long, or the forces are no derivatives of the energy");

    private static string Name(GateDisplacement row) => row.Species == GateSeries.All ? "all atoms together" : row.Species;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
