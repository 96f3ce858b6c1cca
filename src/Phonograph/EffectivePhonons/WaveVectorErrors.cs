using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.EffectivePhonons;

/// <summary>Frequencies at a wave vector that the supercell holds, with their standard errors.</summary>
/// <param name="WaveVectorFractional">Wave vector in units of the unit cell's reciprocal vectors.</param>
/// <param name="FrequenciesTerahertz">Frequencies, THz, rising; imaginary ones negative.</param>
/// <param name="ErrorsTerahertz">Their standard errors over the resamples, THz.</param>
public sealed record WaveVectorErrors(Vector3D WaveVectorFractional, ImmutableArray<double> FrequenciesTerahertz, ImmutableArray<double> ErrorsTerahertz)
{
    /// <summary>All wave vectors of the supercell.</summary>
    /// <param name="result">Effective phonons.</param>
    public static ImmutableArray<WaveVectorErrors> Of(EffectiveResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Supercell supercell = result.Basis.Symmetry.Supercell;
        ImmutableArray<Vector3D> waves = CommensurateWaveVectors.Of(supercell);
        ImmutableArray<double>[] Frequencies(ReadOnlySpan<double> coefficients)
        {
            var matrix = DynamicalMatrix.Of(result.Basis.Constants(coefficients).ToFull());
            return [.. waves.Select(wave => matrix.FrequenciesTerahertz(wave))];
        }

        ImmutableArray<double>[] central = Frequencies(result.Coefficients.AsSpan());
        ImmutableArray<double>[][] resampled = [.. result.Errors.Coefficients.Select(coefficients => Frequencies(coefficients.AsSpan()))];
        return [.. waves.Select((wave, index) => new WaveVectorErrors(wave, central[index], BootstrapErrors.Deviations([.. resampled.Select(row => row[index])], central[index].Length)))];
    }
}
