using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>
/// Moves every Cartesian coordinate by a uniform random number in (-width/2, +width/2), then takes out the drift of the centre of mass.
/// </summary>
public sealed class UniformSampler : IDisplacementSampler
{
    /// <summary>Prepares the draws.</summary>
    /// <param name="reference">The crystal at rest.</param>
    /// <param name="widthAngstrom">Full width of the distribution, Å, positive.</param>
    public UniformSampler(Crystal reference, double widthAngstrom)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!(widthAngstrom > 0) || !double.IsFinite(widthAngstrom))
        {
            throw new ArgumentOutOfRangeException(nameof(widthAngstrom), "The width must be a positive length in Å.");
        }

        Reference = reference;
        WidthAngstrom = widthAngstrom;
    }

    /// <inheritdoc/>
    public Crystal Reference { get; }

    /// <summary>Full width of the distribution, Å.</summary>
    public double WidthAngstrom { get; }

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index)
    {
        Numerics.Random.Philox random = DrawStream.Uniform(seed, index);
        var displacements = new Vector3D[Reference.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            displacements[atom] = WidthAngstrom * new Vector3D(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        }

        CentreOfMass.Fix(Reference, displacements);
        return new Configuration(Reference, [.. displacements], new DrawProvenance("uniform", seed, index) { WidthAngstrom = WidthAngstrom });
    }
}
