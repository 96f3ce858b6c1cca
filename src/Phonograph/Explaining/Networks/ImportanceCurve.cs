using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// How a prediction leaves its value when the most important bonds are taken out first, and how it comes back when they are put in first (V. Petsiuk, A. Das, K. Saenko, BMVC 2018, arXiv 1806.07421, for a number in place of a class).
/// Importance counts by its size. All changes are sizes, in the unit u of the property.
/// </summary>
/// <param name="Shares">Shares of the bonds, from 0 to 1.</param>
/// <param name="Deletion">|f - f without that share of the most important bonds|, u; zero at first.</param>
/// <param name="Insertion">|f - f with that share of the most important bonds alone|, u; zero at last.</param>
public sealed record ImportanceCurve(ImmutableArray<double> Shares, ImmutableArray<double> Deletion, ImmutableArray<double> Insertion)
{
    /// <summary>Mean of <see cref="Deletion"/> over all shares, u: large where the ranking finds what the prediction needs.</summary>
    public double DeletionArea => Area(Deletion);

    /// <summary>Mean of <see cref="Insertion"/> over all shares, u: small where the ranking finds what suffices.</summary>
    public double InsertionArea => Area(Insertion);

    /// <summary>Fidelity plus: change of the prediction when a share of the most important bonds is taken out, u.</summary>
    public double FidelityPlus(double share) => At(Deletion, share);

    /// <summary>Fidelity minus: change of the prediction when a share of the most important bonds is all that is left, u.</summary>
    public double FidelityMinus(double share) => At(Insertion, share);

    /// <summary>Computes the curves of a ranking.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    /// <param name="bonds">Its bonds.</param>
    /// <param name="importance">A number for each bond; equal ones keep the order of the bonds.</param>
    /// <param name="steps">Number of steps from no bond to all.</param>
    public static ImportanceCurve Of<T>(GraphPass<T> pass, CrystalGraph graph, BondList bonds, IReadOnlyList<double> importance, int steps = 20)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(bonds);
        ArgumentNullException.ThrowIfNull(importance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        if (importance.Count != bonds.Count)
        {
            throw new ArgumentException($"{importance.Count} numbers for {bonds.Count} bonds.", nameof(importance));
        }

        int[] place = new int[bonds.Count];
        foreach ((int bond, int rank) in Enumerable.Range(0, bonds.Count).OrderByDescending(bond => Math.Abs(importance[bond])).Select((bond, rank) => (bond, rank)))
        {
            place[bond] = rank;
        }

        int Taken(int step) => (int)Math.Round((double)bonds.Count * step / steps);
        double[] predictions = pass.Predict(graph, 2 * (steps + 1), (number, edges) =>
        {
            int taken = Taken(number / 2);
            bool isInsertion = number % 2 == 1;
            for (int edge = 0; edge < edges.Length; edge++)
            {
                edges[edge] = place[bonds.BondOfEdge[edge]] < taken == isInsertion ? T.One : T.Zero;
            }
        });
        double whole = predictions[0];
        return new ImportanceCurve(
            [.. Enumerable.Range(0, steps + 1).Select(step => (double)step / steps)],
            [.. Enumerable.Range(0, steps + 1).Select(step => Math.Abs(whole - predictions[2 * step]))],
            [.. Enumerable.Range(0, steps + 1).Select(step => Math.Abs(whole - predictions[(2 * step) + 1]))]);
    }

    private static double Area(ImmutableArray<double> curve) => (curve.Sum() - (0.5 * (curve[0] + curve[^1]))) / (curve.Length - 1);

    private double At(ImmutableArray<double> curve, double share)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
        }

        double place = share * (Shares.Length - 1);
        int below = Math.Min((int)place, Shares.Length - 2);
        return curve[below] + ((place - below) * (curve[below + 1] - curve[below]));
    }
}
