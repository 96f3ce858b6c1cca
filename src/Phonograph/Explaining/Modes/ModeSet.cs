using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Sampling;

namespace Phonograph.Explaining.Modes;

/// <summary>Vibrations of a supercell with one frequency. Single vectors within a set are a choice; the sum of their squared amplitudes is none.</summary>
/// <param name="First">Number of its first mode, from 0 by rising frequency.</param>
/// <param name="Count">Number of modes.</param>
/// <param name="FrequencyTerahertz">Mean frequency, THz, negative for imaginary modes.</param>
/// <param name="MeanSquare">Thermal mean of the sum of its squared amplitudes, Å² amu; zero for frozen modes.</param>
/// <param name="WaveVector">One wave vector of the set, in units of the unit cell's reciprocal vectors, components in [0, 1).</param>
/// <param name="WaveVectors">Number of wave vectors of the supercell that share the set.</param>
public sealed record ModeSet(int First, int Count, double FrequencyTerahertz, double MeanSquare, Vector3D WaveVector, int WaveVectors)
{
    private const double LeastShare = 1e-6;

    /// <summary>Puts the modes of an ensemble into sets.</summary>
    /// <param name="supercell">The supercell, atoms in the order of the ensemble.</param>
    /// <param name="ensemble">Modes with their thermal mean squares.</param>
    /// <param name="toleranceTerahertz">Neighbours in frequency at most so far apart belong together, THz: force constants in files have few decimals.</param>
    public static ImmutableArray<ModeSet> Of(Supercell supercell, ThermalEnsemble ensemble, double toleranceTerahertz)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(ensemble);
        ImmutableArray<double> frequencies = ensemble.Modes.FrequenciesTerahertz;
        ImmutableArray<Vector3D> points = CommensurateWaveVectors.Of(supercell);
        var sets = ImmutableArray.CreateBuilder<ModeSet>();
        for (int first = 0; first < frequencies.Length;)
        {
            int end = first + 1;
            while (end < frequencies.Length && frequencies[end] - frequencies[end - 1] <= toleranceTerahertz)
            {
                end++;
            }

            int[] modes = [.. Enumerable.Range(first, end - first)];
            double[] shares = [.. points.Select(point => modes.Sum(mode => Share(supercell, ensemble.Modes, mode, point)))];
            sets.Add(new ModeSet(
                first, modes.Length, modes.Average(mode => frequencies[mode]), modes.Sum(mode => ensemble.MeanSquareCoordinates[mode]), points[Array.FindIndex(shares, share => share > LeastShare)], shares.Count(share => share > LeastShare)));
            first = end;
        }

        return sets.DrainToImmutable();
    }

    /// <summary>Sum of the squared amplitudes of the set, Å² amu.</summary>
    /// <param name="amplitudes">Amplitude of each mode of the supercell, Å·√amu.</param>
    public double SquareOf(ImmutableArray<double> amplitudes)
    {
        double sum = 0;
        for (int mode = First; mode < First + Count; mode++)
        {
            sum += amplitudes[mode] * amplitudes[mode];
        }

        return sum;
    }

    /// <summary>Share of a mode in a wave vector q: Σ over atoms κ and directions α of |Σ_l e(lκα) exp(-2πi q·l)|²/N over the N cells l.</summary>
    private static double Share(Supercell supercell, PhononModes modes, int mode, Vector3D point)
    {
        ReadOnlySpan<double> vector = modes.Vector(mode);
        var real = new double[3 * supercell.Unit.AtomCount];
        var imaginary = new double[real.Length];
        for (int atom = 0; atom < supercell.UnitAtom.Length; atom++)
        {
            (double sine, double cosine) = Math.SinCos(-2 * Math.PI * Vector3D.Dot(point, supercell.UnitImage[atom].ToVector3D()));
            for (int alpha = 0; alpha < 3; alpha++)
            {
                real[(3 * supercell.UnitAtom[atom]) + alpha] += cosine * vector[(3 * atom) + alpha];
                imaginary[(3 * supercell.UnitAtom[atom]) + alpha] += sine * vector[(3 * atom) + alpha];
            }
        }

        return real.Zip(imaginary, (a, b) => (a * a) + (b * b)).Sum() / supercell.CellCount;
    }
}
