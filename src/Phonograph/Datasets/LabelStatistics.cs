using System.Collections.Immutable;

namespace Phonograph.Datasets;

/// <summary>Distribution of one label over one scheme and temperature or width.</summary>
/// <param name="Stratum">Scheme and temperature or width.</param>
/// <param name="Property">The property; numbers are in its unit.</param>
/// <param name="Count">Number of configurations.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Standard deviation of the sample (divisor n - 1); 0 for a single configuration.</param>
/// <param name="Minimum">Smallest label.</param>
/// <param name="Maximum">Largest label.</param>
public sealed record LabelStatistics(Stratum Stratum, Property Property, int Count, double Mean, double StandardDeviation, double Minimum, double Maximum)
{
    /// <summary>Statistics of every property, by stratum in table order.</summary>
    public static ImmutableArray<LabelStatistics> Of(IEnumerable<LabelledConfiguration> configurations)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        return
        [
            .. from stratum in configurations.GroupBy(configuration => configuration.Stratum).OrderBy(each => each.Key, Stratum.TableOrder)
               from property in Property.All
               select Of(stratum.Key, property, [.. stratum.Select(configuration => configuration[property])]),
        ];
    }

    private static LabelStatistics Of(Stratum stratum, Property property, double[] values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new LabelStatistics(stratum, property, values.Length, mean, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1)) : 0, values.Min(), values.Max());
    }
}
