using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>
/// Draws displaced configurations of one crystal. A draw depends on seed and index alone, so any order and any number of threads
/// give the same set.
/// </summary>
public interface IDisplacementSampler
{
    /// <summary>The crystal at rest.</summary>
    Crystal Reference { get; }

    /// <summary>Draws one configuration; its centre of mass is where the crystal's is.</summary>
    /// <param name="seed">Seed of the set.</param>
    /// <param name="index">Number of the draw in the set, from 0.</param>
    Configuration Draw(ulong seed, int index);

    /// <summary>Draws several configurations that follow each other: the same as one by one, to the last bit, and faster where a sampler can share work.</summary>
    /// <param name="seed">Seed of the set.</param>
    /// <param name="first">Number of the first draw in the set, from 0.</param>
    /// <param name="count">Number of draws.</param>
    IEnumerable<Configuration> Draw(ulong seed, int first, int count) => Enumerable.Range(first, count).Select(index => Draw(seed, index));
}

/// <summary>Random streams of the schemes: a scheme has streams of its own, so equal seeds do not tie two schemes together.</summary>
internal static class DrawStream
{
    internal static Numerics.Random.Philox Phonon(ulong seed, int index) => Of(seed, index, 0);

    internal static Numerics.Random.Philox Uniform(ulong seed, int index) => Of(seed, index, 1);

    internal static Numerics.Random.Philox Gaussian(ulong seed, int index) => Of(seed, index, 2);

    internal static Numerics.Random.Philox Published(ulong seed, int index) => Of(seed, index, 3);

    internal static Numerics.Random.Philox MatchedGaussian(ulong seed, int index) => Of(seed, index, 4);

    internal static Numerics.Random.Philox EnergyGaussian(ulong seed, int index) => Of(seed, index, 5);

    internal static Numerics.Random.Philox SpeciesGaussian(ulong seed, int index) => Of(seed, index, 6);

    internal static Numerics.Random.Philox Einstein(ulong seed, int index) => Of(seed, index, 7);

    internal static Numerics.Random.Philox PhononWaves(ulong seed, int index) => Of(seed, index, 8);

    internal static Numerics.Random.Philox Decoration(ulong seed, int index) => Of(seed, index, 9);

    private static Numerics.Random.Philox Of(ulong seed, int index, ulong scheme)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Numerics.Random.Philox(seed, (scheme << 32) | (uint)index);
    }
}

/// <summary>The drift of a configuration's centre of mass.</summary>
internal static class CentreOfMass
{
    /// <summary>Subtracts the mass-weighted mean displacement from every atom.</summary>
    internal static void Fix(Crystal crystal, Span<Vector3D> displacements)
    {
        Vector3D moment = Vector3D.Zero;
        double total = 0;
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            moment += crystal.MassesAmu[atom] * displacements[atom];
            total += crystal.MassesAmu[atom];
        }

        Vector3D drift = moment / total;
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            displacements[atom] -= drift;
        }
    }
}
