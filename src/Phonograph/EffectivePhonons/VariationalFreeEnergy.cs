using System.Collections.Immutable;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Free energy of a trial harmonic crystal corrected by the mean difference of true and trial potential energy: by the inequality of Gibbs and Bogoliubov an upper bound of the vibrational
/// free energy of the true crystal with fixed lattice, whatever the trial (I. Errea, M. Calandra, F. Mauri, Phys. Rev. B 89, 064302 (2014), eq. 11). The trial is the one drawn from, with the
/// frequencies that the soft-mode rule gives.
/// </summary>
/// <param name="HarmonicElectronvolt">Free energy of the trial crystal with its zero-point energy, eV per supercell, rigid translations left out.</param>
/// <param name="CorrectionElectronvolt">Mean of the potential energy above the crystal at rest minus the trial's, eV per supercell.</param>
public sealed record VariationalFreeEnergy(double HarmonicElectronvolt, double CorrectionElectronvolt)
{
    /// <summary>The bound, eV per supercell, measured from the potential energy of the crystal at rest.</summary>
    public double TotalElectronvolt => HarmonicElectronvolt + CorrectionElectronvolt;

    /// <summary>Estimates the bound from weighted draws.</summary>
    /// <param name="ensemble">The trial.</param>
    /// <param name="pool">Labelled draws.</param>
    /// <param name="weights">Weights with which they stand for the trial.</param>
    public static VariationalFreeEnergy Of(ThermalEnsemble ensemble, DrawPool pool, DrawWeights weights)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(weights);
        return new VariationalFreeEnergy(
            ensemble.EffectiveFrequenciesTerahertz.Sum(frequency => HarmonicOscillator.FreeEnergy(frequency, ensemble.TemperatureKelvin, ensemble.Statistics)),
            weights.Mean(pool.Draws.Select(draw => draw.EnergyElectronvolt - TrialEnergy(ensemble, draw))));
    }

    /// <summary>Potential energy of a displaced supercell in the trial crystal, eV.</summary>
    private static double TrialEnergy(ThermalEnsemble ensemble, LabelledDraw draw)
    {
        ImmutableArray<double> amplitudes = ensemble.Modes.Amplitudes(draw.Snapshot.DisplacementsCartesian.AsSpan());
        double sum = 0;
        for (int mode = 0; mode < amplitudes.Length; mode++)
        {
            sum += 0.5 * ensemble.Curvatures[mode] * amplitudes[mode] * amplitudes[mode];
        }

        return sum;
    }
}
