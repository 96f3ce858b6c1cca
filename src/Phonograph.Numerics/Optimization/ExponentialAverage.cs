using System.Numerics;

namespace Phonograph.Numerics.Optimization;

/// <summary>
/// Running average of weights over training steps (B. Polyak, A. Juditsky, SIAM J. Control Optim. 30, 838 (1992); with exponential weights
/// as in PyTorch's <c>AveragedModel</c>, whose first update copies).
/// </summary>
public static class ExponentialAverage
{
    /// <summary>average ← decay·average + (1 - decay)·value, element by element; value itself at the first update.</summary>
    /// <param name="average">The average so far; overwritten.</param>
    /// <param name="value">Weights after a step; same length.</param>
    /// <param name="decay">Share of the average that stays, 0 to below 1.</param>
    /// <param name="isFirst">True for the first update.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Update<T>(Span<T> average, ReadOnlySpan<T> value, double decay, bool isFirst)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (average.Length != value.Length)
        {
            throw new ArgumentException($"There are {average.Length} averages for {value.Length} numbers.", nameof(value));
        }

        if (isFirst)
        {
            value.CopyTo(average);
            return;
        }

        T stays = T.CreateChecked(decay), comes = T.CreateChecked(1 - decay);
        for (int index = 0; index < average.Length; index++)
        {
            average[index] = (average[index] * stays) + (value[index] * comes);
        }
    }
}
