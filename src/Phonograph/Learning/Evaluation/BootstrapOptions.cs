namespace Phonograph.Learning.Evaluation;

/// <summary>How intervals are computed.</summary>
/// <param name="Resamples">Number of resamples.</param>
/// <param name="Confidence">Probability the interval aims at, between 0 and 1.</param>
/// <param name="Seed">Seed of the resampling.</param>
public sealed record BootstrapOptions(int Resamples = 2000, double Confidence = 0.95, ulong Seed = 20251115)
{
    /// <summary>2000 resamples, 95 %.</summary>
    public static BootstrapOptions Default { get; } = new();
}
