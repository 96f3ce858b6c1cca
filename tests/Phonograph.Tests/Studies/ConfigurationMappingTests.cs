using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Learning;
using Phonograph.Reporting;
using Phonograph.Studies;
using Phonograph.Testing;
using Phonograph.Tests.Datasets;

namespace Phonograph.Tests.Studies;

public sealed class ConfigurationMappingTests
{
    [Fact]
    public void Components_are_uncorrelated_over_the_drawn_cells_and_have_the_variances_that_are_stated()
    {
        (Dataset data, ConfigurationMap map) = Map(0);
        double[][] places = [[.. map.Points.Select(point => point.First)], [.. map.Points.Select(point => point.Second)]];
        Assert.Equal(data.Configurations.Select(cell => cell.Id), map.Points.Select(point => point.Id));
        Assert.All(places, place => Assert.Equal(0, place.Average(), 1e-10));
        Assert.Equal(map.Axes[0].ExplainedVariance, Product(places[0], places[0]), 1e-10);
        Assert.Equal(map.Axes[1].ExplainedVariance, Product(places[1], places[1]), 1e-10);
        Assert.Equal(0, Product(places[0], places[1]), 1e-10);
        Assert.InRange(map.Axes[1].ExplainedVariance, 1e-3, map.Axes[0].ExplainedVariance);
        Assert.InRange(map.Axes[0].ExplainedVariance + map.Axes[1].ExplainedVariance, 0, 1);
    }

    [Fact]
    public void No_direction_explains_more_than_the_first()
    {
        // Power iteration on the distances of the descriptor: a second way to the largest variance, from the Gram matrix of the cells instead of the covariance of the features.
        (Dataset data, ConfigurationMap map) = Map(0);
        var graphs = GraphLibrary.Build(data.Configurations, cancellation: TestContext.Current.CancellationToken);
        var radial = new Phonograph.Learning.Baselines.RadialDistribution(data.Configurations[0].Crystal.Elements, graphs.Options.CutoffAngstrom);
        double[][] rows = [.. graphs.Of(data.Configurations, Property.BandGap).Select(cell => radial.Of(cell.Graph).ToArray())];
        double[] mean = [.. Enumerable.Range(0, rows[0].Length).Select(feature => rows.Average(row => row[feature]))];
        double[] spread = [.. Enumerable.Range(0, mean.Length).Select(feature => Math.Sqrt(rows.Average(row => Math.Pow(row[feature] - mean[feature], 2))))];
        int[] kept = [.. Enumerable.Range(0, mean.Length).Where(feature => spread[feature] > 1e-3 * spread.Max())];
        double[][] scaled = [.. rows.Select(row => kept.Select(feature => (row[feature] - mean[feature]) / spread[feature]).ToArray())];
        double[][] gram = [.. scaled.Select(row => scaled.Select(other => row.Zip(other, (a, b) => a * b).Sum()).ToArray())];
        double[] vector = [.. Enumerable.Range(0, scaled.Length).Select(cell => Math.Sin(cell + 1))];
        double value = 0;
        for (int step = 0; step < 2000; step++)
        {
            double[] next = [.. gram.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];
            value = Math.Sqrt(next.Sum(part => part * part));
            vector = [.. next.Select(part => part / value)];
        }

        Assert.Equal(value / scaled.Sum(row => row.Sum(part => part * part)), map.Axes[0].ExplainedVariance, 1e-8);
        double[] first = [.. map.Points.Select(point => point.First)];
        double alignment = first.Zip(vector, (a, b) => a * b).Sum() / Math.Sqrt(first.Sum(part => part * part));
        Assert.Equal(1, Math.Abs(alignment), 1e-6);
    }

    [Fact]
    public void Frames_of_molecular_dynamics_move_no_drawn_cell()
    {
        ConfigurationMap without = Map(0).Map, with = Map(5).Map;
        Assert.Equal(without.Axes, with.Axes);
        Assert.Equal(without.Points, with.Points.Take(without.Points.Length));
        Assert.Equal(without.Points.Length + 5, with.Points.Length);
    }

    private static double Product(double[] first, double[] second) => first.Zip(second, (a, b) => a * b).Average();

    private static (Dataset Data, ConfigurationMap Map) Map(int frames)
    {
        using var folder = new TemporaryFolder();
        string cells = folder.File("cells.xyz");
        ExtendedXyz.Write(cells, [
            .. LabelledFrames.Study(6), .. Enumerable.Range(0, frames).Select(place => LabelledFrames.Frame($"md-{place}", "dynamics", 300, null, 900 + (ulong)place, ("run", "1"), ("time_fs", $"{40 * place}"))),
        ]);
        Dataset data = Dataset.Read([cells]);
        return (data, ConfigurationMapping.Of(data, GraphLibrary.Build(data.Configurations, cancellation: TestContext.Current.CancellationToken))!);
    }
}
