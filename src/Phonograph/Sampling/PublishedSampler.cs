using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>
/// The first random generator of arXiv 2511.15222, as its authors' public scripts have it: a width d is drawn for each cell, uniformly between 0.25 and 1.25 Å, and every Cartesian coordinate is
/// moved by a uniform number in (0, d), to one side only. The mean shift d/2 that this gives all atoms is a rigid translation; here it goes with the drift of the centre of mass, which
/// is taken out as in every scheme. Energies, gaps and stresses of a periodic crystal do not see it.
/// </summary>
public sealed class PublishedSampler : IDisplacementSampler
{
    /// <summary>Smallest width, Å.</summary>
    public const double SmallestWidthAngstrom = 0.25;

    /// <summary>Largest width, Å.</summary>
    public const double LargestWidthAngstrom = 1.25;

    /// <summary>Prepares the draws.</summary>
    /// <param name="reference">The crystal at rest.</param>
    public PublishedSampler(Crystal reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Reference = reference;
    }

    /// <inheritdoc/>
    public Crystal Reference { get; }

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index)
    {
        Numerics.Random.Philox random = DrawStream.Published(seed, index);
        double width = SmallestWidthAngstrom + ((LargestWidthAngstrom - SmallestWidthAngstrom) * random.NextDouble());
        var displacements = new Vector3D[Reference.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            displacements[atom] = width * new Vector3D(random.NextDouble(), random.NextDouble(), random.NextDouble());
        }

        CentreOfMass.Fix(Reference, displacements);
        return new Configuration(Reference, [.. displacements], new DrawProvenance("published", seed, index) { DrawnWidthAngstrom = width });
    }
}
