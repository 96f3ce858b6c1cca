using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Phonons.Formats;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Effective phonons on disk: <c>FORCE_CONSTANTS</c> (eV/Å², phonopy's layout), <c>effective.json</c> (everything in words and numbers, keys with units), <c>frequencies.csv</c> (each wave vector of
/// the supercell, with errors) and <c>iterations.csv</c>.
/// </summary>
public static class EffectiveFiles
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Folder; made when missing.</param>
    /// <param name="result">Effective phonons.</param>
    /// <param name="engine">Engine of the labels, with its version.</param>
    /// <param name="level">Level of the labels.</param>
    public static void Write(string folder, EffectiveResult result, string engine, string level)
    {
        ArgumentNullException.ThrowIfNull(result);
        OutputPlace.Prepare(folder);
        ForceConstantsFile.Write(Path.Combine(folder, "FORCE_CONSTANTS"), result.Constants.ToFull());
        AtomicFile.WriteText(Path.Combine(folder, "effective.json"), Document(result, engine, level).ToJsonString(Layout) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "frequencies.csv"), writer =>
        {
            writer.WriteLine("q_x,q_y,q_z,band,frequency_THz,standard_error_THz");
            foreach (WaveVectorErrors point in WaveVectorErrors.Of(result))
            {
                for (int band = 0; band < point.FrequenciesTerahertz.Length; band++)
                {
                    writer.WriteLine(Invariant($"{point.WaveVectorFractional.X:0.######},{point.WaveVectorFractional.Y:0.######},{point.WaveVectorFractional.Z:0.######},{band + 1},{point.FrequenciesTerahertz[band]:F6},{point.ErrorsTerahertz[band]:F6}"));
                }
            }
        });
        AtomicFile.WriteText(Path.Combine(folder, "iterations.csv"), writer =>
        {
            writer.WriteLine("iteration,drawn,labelled,labels_so_far,effective_draws,fits,shift_THz,error_THz,free_energy_eV_per_atom,free_energy_error_eV_per_atom,lowest_THz,imaginary_modes,fixed_point,stands_still");
            foreach (EffectiveIteration row in result.Iterations)
            {
                writer.WriteLine(Invariant($"{row.Number},{row.Drawn},{row.Labelled},{row.LabelsSoFar},{row.EffectiveDraws:F2},{row.Fits},{row.ShiftTerahertz:F6},{row.ErrorTerahertz:F6},{row.FreeEnergyElectronvoltPerAtom:F7},{row.FreeEnergyErrorElectronvoltPerAtom:F7},{row.LowestTerahertz:F6},{row.ImaginaryModes},{row.IsFixed},{row.StandsStill}"));
            }
        });
    }

    /// <summary>The result as one JSON document.</summary>
    /// <param name="result">Effective phonons.</param>
    /// <param name="engine">Engine of the labels, with its version.</param>
    /// <param name="level">Level of the labels.</param>
    public static JsonObject Document(EffectiveResult result, string engine, string level)
    {
        ArgumentNullException.ThrowIfNull(result);
        int atoms = result.AtomCount;
        return new JsonObject
        {
            ["formula"] = ChemicalFormula.OfCell(result.Basis.Symmetry.Supercell.Unit),
            ["engine"] = engine,
            ["level"] = level,
            ["temperature_K"] = result.Options.TemperatureKelvin,
            ["statistics"] = result.Options.Statistics.ToString().ToLowerInvariant(),
            ["converged"] = result.IsConverged,
            ["iterations"] = result.Iterations.Length,
            ["atoms_supercell"] = atoms,
            ["independent_parameters"] = result.Basis.Count,
            ["labels"] = result.Labels,
            ["labels_failed"] = result.Failures,
            ["labels_of_start"] = result.OtherLabels,
            ["effective_draws"] = Rounded(result.EffectiveDraws, 2),
            ["r2_forces"] = Rounded(result.Quality.RSquared, 5),
            ["residual_rms_eV_per_A"] = Rounded(result.Quality.ResidualRmsElectronvoltPerAngstrom, 5),
            ["degrees_of_freedom"] = result.Quality.DegreesOfFreedom,
            ["mean_force_eV_per_A"] = Rounded(result.MeanForceElectronvoltPerAngstrom, 5),
            ["soft_mode_policy"] = result.Options.Policy.ToString(),
            ["soft_modes_touched"] = result.Ensemble.SoftModesTouched,
            ["imaginary_modes"] = result.Ensemble.Modes.ImaginaryCount,
            ["frequency_error_rms_THz"] = Rounded(result.Errors.RootMeanSquareTerahertz, 5),
            ["free_energy_eV_per_atom"] = Rounded(result.FreeEnergy.TotalElectronvolt / atoms, 7),
            ["free_energy_error_eV_per_atom"] = Rounded(result.Errors.FreeEnergyElectronvolt / atoms, 7),
            ["free_energy_harmonic_eV_per_atom"] = Rounded(result.FreeEnergy.HarmonicElectronvolt / atoms, 7),
            ["free_energy_correction_eV_per_atom"] = Rounded(result.FreeEnergy.CorrectionElectronvolt / atoms, 7),
            ["rms_displacement_A"] = Rounded(Math.Sqrt(result.Ensemble.MeanSquareDisplacements().Average(square => square.X + square.Y + square.Z)), 5),
            ["frequencies_THz"] = Array(result.Ensemble.Modes.FrequenciesTerahertz),
            ["frequency_errors_THz"] = Array(result.Errors.FrequenciesTerahertz),
            ["cells_per_iteration"] = result.Options.CellsPerIteration,
            ["seed"] = result.Options.Seed,
            ["mixing"] = result.Options.Mixing,
            ["smallest_effective_share"] = result.Options.SmallestEffectiveShare,
            ["frequency_tolerance_THz"] = result.Options.FrequencyToleranceTerahertz,
            ["free_energy_tolerance_eV_per_atom"] = result.Options.FreeEnergyToleranceElectronvolt,
            ["precision_THz"] = result.Options.PrecisionTerahertz,
            ["resamples"] = result.Options.Resamples,
        };
    }

    private static JsonArray Array(ImmutableArray<double> values) => [.. values.Select(value => Rounded(value, 6))];

    /// <summary>A number as JSON; what is not a number becomes null.</summary>
    private static JsonValue? Rounded(double value, int digits) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, digits)) : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
