using System.Collections.Immutable;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>The Gaussian density of an ensemble over the normal-mode coordinates of its supercell, up to a factor that all ensembles of the supercell share.</summary>
internal sealed class EnsembleDensity
{
    private readonly ThermalEnsemble _ensemble;
    private readonly double _logNorm;

    internal EnsembleDensity(ThermalEnsemble ensemble)
    {
        if (ensemble.MeanSquareCoordinates.Any(square => !(square > 0)))
        {
            throw new ArgumentException("An ensemble that leaves modes at rest has no density.", nameof(ensemble));
        }

        _ensemble = ensemble;
        _logNorm = -0.5 * ensemble.MeanSquareCoordinates.Sum(Math.Log);
    }

    /// <summary>Logarithm of the density at each draw.</summary>
    internal double[] Logarithms(IReadOnlyList<LabelledDraw> draws)
    {
        ImmutableArray<double> squares = _ensemble.MeanSquareCoordinates;
        return
        [
            .. draws.Select(draw =>
            {
                ImmutableArray<double> amplitudes = _ensemble.Modes.Amplitudes(draw.Snapshot.DisplacementsCartesian.AsSpan());
                double sum = 0;
                for (int mode = 0; mode < squares.Length; mode++)
                {
                    sum += amplitudes[mode] * amplitudes[mode] / squares[mode];
                }

                return _logNorm - (0.5 * sum);
            }),
        ];
    }
}
