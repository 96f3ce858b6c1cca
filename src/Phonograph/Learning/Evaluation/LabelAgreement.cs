using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Evaluation;

/// <summary>
/// Two sets of labels of the same cells beside each other: two levels of theory, or one level with tighter settings, where what scatters is the noise of the labels. Cells are paired by identifier and must be the same crystal.
/// </summary>
/// <param name="First">Engine and level of the first set.</param>
/// <param name="Second">Engine and level of the second set.</param>
/// <param name="FirstOnly">Cells without a label in the second set.</param>
/// <param name="SecondOnly">Cells without a label in the first set.</param>
/// <param name="Pairs">The cells of both, ordered by identifier.</param>
/// <param name="Rows">For each property: all cells together (<see cref="AgreementRow.Stratum"/> null), then each stratum.</param>
public sealed record LabelAgreement(
    string First, string Second, int FirstOnly, int SecondOnly, ImmutableArray<(LabelledConfiguration First, LabelledConfiguration Second)> Pairs, ImmutableArray<AgreementRow> Rows)
{
    /// <summary>Cells further apart than this are not the same crystal, Å r.m.s. per atom: files hold eight decimals.</summary>
    public const double SameCellAngstrom = 1e-5;

    private const ulong Stream = 0x61677265; // "agre"

    /// <summary>Compares.</summary>
    /// <param name="first">The one set.</param>
    /// <param name="second">The other set, of any engine and level.</param>
    /// <param name="options">How intervals are made.</param>
    /// <exception cref="InputException">No cell stands in both, or cells of one identifier are different crystals.</exception>
    public static LabelAgreement Of(Dataset first, Dataset second, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var others = second.Configurations.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        ImmutableArray<(LabelledConfiguration First, LabelledConfiguration Second)> pairs =
            [.. first.Configurations.Where(cell => others.ContainsKey(cell.Id)).OrderBy(cell => cell.Id, StringComparer.Ordinal).Select(cell => (cell, others[cell.Id]))];
        if (pairs.IsEmpty)
        {
            throw new InputException($"{first.Configurations[0].File} and {second.Configurations[0].File}: no cell stands in both; expected the same cells (key id) labelled twice. Label the file of drawn cells at both levels.");
        }

        foreach ((LabelledConfiguration one, LabelledConfiguration other) in pairs)
        {
            double apart = LeakageCheck.DistanceAngstrom(one, other);
            if (!(apart <= SameCellAngstrom))
            {
                throw InputException.At(
                    other.File, 0, $"'{other.Id}' as {(double.IsFinite(apart) ? string.Create(CultureInfo.InvariantCulture, $"a cell {apart:0.######} Å r.m.s. off") : "a cell with another lattice or other atoms than")} that of {one.File}", "the same crystal under the same identifier", "Label the same file of drawn cells at both levels.");
            }
        }

        return new LabelAgreement(
            $"{first.Engine} {first.Level}",
            $"{second.Engine} {second.Level}",
            first.Configurations.Length - pairs.Length,
            second.Configurations.Length - pairs.Length,
            pairs,
            [.. Property.All.SelectMany(property => Of(pairs, property, options ?? BootstrapOptions.Default))]);
    }

    private static IEnumerable<AgreementRow> Of(ImmutableArray<(LabelledConfiguration First, LabelledConfiguration Second)> pairs, Property property, BootstrapOptions options)
    {
        yield return Row(property, null, [.. pairs.Select(pair => (pair.First[property], pair.Second[property]))], options);
        IGrouping<Stratum, (LabelledConfiguration First, LabelledConfiguration Second)>[] strata = [.. pairs.GroupBy(pair => pair.First.Stratum).OrderBy(group => group.Key, Stratum.TableOrder)];
        foreach (IGrouping<Stratum, (LabelledConfiguration First, LabelledConfiguration Second)> group in strata.Where(_ => strata.Length > 1))
        {
            yield return Row(property, group.Key, [.. group.Select(pair => (pair.First[property], pair.Second[property]))], options);
        }
    }

    private static AgreementRow Row(Property property, Stratum? stratum, (double First, double Second)[] values, BootstrapOptions options)
    {
        double[] whole = Statistics(values);
        var resampled = new double[options.Resamples][];
        var drawn = new (double, double)[values.Length];
        for (int resample = 0; resample < resampled.Length; resample++)
        {
            var random = new Philox(options.Seed ^ Stream, (ulong)resample);
            for (int place = 0; place < drawn.Length; place++)
            {
                drawn[place] = values[random.NextInt32(values.Length)];
            }

            resampled[resample] = Statistics(drawn);
        }

        double tail = (1 - options.Confidence) / 2;
        Interval[] intervals =
        [
            .. whole.Select((value, place) =>
            {
                double[] sorted = [.. resampled.Select(statistics => statistics[place]).Where(double.IsFinite).Order()];
                return values.Length < 2 || sorted.Length == 0 ? new Interval(value, double.NaN, double.NaN) : new Interval(value, Bootstrap.Quantile(sorted, tail), Bootstrap.Quantile(sorted, 1 - tail));
            }),
        ];
        return new AgreementRow(property, stratum, values.Length, intervals[0], intervals[1], intervals[2], intervals[3], intervals[4]);
    }

    /// <summary>Mean and scatter of second minus first, spread of the first, correlation, slope; NaN where the labels have no spread.</summary>
    private static double[] Statistics((double First, double Second)[] values)
    {
        int count = values.Length;
        double first = values.Average(pair => pair.First), second = values.Average(pair => pair.Second);
        double squares = 0, others = 0, products = 0;
        foreach ((double one, double other) in values)
        {
            squares += (one - first) * (one - first);
            others += (other - second) * (other - second);
            products += (one - first) * (other - second);
        }

        double degrees = count > 1 ? count - 1 : double.NaN, scatter = Math.Sqrt(Math.Max(0, squares + others - (2 * products)) / degrees);
        return [second - first, scatter, Math.Sqrt(squares / degrees), squares > 0 && others > 0 ? products / Math.Sqrt(squares * others) : double.NaN, squares > 0 ? products / squares : double.NaN];
    }
}
