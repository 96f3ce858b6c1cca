using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Sampling;

/// <summary>The canonical ensemble of the harmonic vibrations of a supercell, after the rule for soft modes.</summary>
public sealed class ThermalEnsemble
{
    /// <summary>Prepares the ensemble.</summary>
    /// <param name="modes">Vibrations of the supercell.</param>
    /// <param name="temperatureKelvin">Temperature, K; zero leaves zero-point motion only.</param>
    /// <param name="statistics">Quantum or classical.</param>
    /// <param name="policy">Rule for imaginary and near-zero modes.</param>
    /// <exception cref="InputException">The rule refuses a mode; the message names them.</exception>
    public ThermalEnsemble(PhononModes modes, double temperatureKelvin, ThermalStatistics statistics, SoftModePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(policy);
        if (!(temperatureKelvin >= 0) || !double.IsFinite(temperatureKelvin))
        {
            throw new ArgumentOutOfRangeException(nameof(temperatureKelvin), "The temperature must be zero or positive, in K.");
        }

        Modes = modes;
        TemperatureKelvin = temperatureKelvin;
        Statistics = statistics;
        Policy = policy;
        double?[] effective = [.. modes.FrequenciesTerahertz.Select(policy.EffectiveFrequency)];
        int[] refused = [.. Enumerable.Range(0, effective.Length).Where(mode => effective[mode] is null)];
        if (refused.Length > 0)
        {
            string named = string.Join(", ", refused.Take(12).Select(mode => $"{mode + 1} ({modes.FrequenciesTerahertz[mode].ToString("F3", CultureInfo.InvariantCulture)} THz)"));
            throw new InputException(
                $"The rule '{policy}' refuses {refused.Length} of {modes.Count} modes: {named}{(refused.Length > 12 ? ", ..." : "")} (negative: imaginary). "
                + "Choose another rule knowingly (freeze, absolute, floor:THZ), or force constants that are stable at this temperature.");
        }

        SoftModesTouched = Enumerable.Range(0, effective.Length).Count(mode => effective[mode] != modes.FrequenciesTerahertz[mode]);
        EffectiveFrequenciesTerahertz = [.. effective.Select(frequency => frequency!.Value)];
        MeanSquareCoordinates = [.. effective.Select(frequency => frequency > 0 ? HarmonicOscillator.MeanSquareCoordinate(frequency.Value, temperatureKelvin, statistics) : 0)];
    }

    /// <summary>Vibrations of the supercell.</summary>
    public PhononModes Modes { get; }

    /// <summary>Temperature, K.</summary>
    public double TemperatureKelvin { get; }

    /// <summary>Quantum or classical.</summary>
    public ThermalStatistics Statistics { get; }

    /// <summary>Rule for imaginary and near-zero modes.</summary>
    public SoftModePolicy Policy { get; }

    /// <summary>Number of modes that the rule changed.</summary>
    public int SoftModesTouched { get; }

    /// <summary>Frequency each mode is drawn with, THz, in the order of the modes; zero for modes at rest.</summary>
    public ImmutableArray<double> EffectiveFrequenciesTerahertz { get; }

    /// <summary>Mean square mass-weighted coordinate of each mode, Å² amu, in the order of the modes; zero for frozen ones.</summary>
    public ImmutableArray<double> MeanSquareCoordinates { get; }

    /// <summary>
    /// The function of the mass-weighted force constants with the given values on the modes: Σ_k f_k e_k e_kᵀ, 3N × 3N by rows. It does not depend on the choice of
    /// vectors within degenerate sets.
    /// </summary>
    internal double[] MatrixFunction(Func<double, double> ofMeanSquare)
    {
        int order = 3 * Modes.Crystal.AtomCount;
        var matrix = new double[order * order];
        for (int mode = 0; mode < Modes.Count; mode++)
        {
            double value = ofMeanSquare(MeanSquareCoordinates[mode]);
            if (value == 0)
            {
                continue;
            }

            ReadOnlySpan<double> vector = Modes.Vector(mode);
            for (int row = 0; row < order; row++)
            {
                double factor = value * vector[row];
                Span<double> line = matrix.AsSpan(row * order, order);
                for (int column = 0; column < order; column++)
                {
                    line[column] += factor * vector[column];
                }
            }
        }

        return matrix;
    }

    /// <summary>Covariance of the displacements, Å², 3N × 3N by rows: row 3i+α, column 3j+β holds the mean of u(iα) u(jβ).</summary>
    public double[] Covariance()
    {
        double[] matrix = MatrixFunction(value => value);
        int order = 3 * Modes.Crystal.AtomCount;
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                matrix[(row * order) + column] /= Math.Sqrt(Modes.Crystal.MassesAmu[row / 3] * Modes.Crystal.MassesAmu[column / 3]);
            }
        }

        return matrix;
    }

    /// <summary>Mean square displacement of each atom along x, y and z, Å².</summary>
    public ImmutableArray<Vector3D> MeanSquareDisplacements()
    {
        int atoms = Modes.Crystal.AtomCount;
        var sums = new double[3 * atoms];
        for (int mode = 0; mode < Modes.Count; mode++)
        {
            ReadOnlySpan<double> vector = Modes.Vector(mode);
            for (int index = 0; index < sums.Length; index++)
            {
                sums[index] += MeanSquareCoordinates[mode] * vector[index] * vector[index] / Modes.Crystal.MassesAmu[index / 3];
            }
        }

        return [.. Enumerable.Range(0, atoms).Select(atom => new Vector3D(sums[3 * atom], sums[(3 * atom) + 1], sums[(3 * atom) + 2]))];
    }
}
