using System.Runtime.InteropServices;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Sampling;

/// <summary>
/// Draws displacements from the canonical ensemble of harmonic phonons: u = M^(-1/2) F z, where F is the square root of the covariance of the
/// mass-weighted coordinates, a function of the mass-weighted force constants, and z are 3N standard normal numbers. The draw does not depend on eigenvectors.
/// Rigid translations are never drawn.
/// </summary>
public sealed class PhononSampler : IDisplacementSampler
{
    private readonly ThermalEnsemble _ensemble;
    private const int BlockSize = 32;
    private readonly DrawProvenance _provenance;

    // By columns: the matrix is symmetric but for rounding, and sums over columns keep the order of the draw one by one.
    private readonly double[] _root;

    /// <summary>Prepares the draws from an ensemble.</summary>
    public PhononSampler(ThermalEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        _ensemble = ensemble;
        _root = PhononModes.Transposed(ensemble.MatrixFunction(Math.Sqrt), 3 * Reference.AtomCount, 3 * Reference.AtomCount);
        _provenance = ensemble.Provenance("phonon");
    }

    /// <inheritdoc/>
    public Crystal Reference => _ensemble.Modes.Crystal;

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index) => Block(seed, index, 1)[0];

    /// <inheritdoc/>
    public IEnumerable<Configuration> Draw(ulong seed, int first, int count)
    {
        for (int done = 0; done < count; done += BlockSize)
        {
            foreach (Configuration configuration in Block(seed, first + done, Math.Min(BlockSize, count - done)))
            {
                yield return configuration;
            }
        }
    }

    /// <summary>Draws that share each load of the matrices.</summary>
    private Configuration[] Block(ulong seed, int first, int count)
    {
        int order = 3 * Reference.AtomCount, modes = _ensemble.Modes.Count;
        double[] normals = new double[count * order], coordinates = new double[count * order], amplitudes = new double[count * modes];
        for (int draw = 0; draw < count; draw++)
        {
            Numerics.Random.Philox random = DrawStream.Phonon(seed, first + draw);
            foreach (ref double normal in normals.AsSpan(draw * order, order))
            {
                normal = random.NextNormal();
            }
        }

        VectorRows.WeightedSums(coordinates, normals, _root, count);
        Vector3D[][] displacements = [.. Enumerable.Range(0, count).Select(draw => Displacements(coordinates.AsSpan(draw * order, order)))];
        for (int draw = 0; draw < count; draw++)
        {
            _ensemble.Modes.Weigh(displacements[draw], coordinates.AsSpan(draw * order, order));
        }

        _ensemble.Modes.Amplitudes(coordinates, amplitudes, count);
        return
        [
            .. displacements.Select((moves, draw) => new Configuration(Reference, ImmutableCollectionsMarshal.AsImmutableArray(moves), _provenance with
            {
                Seed = seed,
                Index = first + draw,
                ModeAmplitudes = [.. amplitudes.AsSpan(draw * modes, modes)],
            })),
        ];
    }

    private Vector3D[] Displacements(ReadOnlySpan<double> coordinates)
    {
        var displacements = new Vector3D[Reference.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            double inverse = 1 / Math.Sqrt(Reference.MassesAmu[atom]);
            displacements[atom] = inverse * new Vector3D(coordinates[3 * atom], coordinates[(3 * atom) + 1], coordinates[(3 * atom) + 2]);
        }

        return displacements;
    }
}
