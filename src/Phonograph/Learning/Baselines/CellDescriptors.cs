using System.Collections.Immutable;

namespace Phonograph.Learning.Baselines;

/// <summary>What one ridge baseline knows of each cell.</summary>
/// <param name="Name">Name of the baseline, one of <see cref="BaselineNames"/>.</param>
/// <param name="IsCentred">True when features count from their mean over the training cells, false when they count from zero, as mode amplitudes do: from the crystal at rest.</param>
/// <param name="IsSquared">True when the squares and products of the features stand beside the features.</param>
/// <param name="ByConfiguration">Features of each cell by its identifier; equally many for all.</param>
public sealed record CellDescriptors(string Name, bool IsCentred, bool IsSquared, ImmutableDictionary<string, ImmutableArray<double>> ByConfiguration)
{
    /// <summary>A feature whose spread over the training cells is below this share of the largest spread is left out: scaled up it would be noise.</summary>
    public const double SmallestSpread = 1e-3;

    /// <summary>
    /// Scaled features of cells, by rows: each feature from its origin in units of its spread over the training cells, divided by the root of the number of
    /// features that are kept. The product of two rows is then t = (1/M) Σ_m x_m x'_m/s_m².
    /// </summary>
    /// <param name="training">Identifiers of the cells that decide origin and spread.</param>
    /// <param name="cells">Identifiers of the cells wanted.</param>
    internal double[][] Scaled(IReadOnlyList<string> training, IReadOnlyList<string> cells)
    {
        (double[] origin, double[] spread) = Moments(training);
        int[] kept = Kept(spread);
        return [.. cells.Select(cell => kept.Select(feature => (ByConfiguration[cell][feature] - origin[feature]) / Math.Sqrt(spread[feature] * kept.Length)).ToArray())];
    }

    /// <summary>The features that <see cref="Scaled"/> keeps, in its order.</summary>
    /// <param name="training">Identifiers of the cells that decide origin and spread.</param>
    internal int[] Kept(IReadOnlyList<string> training) => Kept(Moments(training).Spread);

    private static int[] Kept(double[] spread)
    {
        double largest = spread.DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, spread.Length).Where(feature => spread[feature] > SmallestSpread * SmallestSpread * largest)];
    }

    /// <summary>Origin of every feature and its mean square from there.</summary>
    private (double[] Origin, double[] Spread) Moments(IReadOnlyList<string> training)
    {
        int count = ByConfiguration[training[0]].Length;
        double[] origin = new double[count], spread = new double[count];
        foreach (string cell in training)
        {
            for (int feature = 0; IsCentred && feature < count; feature++)
            {
                origin[feature] += ByConfiguration[cell][feature] / training.Count;
            }
        }

        foreach (string cell in training)
        {
            for (int feature = 0; feature < count; feature++)
            {
                double away = ByConfiguration[cell][feature] - origin[feature];
                spread[feature] += away * away / training.Count;
            }
        }

        return (origin, spread);
    }

    /// <summary>Products of each cell with each cell of another list, by rows: t, or t + t² with squares and products.</summary>
    internal double[] Products(double[][] cells, double[][] others)
    {
        var products = new double[cells.Length * others.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            for (int other = 0; other < others.Length; other++)
            {
                double t = 0;
                for (int feature = 0; feature < cells[cell].Length; feature++)
                {
                    t += cells[cell][feature] * others[other][feature];
                }

                products[(cell * others.Length) + other] = IsSquared ? t + (t * t) : t;
            }
        }

        return products;
    }
}
