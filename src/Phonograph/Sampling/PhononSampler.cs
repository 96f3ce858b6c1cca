using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>
/// Draws displacements from the canonical ensemble of harmonic phonons: u = M^(-1/2) F z, where F is the square root of the covariance of the
/// mass-weighted coordinates, a function of the mass-weighted force constants, and z are 3N standard normal numbers. The draw does not depend on eigenvectors.
/// Rigid translations are never drawn.
/// </summary>
public sealed class PhononSampler : IDisplacementSampler
{
    private readonly ThermalEnsemble _ensemble;
    private readonly double[] _root;

    /// <summary>Prepares the draws from an ensemble.</summary>
    public PhononSampler(ThermalEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        _ensemble = ensemble;
        _root = ensemble.MatrixFunction(Math.Sqrt);
    }

    /// <inheritdoc/>
    public Crystal Reference => _ensemble.Modes.Crystal;

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index)
    {
        Numerics.Random.Philox random = DrawStream.Phonon(seed, index);
        var normals = new double[3 * Reference.AtomCount];
        for (int component = 0; component < normals.Length; component++)
        {
            normals[component] = random.NextNormal();
        }

        var displacements = new Vector3D[Reference.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            double inverse = 1 / Math.Sqrt(Reference.MassesAmu[atom]);
            displacements[atom] = inverse * new Vector3D(Component(3 * atom, normals), Component((3 * atom) + 1, normals), Component((3 * atom) + 2, normals));
        }

        return new Configuration(Reference, [.. displacements], new DrawProvenance("phonon", seed, index)
        {
            TemperatureKelvin = _ensemble.TemperatureKelvin,
            Statistics = _ensemble.Statistics.ToString().ToLower(CultureInfo.InvariantCulture),
            SoftModePolicy = _ensemble.Policy.ToString(),
            SoftModesTouched = _ensemble.SoftModesTouched,
            ModeAmplitudes = _ensemble.Modes.Amplitudes(displacements),
        });
    }

    private double Component(int row, double[] normals)
    {
        ReadOnlySpan<double> line = _root.AsSpan(row * normals.Length, normals.Length);
        double sum = 0;
        for (int column = 0; column < normals.Length; column++)
        {
            sum += line[column] * normals[column];
        }

        return sum;
    }
}
