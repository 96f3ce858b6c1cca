using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Sampling;

namespace Phonograph.Explaining.Modes;

/// <summary>
/// A property as a quadratic function of mode amplitudes: y = y₀ + Σ_s b_s A_s + Σ_k c_k Q_k, with A_s the sum of the squared amplitudes of a degenerate set s, and linear terms for modes that are alone in their set; a symmetry that mixes the vectors of a
/// set forbids others. So nothing depends on the choice of vectors. The ridge strength is that of the smallest error of the cross-validation; intervals are percentile bootstraps over cells, those of one group together, in which everything but the
/// strength is fitted again.
/// </summary>
/// <param name="Property">What is regressed.</param>
/// <param name="TemperatureKelvin">Temperature of thermal means, K.</param>
/// <param name="Cells">Number of labelled cells.</param>
/// <param name="Strength">Ridge strength, in units of the variance of the features.</param>
/// <param name="RSquared">Coefficient of determination of the predictions for parts that were left out.</param>
/// <param name="AtRest">Prediction at zero amplitude, y₀, unit of the property.</param>
/// <param name="ThermalChange">Σ_s b_s ⟨A_s⟩ at the temperature, unit of the property: the change of the mean from rest by all modes.</param>
/// <param name="Rows">One row for each set, by rising frequency.</param>
/// <param name="Shells">Stretch of bonds by these sets.</param>
public sealed record ModeRegression(
    Property Property, double TemperatureKelvin, int Cells, double Strength, Interval RSquared, Interval AtRest, Interval ThermalChange, ImmutableArray<ModeRegressionRow> Rows, ImmutableArray<ShellStretch> Shells)
{
    private const double Confidence = 0.95;

    /// <summary>Regresses a property of labelled cells.</summary>
    /// <param name="cells">Displaced cells of the supercell, however drawn.</param>
    /// <param name="property">Property.</param>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="ensemble">Its modes at a temperature.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InputException">A cell does not belong to the supercell, an option is out of its range, or there are too few cells.</exception>
    public static ModeRegression Of(IReadOnlyList<LabelledConfiguration> cells, Property property, Supercell supercell, ThermalEnsemble ensemble, ModeRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(ensemble);
        return Of(
            [.. cells.Select(cell => new ModeSample(cell.Group, ModeProjection.Amplitudes(cell, ensemble.Modes), cell[property]))], property, supercell, ensemble, options);
    }

    /// <summary>Regresses numbers that belong to mode amplitudes.</summary>
    /// <param name="samples">Amplitudes with their numbers.</param>
    /// <param name="property">What the numbers are.</param>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="ensemble">Its modes at a temperature.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InputException">An option is out of its range, there are too few samples, or their numbers are all the same.</exception>
    public static ModeRegression Of(IReadOnlyList<ModeSample> samples, Property property, Supercell supercell, ThermalEnsemble ensemble, ModeRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        ImmutableArray<ModeSet> sets = ModeSet.Of(supercell, ensemble, options.DegeneracyTerahertz);
        var fit = new SetRidge(samples, sets, options);
        double strength = fit.BestStrength();
        SetRidgeFit estimate = fit.Fit(strength, [.. Enumerable.Repeat(1, fit.GroupCount)]);
        SetRidgeFit[] resampled = [.. Enumerable.Range(0, options.Resamples).Select(resample => fit.Fit(strength, fit.Resample(resample)))];
        Interval Over(Func<SetRidgeFit, double> number) => Between(number(estimate), [.. resampled.Select(number)]);
        double Thermal(SetRidgeFit of) => Enumerable.Range(0, sets.Length).Sum(set => of.Coefficients[set] * sets[set].MeanSquare);
        return new ModeRegression(
            property, ensemble.TemperatureKelvin, samples.Count, strength, Over(of => of.RSquared), Over(of => of.AtRest), Over(Thermal),
            [.. sets.Select((set, place) => new ModeRegressionRow(set, Over(of => of.Shares[place]), Over(of => of.Coefficients[place]), Over(of => of.Coefficients[place] * set.MeanSquare)))],
            ShellStretch.Of(supercell, ensemble, sets, options.CutoffAngstrom));
    }

    /// <summary>
    /// Correlation over sets between what a set takes from the property and how much it stretches the bonds of a shell, both at the temperature: 1 where the modes that lower the property are those that stretch these bonds, in proportion.
    /// </summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public double LoweringByStretch(ShellStretch shell)
    {
        ArgumentNullException.ThrowIfNull(shell);
        double[] lowering = [.. Rows.Select(row => -row.ThermalChange.Value)], stretch = [.. shell.MeanSquares];
        double meanLowering = lowering.Average(), meanStretch = stretch.Average();
        double product = lowering.Zip(stretch, (a, b) => (a - meanLowering) * (b - meanStretch)).Sum();
        return product / Math.Sqrt(lowering.Sum(a => (a - meanLowering) * (a - meanLowering)) * stretch.Sum(b => (b - meanStretch) * (b - meanStretch)));
    }

    private static Interval Between(double estimate, double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite).Order()];
        return finite.Length == 0 ? new Interval(estimate, double.NaN, double.NaN) : new Interval(estimate, Bootstrap.Quantile(finite, (1 - Confidence) / 2), Bootstrap.Quantile(finite, (1 + Confidence) / 2));
    }
}

/// <summary>A displaced cell as the regression sees it.</summary>
/// <param name="Group">Samples of one group are left out together and drawn together.</param>
/// <param name="Amplitudes">Amplitude of each mode, Å·√amu.</param>
/// <param name="Value">The property, in its unit.</param>
public sealed record ModeSample(string Group, ImmutableArray<double> Amplitudes, double Value);

/// <summary>What a set of modes does to a property.</summary>
/// <param name="Set">The set.</param>
/// <param name="Share">
/// Share of the variance over the cells that the set explains: covariance of its part of the predictions, for parts that were left out, with the labels, over the variance of the labels. The shares add up over sets; a share may be below zero.
/// </param>
/// <param name="Coefficient">b_s, unit of the property for each Å² amu of summed squared amplitude: negative where motion lowers the property.</param>
/// <param name="ThermalChange">b_s ⟨A_s⟩ at the temperature, unit of the property.</param>
public sealed record ModeRegressionRow(ModeSet Set, Interval Share, Interval Coefficient, Interval ThermalChange);
