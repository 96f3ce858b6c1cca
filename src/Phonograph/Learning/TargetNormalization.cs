using Phonograph.Files;

namespace Phonograph.Learning;

/// <summary>Scales a target to [0, 1] over the training labels: x becomes (x - Minimum) / (Maximum - Minimum).</summary>
/// <param name="Minimum">Smallest training label, in the unit of the property.</param>
/// <param name="Maximum">Largest training label.</param>
public sealed record TargetNormalization(double Minimum, double Maximum)
{
    /// <summary>Maximum - Minimum.</summary>
    public double Range => Maximum - Minimum;

    /// <summary>Takes the range from labels; give it training labels only.</summary>
    /// <exception cref="InputException">There are no labels, one is not finite, or all are equal.</exception>
    public static TargetNormalization Fit(IEnumerable<double> trainingLabels)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double label in trainingLabels)
        {
            if (!double.IsFinite(label))
            {
                throw new InputException($"A training label is {label}. Leave configurations without a finite label out.");
            }

            minimum = Math.Min(minimum, label);
            maximum = Math.Max(maximum, label);
        }

        return maximum > minimum
            ? new TargetNormalization(minimum, maximum)
            : throw new InputException("The training labels have no spread, so there is nothing to learn. Give at least two configurations with different labels.");
    }

    /// <summary>From the unit of the property to the scale of the network.</summary>
    public double Scale(double label) => (label - Minimum) / Range;

    /// <summary>From the scale of the network to the unit of the property.</summary>
    public double Restore(double scaled) => Minimum + (scaled * Range);
}
