using Phonograph.Units;

namespace Phonograph.Sampling;

/// <summary>Statistics of a harmonic oscillator in the canonical ensemble.</summary>
public enum ThermalStatistics
{
    /// <summary>Bose-Einstein statistics with zero-point motion.</summary>
    Quantum,

    /// <summary>Equipartition: kT/2 for each quadratic term.</summary>
    Classical,
}

/// <summary>Mean square normal-mode coordinates of harmonic oscillators.</summary>
public static class HarmonicOscillator
{
    /// <summary>
    /// Mean square of the mass-weighted normal coordinate, Å² amu: kT/ω² classically, (ħ/2ω) coth(ħω/2kT) in quantum statistics
    /// (M. Born, K. Huang, Dynamical Theory of Crystal Lattices, 1954, section 17).
    /// </summary>
    /// <param name="frequencyTerahertz">Ordinary frequency, THz, positive.</param>
    /// <param name="temperatureKelvin">Temperature, K; zero leaves zero-point motion, or nothing classically.</param>
    /// <param name="statistics">Quantum or classical.</param>
    public static double MeanSquareCoordinate(double frequencyTerahertz, double temperatureKelvin, ThermalStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frequencyTerahertz);
        ArgumentOutOfRangeException.ThrowIfNegative(temperatureKelvin);
        double root = frequencyTerahertz / PhysicalConstants.TerahertzPerRootForceConstant;
        double thermal = PhysicalConstants.BoltzmannElectronvoltPerKelvin * temperatureKelvin;
        if (statistics == ThermalStatistics.Classical)
        {
            return thermal / (root * root);
        }

        double halfQuantum = 0.5 * PhysicalConstants.PlanckElectronvoltPerTerahertz * frequencyTerahertz;
        double energy = temperatureKelvin == 0 ? halfQuantum : halfQuantum / Math.Tanh(halfQuantum / thermal);
        return energy / (root * root);
    }

    /// <summary>Free energy, eV: hν/2 + kT ln(1 - exp(-hν/kT)), or kT ln(hν/kT) classically (M. Born, K. Huang, 1954, section 4).</summary>
    /// <param name="frequencyTerahertz">Ordinary frequency, THz, positive.</param>
    /// <param name="temperatureKelvin">Temperature, K.</param>
    /// <param name="statistics">Quantum or classical.</param>
    public static double FreeEnergy(double frequencyTerahertz, double temperatureKelvin, ThermalStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frequencyTerahertz);
        ArgumentOutOfRangeException.ThrowIfNegative(temperatureKelvin);
        double quantum = PhysicalConstants.PlanckElectronvoltPerTerahertz * frequencyTerahertz, thermal = PhysicalConstants.BoltzmannElectronvoltPerKelvin * temperatureKelvin;
        return (statistics, temperatureKelvin) switch
        {
            (ThermalStatistics.Classical, 0) => 0,
            (ThermalStatistics.Classical, _) => thermal * Math.Log(quantum / thermal),
            (_, 0) => 0.5 * quantum,
            _ => (0.5 * quantum) + (thermal * Math.Log(1 - Math.Exp(-quantum / thermal))),
        };
    }
}
