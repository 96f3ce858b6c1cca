using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Phonograph.Units;

namespace Phonograph.Phonons.Properties;

/// <summary>What becomes of modes with an imaginary frequency in thermal sums.</summary>
public enum ImaginaryModes
{
    /// <summary>They are left out and counted, as phonopy does.</summary>
    LeaveOut,

    /// <summary>They count with the absolute value of their frequency (phonopy's <c>pretend_real</c>): a choice, not physics.</summary>
    AbsoluteValue,
}

/// <summary>Choices of a thermal sum.</summary>
/// <param name="CutoffTerahertz">
/// Modes with a frequency at or below this are left out, THz. The default leaves out the three translations at Γ, whose frequency is rounding (1e-7 THz) and whose free energy would
/// be the logarithm of it; phonopy's default of zero counts those that happen to be positive.
/// </param>
/// <param name="Imaginary">Rule for imaginary modes.</param>
public sealed record ThermalOptions(double CutoffTerahertz = 1e-3, ImaginaryModes Imaginary = ImaginaryModes.LeaveOut)
{
    /// <summary>Negative frequencies closer to zero than this are rounding of the translations at Γ, not imaginary modes, THz.</summary>
    internal const double RoundingTerahertz = 1e-3;

    /// <summary>The frequency with which a mode counts, THz; null for a mode left out.</summary>
    internal double? Effective(double frequency)
    {
        double effective = Imaginary == ImaginaryModes.AbsoluteValue ? Math.Abs(frequency) : frequency;
        return effective > CutoffTerahertz && effective > 0 ? effective : null;
    }
}

/// <summary>Thermal properties of harmonic vibrations at one temperature, per primitive cell.</summary>
/// <param name="TemperatureKelvin">Temperature, K.</param>
/// <param name="FreeEnergyElectronvolt">Helmholtz free energy of the vibrations with their zero-point energy, eV.</param>
/// <param name="EntropyElectronvoltPerKelvin">Entropy, eV/K.</param>
/// <param name="HeatCapacityElectronvoltPerKelvin">Heat capacity at constant volume, eV/K.</param>
public sealed record ThermalState(double TemperatureKelvin, double FreeEnergyElectronvolt, double EntropyElectronvoltPerKelvin, double HeatCapacityElectronvoltPerKelvin)
{
    /// <summary>Internal energy with its zero-point part, eV.</summary>
    public double InternalEnergyElectronvolt => FreeEnergyElectronvolt + (TemperatureKelvin * EntropyElectronvoltPerKelvin);
}

/// <summary>
/// Thermal properties of the harmonic vibrations of a crystal, per primitive cell: sums over oscillators (M. Born, K. Huang, Dynamical Theory of Crystal Lattices,
/// 1954, section 4; A. Togo, I. Tanaka, Scripta Mater. 108, 1 (2015), eqs. 5 to 7).
/// </summary>
/// <param name="States">One state for each temperature.</param>
/// <param name="ZeroPointEnergyElectronvolt">Half a quantum for each mode that counts, eV per primitive cell.</param>
/// <param name="LeftOutShare">Share of all modes of the mesh that were left out.</param>
/// <param name="ImaginaryShare">Share of all modes of the mesh with an imaginary frequency (below -0.001 THz).</param>
public sealed record ThermalProperties(ImmutableArray<ThermalState> States, double ZeroPointEnergyElectronvolt, double LeftOutShare, double ImaginaryShare)
{
    /// <summary>1 eV per cell in kJ/mol.</summary>
    public const double KilojoulePerMole = PhysicalConstants.ElementaryChargeCoulomb * PhysicalConstants.AvogadroPerMole / 1000;

    /// <summary>Sums over the modes of a mesh.</summary>
    /// <param name="phonons">Phonons of the mesh.</param>
    /// <param name="temperaturesKelvin">Temperatures, K, zero or positive.</param>
    /// <param name="options">Which modes count; null for the defaults.</param>
    public static ThermalProperties Of(MeshPhonons phonons, IReadOnlyCollection<double> temperaturesKelvin, ThermalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(phonons);
        ArgumentNullException.ThrowIfNull(temperaturesKelvin);
        if (temperaturesKelvin.Any(temperature => !(temperature >= 0) || !double.IsFinite(temperature)))
        {
            throw new ArgumentOutOfRangeException(nameof(temperaturesKelvin), "A temperature must be zero or positive, in K.");
        }

        options ??= new ThermalOptions();
        var quanta = new List<(double Quantum, double Weight)>();
        (double all, double left, double imaginary) = (0, 0, 0);
        for (int point = 0; point < phonons.Mesh.PointsFractional.Length; point++)
        {
            double weight = phonons.Mesh.Weights[point] / (double)phonons.Mesh.TotalCount;
            foreach (double frequency in phonons.FrequenciesTerahertz(point))
            {
                all += weight;
                imaginary += frequency < -ThermalOptions.RoundingTerahertz ? weight : 0;
                if (options.Effective(frequency) is { } effective)
                {
                    quanta.Add((PhysicalConstants.PlanckElectronvoltPerTerahertz * effective, weight));
                }
                else
                {
                    left += weight;
                }
            }
        }

        double zeroPoint = quanta.Sum(mode => 0.5 * mode.Quantum * mode.Weight);
        return new ThermalProperties([.. temperaturesKelvin.Select(temperature => State(quanta, temperature, zeroPoint))], zeroPoint, left / all, imaginary / all);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ThermalState State(List<(double Quantum, double Weight)> quanta, double temperature, double zeroPoint)
    {
        double thermal = PhysicalConstants.BoltzmannElectronvoltPerKelvin * temperature;
        (double free, double entropy, double capacity) = (zeroPoint, 0, 0);
        if (thermal > 0)
        {
            foreach ((double quantum, double weight) in quanta)
            {
                double x = quantum / thermal;

                // 1 - exp(-x) to full precision where x is small.
                double share = -Expm1(-x), occupation = (1 - share) / share;
                free += weight * thermal * Math.Log(share);
                entropy += weight * PhysicalConstants.BoltzmannElectronvoltPerKelvin * ((x * occupation) - Math.Log(share));
                capacity += weight * PhysicalConstants.BoltzmannElectronvoltPerKelvin * x * x * occupation * (1 + occupation);
            }
        }

        return new ThermalState(temperature, free, entropy, capacity);
    }

    /// <summary>exp(x) - 1 without cancellation near zero (W. Kahan's form).</summary>
    private static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : (u - 1) * x / Math.Log(u);
    }
}
