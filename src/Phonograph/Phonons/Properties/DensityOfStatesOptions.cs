namespace Phonograph.Phonons.Properties;

/// <summary>How the density of states is made from the phonons of a mesh.</summary>
public enum DensityOfStatesMethod
{
    /// <summary>Linear interpolation in tetrahedra, averaged over each interval of the frequency axis: sharp, and exact in its integral.</summary>
    Tetrahedra,

    /// <summary>A Gaussian on each phonon.</summary>
    Gaussian,
}

/// <summary>Choices of a density of states.</summary>
public sealed record DensityOfStatesOptions
{
    /// <summary>Method.</summary>
    public DensityOfStatesMethod Method { get; init; } = DensityOfStatesMethod.Tetrahedra;

    /// <summary>Number of frequencies.</summary>
    public int PointCount { get; init; } = 401;

    /// <summary>Lowest frequency, THz; null for a little below the lowest phonon (or zero).</summary>
    public double? LowestTerahertz { get; init; }

    /// <summary>Highest frequency, THz; null for a little above the highest phonon.</summary>
    public double? HighestTerahertz { get; init; }

    /// <summary>Standard deviation of the Gaussians, THz; null for a hundredth of the range of the phonons, as phonopy.</summary>
    public double? WidthTerahertz { get; init; }

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A choice makes no sense.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PointCount, 2);
        if (WidthTerahertz is { } width && !(width > 0 && double.IsFinite(width)))
        {
            throw new ArgumentOutOfRangeException(nameof(WidthTerahertz), "The width must be a positive frequency, THz.");
        }

        if (LowestTerahertz is { } low && HighestTerahertz is { } high && !(low < high))
        {
            throw new ArgumentOutOfRangeException(nameof(LowestTerahertz), "The lowest frequency must lie below the highest.");
        }
    }
}
