using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Phonons.Properties;

/// <summary>Frequencies of all phonons on a mesh of wave vectors, and the share of each element in them where asked for.</summary>
public sealed class MeshPhonons
{
    private const int WavesPerBlock = 16;
    private readonly double[] _frequencies, _shares;

    private MeshPhonons(WaveVectorMesh mesh, Crystal crystal, double[] frequencies, ImmutableArray<Element> elements, double[] shares)
    {
        Mesh = mesh;
        Crystal = crystal;
        Elements = elements;
        _frequencies = frequencies;
        _shares = shares;
    }

    /// <summary>The mesh.</summary>
    public WaveVectorMesh Mesh { get; }

    /// <summary>The primitive cell.</summary>
    public Crystal Crystal { get; }

    /// <summary>Number of bands.</summary>
    public int BandCount => 3 * Crystal.AtomCount;

    /// <summary>Elements in the order they first appear in the cell; empty when shares were not asked for.</summary>
    public ImmutableArray<Element> Elements { get; }

    /// <summary>Frequencies at a point of the reduced mesh, THz, rising; imaginary ones negative.</summary>
    public ReadOnlySpan<double> FrequenciesTerahertz(int point) => _frequencies.AsSpan(point * BandCount, BandCount);

    /// <summary>Share of each element in a phonon, in the order of <see cref="Elements"/>: the squared parts of its unit eigenvector; they sum to one.</summary>
    public ReadOnlySpan<double> ElementShares(int point, int band) => _shares.AsSpan(((point * BandCount) + band) * Elements.Length, Elements.Length);

    /// <summary>Solves all points of a mesh.</summary>
    /// <param name="matrix">Dynamical matrix; at Γ without its long-range part, which has no direction there.</param>
    /// <param name="mesh">Mesh.</param>
    /// <param name="withElementShares">Whether to keep the share of each element in each phonon.</param>
    /// <param name="pool">Threads; null for those of the process. The result does not depend on them.</param>
    public static MeshPhonons Of(DynamicalMatrix matrix, WaveVectorMesh mesh, bool withElementShares = false, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(mesh);
        int bands = matrix.Order, points = mesh.PointsFractional.Length;
        Crystal crystal = matrix.Crystal;
        ImmutableArray<Element> elements = withElementShares ? [.. crystal.Elements.Distinct()] : [];
        int[] elementOf = [.. crystal.Elements.Select(element => elements.IndexOf(element))];
        var frequencies = new double[points * bands];
        var shares = new double[points * bands * elements.Length];
        WaveVectorSweep.Run(matrix, matrix.OfMesh(mesh.PointsFractional), withElementShares, WavesPerBlock, pool, (point, _, solver) =>
        {
            solver.FrequenciesTerahertz.CopyTo(frequencies.AsSpan(point * bands));
            for (int band = 0; withElementShares && band < bands; band++)
            {
                Span<double> target = shares.AsSpan(((point * bands) + band) * elements.Length, elements.Length);
                ReadOnlySpan<double> real = solver.VectorReal(band), imaginary = solver.VectorImaginary(band);
                for (int index = 0; index < bands; index++)
                {
                    target[elementOf[index / 3]] += (real[index] * real[index]) + (imaginary[index] * imaginary[index]);
                }
            }
        });
        return new MeshPhonons(mesh, crystal, frequencies, elements, shares);
    }
}
