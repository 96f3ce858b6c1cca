using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>Moves every Cartesian coordinate by a normal random number of one standard deviation, then takes out the drift of the centre of mass.</summary>
public sealed class GaussianSampler : IDisplacementSampler
{
    /// <summary>Prepares the draws.</summary>
    /// <param name="reference">The crystal at rest.</param>
    /// <param name="standardDeviationAngstrom">Standard deviation of each coordinate before the drift is taken out, Å, positive.</param>
    public GaussianSampler(Crystal reference, double standardDeviationAngstrom)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!(standardDeviationAngstrom > 0) || !double.IsFinite(standardDeviationAngstrom))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviationAngstrom), "The standard deviation must be a positive length in Å.");
        }

        Reference = reference;
        StandardDeviationAngstrom = standardDeviationAngstrom;
    }

    /// <inheritdoc/>
    public Crystal Reference { get; }

    /// <summary>Standard deviation of each coordinate, Å.</summary>
    public double StandardDeviationAngstrom { get; }

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index)
    {
        Numerics.Random.Philox random = DrawStream.Gaussian(seed, index);
        var displacements = new Vector3D[Reference.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            displacements[atom] = StandardDeviationAngstrom * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal());
        }

        CentreOfMass.Fix(Reference, displacements);
        return new Configuration(Reference, [.. displacements], new DrawProvenance("gaussian", seed, index) { WidthAngstrom = StandardDeviationAngstrom });
    }
}
