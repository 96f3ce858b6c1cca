using Phonograph.Phonons;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Force constants that reproduce themselves: the harmonic model fitted best to the forces of the ensemble that it makes itself. By integration by parts the fit is the mean second derivative
/// of the energy over the ensemble, so the fixed point is the self-consistent harmonic approximation with the quantum or classical covariance of the draws (D. Hooton, Phil. Mag. 46, 422 (1955);
/// I. Errea et al., Phys. Rev. B 89, 064302 (2014)). The labelled draws of earlier ensembles are re-weighted, as far as their number lasts.
/// </summary>
internal sealed class SelfConsistentFit
{
    private const int MostSteps = 60;

    /// <summary>Largest change of the frequencies, THz r.m.s., by a full step that counts as none.</summary>
    private const double StandstillTerahertz = 0.005;

    private readonly ForceConstantsBasis _basis;
    private readonly EffectiveOptions _options;

    internal SelfConsistentFit(ForceConstantsBasis basis, EffectiveOptions options)
    {
        _basis = basis;
        _options = options;
    }

    /// <summary>The ensemble of given force constants.</summary>
    internal ThermalEnsemble Ensemble(ReadOnlySpan<double> coefficients) =>
        new(PhononModes.Of(_basis.Constants(coefficients).ToFull()), _options.TemperatureKelvin, _options.Statistics, _options.Policy);

    /// <summary>Moves force constants towards their fixed point without new labels.</summary>
    /// <param name="pool">Labelled draws.</param>
    /// <param name="fit">Their normal equations.</param>
    /// <param name="start">Where to begin: the coefficients that the newest draws were made with.</param>
    /// <param name="relaxation">How far steps go; it learns.</param>
    /// <param name="multiplicities">How often each draw counts; null: once.</param>
    internal Fixpoint Solve(DrawPool pool, PoolFit fit, double[] start, Relaxation relaxation, IReadOnlyList<int>? multiplicities = null)
    {
        double[] coefficients = start;
        ThermalEnsemble ensemble = Ensemble(coefficients);
        DrawWeights weights = pool.Weigh(ensemble, multiplicities);
        double fewest = _options.SmallestEffectiveShare * weights.EffectiveDraws;
        for (int step = 1; ; step++)
        {
            if (fit.Solve(weights.Shares) is not { } target)
            {
                return new Fixpoint(coefficients, ensemble, weights, step, IsFixed: false, IsDetermined: step > 1);
            }

            double[] full = [.. target.Zip(coefficients, (to, from) => to - from)];
            double share = relaxation.Next(full);
            double[] moved = [.. coefficients.Zip(full, (from, step) => from + (share * step))];
            ThermalEnsemble next = Ensemble(moved);
            bool isFixed = Distance(ensemble, next) <= StandstillTerahertz * share;
            (coefficients, ensemble, weights) = (moved, next, pool.Weigh(next, multiplicities));
            if (isFixed || step == MostSteps || weights.EffectiveDraws < fewest)
            {
                return new Fixpoint(coefficients, ensemble, weights, step, isFixed, IsDetermined: true);
            }
        }
    }

    /// <summary>
    /// Root mean square difference of the frequencies of two ensembles of one supercell, THz. Near zero, where a frequency is the steep root of what is fitted, the difference of squares is taken
    /// over 1 THz instead of the sum of the frequencies: Δ = (ν₁|ν₁| - ν₂|ν₂|) / max(|ν₁| + |ν₂|, 1 THz).
    /// </summary>
    internal static double Distance(ThermalEnsemble a, ThermalEnsemble b) =>
        Math.Sqrt(a.Modes.FrequenciesTerahertz.Zip(b.Modes.FrequenciesTerahertz, Difference).Average(difference => difference * difference));

    private static double Difference(double first, double second) =>
        ((first * Math.Abs(first)) - (second * Math.Abs(second))) / Math.Max(Math.Abs(first) + Math.Abs(second), 1);
}

/// <summary>Where re-weighting led.</summary>
/// <param name="Coefficients">Coefficients of the basis, eV/Å².</param>
/// <param name="Ensemble">Their ensemble.</param>
/// <param name="Weights">Weights of the pool for that ensemble.</param>
/// <param name="Steps">Fits made.</param>
/// <param name="IsFixed">True at a fixed point; false where the labels no longer stood for the ensemble.</param>
/// <param name="IsDetermined">False when the labels did not determine the constants.</param>
internal sealed record Fixpoint(double[] Coefficients, ThermalEnsemble Ensemble, DrawWeights Weights, int Steps, bool IsFixed, bool IsDetermined);
