using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Learning.Baselines;
using Phonograph.Numerics.Random;

namespace Phonograph.Explaining.Modes;

/// <summary>
/// Ridge regression on squared amplitudes of sets, and amplitudes of single modes, in cross-validation, with a weight for each group of samples. Sums over the samples of each fold are made once for a fit; what a fold leaves out is subtracted.
/// </summary>
internal sealed class SetRidge
{
    private const ulong FoldStream = 0x666f_6c64, ResampleStream = 0x626f_6f74_0000_0000; // "fold", "boot"
    private readonly double[][] _features;
    private readonly double[] _values;
    private readonly int[] _group, _foldOfGroup, _setOfFeature;
    private readonly int _sets;
    private readonly ModeRegressionOptions _options;

    internal SetRidge(IReadOnlyList<ModeSample> samples, ImmutableArray<ModeSet> sets, ModeRegressionOptions options)
    {
        // Groups are numbered by their names, so that the order of a file changes nothing.
        string[] names = [.. samples.Select(sample => sample.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length < 2 * options.Folds)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"Found {names.Length} independent cells; expected at least {2 * options.Folds}, two for each of {options.Folds} folds. Give more cells, or fewer folds."));
        }

        _options = options;
        _sets = sets.Length;
        _setOfFeature = [.. Enumerable.Range(0, _sets), .. Enumerable.Range(0, _sets).Where(set => sets[set].Count == 1)];
        _features = [.. samples.Select(sample => _setOfFeature.Select((set, place) => place < _sets ? sets[set].SquareOf(sample.Amplitudes) : sample.Amplitudes[sets[set].First]).ToArray())];
        _values = [.. samples.Select(sample => sample.Value)];
        if (_values.Max() - _values.Min() <= 1e-12 * Math.Max(1, Math.Abs(_values.Max())))
        {
            throw new InputException("The property is the same in all cells. Give cells whose labels differ.");
        }

        _group = [.. samples.Select(sample => Array.BinarySearch(names, sample.Group, StringComparer.Ordinal))];
        int[] order = [.. Enumerable.Range(0, names.Length)];
        new Philox(options.Seed, FoldStream).Shuffle<int>(order);
        _foldOfGroup = new int[names.Length];
        for (int place = 0; place < order.Length; place++)
        {
            _foldOfGroup[order[place]] = place % options.Folds;
        }
    }

    internal int GroupCount => _foldOfGroup.Length;

    /// <summary>The strength with the smallest error of the cross-validation; of equal ones the stronger.</summary>
    internal double BestStrength()
    {
        int[] once = [.. Enumerable.Repeat(1, GroupCount)];
        return BaselineLibrary.Strengths.Reverse().MaxBy(strength => Fit(strength, once).RSquared is double value && double.IsFinite(value) ? value : double.NegativeInfinity);
    }

    /// <summary>How often each group is drawn in a resample.</summary>
    internal int[] Resample(int number)
    {
        var random = new Philox(_options.Seed, ResampleStream + (ulong)number);
        var drawn = new int[GroupCount];
        for (int draw = 0; draw < drawn.Length; draw++)
        {
            drawn[random.NextInt32(drawn.Length)]++;
        }

        return drawn;
    }

    /// <summary>Fits to all samples, and to all but each fold in turn.</summary>
    internal SetRidgeFit Fit(double strength, int[] weights)
    {
        int count = _setOfFeature.Length;
        FeatureSums[] folds = [.. Enumerable.Range(0, _options.Folds).Select(_ => new FeatureSums(count))];
        for (int sample = 0; sample < _values.Length; sample++)
        {
            folds[_foldOfGroup[_group[sample]]].Add(_features[sample], _values[sample], weights[_group[sample]]);
        }

        FeatureSums all = FeatureSums.Total(folds, without: -1);
        double mean = all.Value / all.Weight, variance = 0, error = 0;
        (double[] Slopes, double[] Means, double Mean)?[] left = [.. Enumerable.Range(0, folds.Length).Select(fold => FeatureSums.Total(folds, fold).Solve(strength))];
        (double[] Slopes, double[] Means, double Mean)? whole = all.Solve(strength);
        var shares = new double[_sets];
        for (int sample = 0; sample < _values.Length; sample++)
        {
            double weight = weights[_group[sample]], off = _values[sample] - mean;
            if (weight == 0)
            {
                continue;
            }

            if (left[_foldOfGroup[_group[sample]]] is not { } own)
            {
                return SetRidgeFit.None(_sets);
            }

            double predicted = own.Mean;
            for (int feature = 0; feature < count; feature++)
            {
                double part = own.Slopes[feature] * (_features[sample][feature] - own.Means[feature]);
                predicted += part;
                shares[_setOfFeature[feature]] += weight * part * off;
            }

            variance += weight * off * off;
            error += weight * (_values[sample] - predicted) * (_values[sample] - predicted);
        }

        return whole is not { } fit
            ? SetRidgeFit.None(_sets)
            : new SetRidgeFit(1 - (error / variance), fit.Mean - fit.Slopes.Zip(fit.Means, (slope, at) => slope * at).Sum(), fit.Slopes[.._sets], [.. shares.Select(share => share / variance)]);
    }
}

/// <summary>One fit.</summary>
/// <param name="RSquared">Of predictions for folds that were left out.</param>
/// <param name="AtRest">Prediction at zero amplitude.</param>
/// <param name="Coefficients">Slope by the summed square of each set.</param>
/// <param name="Shares">Share of each set.</param>
internal sealed record SetRidgeFit(double RSquared, double AtRest, double[] Coefficients, double[] Shares)
{
    /// <summary>A resample that does not determine a fit.</summary>
    internal static SetRidgeFit None(int sets) => new(double.NaN, double.NaN, [.. Enumerable.Repeat(double.NaN, sets)], [.. Enumerable.Repeat(double.NaN, sets)]);
}
