using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting;

namespace Phonograph.Studies;

/// <summary>
/// Principal components of the radial distributions of the cells (I. Jolliffe, "Principal Component Analysis", chapter 3, on the correlation matrix). Drawn cells alone decide the directions; frames of molecular dynamics are put into their plane.
/// </summary>
public static class ConfigurationMapping
{
    private const int Directions = 2;
    private const double SmallestShare = 1e-12;

    /// <summary>Makes the map.</summary>
    /// <param name="data">Drawn cells and frames.</param>
    /// <param name="graphs">Their graphs.</param>
    /// <returns>Null where fewer than three cells were drawn, or they do not differ in two directions.</returns>
    public static ConfigurationMap? Of(Dataset data, GraphLibrary graphs)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(graphs);
        var radial = new RadialDistribution(data.Configurations.SelectMany(cell => cell.Crystal.Elements), graphs.Options.CutoffAngstrom);
        string[] all = [.. data.Configurations.Select(cell => cell.Id)], drawn = [.. data.Configurations.Where(cell => cell.Scheme != TrajectoryPlace.Scheme).Select(cell => cell.Id)];
        if (drawn.Length <= Directions)
        {
            return null;
        }

        var descriptors = new CellDescriptors(
            BaselineNames.Radial, IsCentred: true, IsSquared: false,
            graphs.Of(data.Configurations, Property.BandGap).ToImmutableDictionary(each => each.Configuration, each => radial.Of(each.Graph), StringComparer.Ordinal));
        int[] kept = [.. descriptors.Kept(drawn)];
        double[][] rows = descriptors.Scaled(drawn, drawn);
        if (kept.Length < Directions)
        {
            return null;
        }

        SymmetricEigen components = SymmetricEigen.Decompose(Covariance(rows, kept.Length), kept.Length);
        double[] variances = [.. components.Values.ToArray().Reverse()];
        double total = variances.Sum();
        if (!(variances[Directions - 1] > SmallestShare * total))
        {
            return null;
        }

        double[][] directions = [.. Enumerable.Range(0, Directions).Select(direction => Oriented(components.Vector(kept.Length - 1 - direction)))];
        double[][] places = [.. descriptors.Scaled(drawn, all).Select(row => directions.Select(direction => row.Zip(direction, (a, b) => a * b).Sum() / Math.Sqrt(total)).ToArray())];
        return new ConfigurationMap(
            string.Create(CultureInfo.InvariantCulture, $"radial distribution of each pair of elements up to {radial.CutoffAngstrom} Å ({kept.Length} features, each in units of its spread)"),
            [.. directions.Select((direction, place) => new MapAxis(variances[place] / total, Feature(radial, kept[Extreme(direction, 1)]), Feature(radial, kept[Extreme(direction, -1)])))],
            [.. all.Zip(places, (id, place) => new MapPoint(id, place[0], place[1]))]);
    }

    private static double[] Covariance(double[][] rows, int order)
    {
        double[] covariance = new double[order * order];
        foreach (double[] row in rows)
        {
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j < order; j++)
                {
                    covariance[(i * order) + j] += row[i] * row[j] / rows.Length;
                }
            }
        }

        return covariance;
    }

    /// <summary>The sign of a direction is free: its largest part is made positive.</summary>
    private static double[] Oriented(ReadOnlySpan<double> direction)
    {
        double[] own = direction.ToArray();
        double sign = Math.Sign(own.MaxBy(Math.Abs));
        return [.. own.Select(part => part * sign)];
    }

    private static int Extreme(double[] direction, int sign) => Enumerable.Range(0, direction.Length).MaxBy(place => sign * direction[place]);

    private static string Feature(RadialDistribution radial, int feature)
    {
        (var first, var second) = radial.Pairs[feature / radial.CentreCount];
        return string.Create(CultureInfo.InvariantCulture, $"{first.Symbol}-{second.Symbol} at {feature % radial.CentreCount * RadialDistribution.SpacingAngstrom:0.0} Å");
    }
}
