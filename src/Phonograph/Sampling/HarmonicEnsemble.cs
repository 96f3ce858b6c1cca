using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Sampling;

/// <summary>
/// The canonical ensemble of the harmonic vibrations of a supercell, after the rule for soft modes. The rule's effective force constants are those with the same modes and
/// the frequencies that the rule draws with; frozen modes cost no energy in them.
/// </summary>
public abstract class HarmonicEnsemble
{
    private protected HarmonicEnsemble(Crystal crystal, ImmutableArray<double> frequencies, double temperatureKelvin, ThermalStatistics statistics, SoftModePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (!(temperatureKelvin >= 0) || !double.IsFinite(temperatureKelvin))
        {
            throw new ArgumentOutOfRangeException(nameof(temperatureKelvin), "The temperature must be zero or positive, in K.");
        }

        (Crystal, FrequenciesTerahertz, TemperatureKelvin, Statistics, Policy) = (crystal, frequencies, temperatureKelvin, statistics, policy);
        double?[] effective = [.. frequencies.Select(policy.EffectiveFrequency)];
        int[] refused = [.. Enumerable.Range(0, effective.Length).Where(mode => effective[mode] is null)];
        if (refused.Length > 0)
        {
            string named = string.Join(", ", refused.Take(12).Select(mode => $"{mode + 1} ({frequencies[mode].ToString("F3", CultureInfo.InvariantCulture)} THz)"));
            throw new InputException(
                $"The rule '{policy}' refuses {refused.Length} of {frequencies.Length} modes: {named}{(refused.Length > 12 ? ", ..." : "")} (negative: imaginary). "
                + "Choose another rule knowingly (freeze, absolute, floor:THZ), or force constants that are stable at this temperature.");
        }

        SoftModesTouched = Enumerable.Range(0, effective.Length).Count(mode => effective[mode] != frequencies[mode]);
        EffectiveFrequenciesTerahertz = [.. effective.Select(frequency => frequency!.Value)];
        MeanSquareCoordinates = [.. effective.Select(frequency => frequency > 0 ? HarmonicOscillator.MeanSquareCoordinate(frequency.Value, temperatureKelvin, statistics) : 0)];
        double[] roots = [.. EffectiveFrequenciesTerahertz.Select(frequency => frequency / PhysicalConstants.TerahertzPerRootForceConstant)];
        Curvatures = [.. roots.Select(root => root * root)];
        double energy = 0;
        for (int mode = 0; mode < Curvatures.Length; mode++)
        {
            energy += 0.5 * Curvatures[mode] * MeanSquareCoordinates[mode];
        }

        MeanPotentialEnergyElectronvolt = energy;
    }

    /// <summary>The supercell at rest, with the masses that were used.</summary>
    public Crystal Crystal { get; }

    /// <summary>Temperature, K.</summary>
    public double TemperatureKelvin { get; }

    /// <summary>Quantum or classical.</summary>
    public ThermalStatistics Statistics { get; }

    /// <summary>Rule for imaginary and near-zero modes.</summary>
    public SoftModePolicy Policy { get; }

    /// <summary>Ordinary frequency of each vibration of the supercell before the rule, THz, negative for imaginary ones; 3N-3 numbers.</summary>
    public ImmutableArray<double> FrequenciesTerahertz { get; }

    /// <summary>Number of modes that the rule changed.</summary>
    public int SoftModesTouched { get; }

    /// <summary>Frequency each mode is drawn with, THz, in the order of the frequencies; zero for modes at rest.</summary>
    public ImmutableArray<double> EffectiveFrequenciesTerahertz { get; }

    /// <summary>Mean square mass-weighted coordinate of each mode, Å² amu, in the order of the frequencies; zero for frozen ones.</summary>
    public ImmutableArray<double> MeanSquareCoordinates { get; }

    /// <summary>Mean potential energy of the supercell above rest under the rule's effective force constants, eV: half the sum of ω² ⟨Q²⟩.</summary>
    public double MeanPotentialEnergyElectronvolt { get; }

    /// <summary>Mean square displacement, Å²: the mean over all atoms, each counted alike, of ⟨|u|²⟩ with the centre of mass at rest.</summary>
    public double MeanSquareDisplacement => AtomCovariances().Average(covariance => covariance.Trace);

    /// <summary>Squared angular frequency with which the rule draws each mode, eV/(Å² amu).</summary>
    internal ImmutableArray<double> Curvatures { get; }

    /// <summary>What else a draw has to record.</summary>
    internal virtual ReadOnlyDictionary<string, string> Details => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Covariance of the displacement of each atom, Å², 3 × 3, Cartesian.</summary>
    public abstract ImmutableArray<Matrix3x3> AtomCovariances();

    /// <summary>Sum over all 3N coordinates of the diagonal of the rule's effective force constants, eV/Å².</summary>
    public abstract double EffectiveForceConstantsTrace();

    /// <summary>Writes the unit eigenvector of a mode, mass-weighted, 3N components.</summary>
    internal abstract void WriteVector(int mode, Span<double> target);

    /// <summary>The record that all draws of a scheme share.</summary>
    internal DrawProvenance Provenance(string scheme) => new(scheme, 0, 0)
    {
        TemperatureKelvin = TemperatureKelvin,
        Statistics = Statistics.ToString().ToLower(CultureInfo.InvariantCulture),
        SoftModePolicy = Policy.ToString(),
        SoftModesTouched = SoftModesTouched,
        Details = Details,
    };
}
