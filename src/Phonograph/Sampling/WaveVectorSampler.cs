using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Sampling;

/// <summary>
/// Draws the <c>phonon</c> scheme of a supercell of any size, wave vector by wave vector: u(R, j) = Σ over pairs ±q of √(2/cells) Re[w_j(q) exp(2πi q·R)]/√m_j, with w(q) = F(q) (x + iy), F the square root of the
/// covariance at q and x, y standard normal; a wave that is its own opposite has y = 0 and the factor √(1/cells). The draw does not depend on eigenvectors. Rigid translations are never drawn.
/// </summary>
public sealed class WaveVectorSampler : IDisplacementSampler
{
    private readonly WaveVectorEnsemble _ensemble;
    private readonly DrawProvenance _provenance;

    /// <summary>For each wave the real and imaginary parts of F, by rows.</summary>
    private readonly (double[] Real, double[] Imaginary)[] _roots;

    /// <summary>Prepares the draws from an ensemble.</summary>
    public WaveVectorSampler(WaveVectorEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        _ensemble = ensemble;
        _provenance = ensemble.Provenance("phonon");
        _roots = [.. Enumerable.Range(0, ensemble.Waves.Count).Select(Root)];
    }

    /// <inheritdoc/>
    public Crystal Reference => _ensemble.Crystal;

    /// <inheritdoc/>
    public Configuration Draw(ulong seed, int index)
    {
        Numerics.Random.Philox random = DrawStream.PhononWaves(seed, index);
        Supercell supercell = _ensemble.Supercell;
        int order = 3 * supercell.Unit.AtomCount;
        double[] x = new double[order], y = new double[order], real = new double[order], imaginary = new double[order];
        var displacements = new Vector3D[Reference.AtomCount];
        for (int place = 0; place < _roots.Length; place++)
        {
            CommensurateModes wave = _ensemble.Waves[place];
            for (int row = 0; row < order; row++)
            {
                x[row] = random.NextNormal();
                y[row] = wave.IsReal ? 0 : random.NextNormal();
            }

            Multiply(_roots[place], x, y, real, imaginary);
            double factor = Math.Sqrt((double)wave.VibrationsPerBand / supercell.CellCount);
            for (int atom = 0; atom < displacements.Length; atom++)
            {
                (double c, double s) = _ensemble.Phase(wave, supercell.UnitImage[atom]);
                int start = 3 * supercell.UnitAtom[atom];
                displacements[atom] += factor * new Vector3D(
                    (c * real[start]) - (s * imaginary[start]), (c * real[start + 1]) - (s * imaginary[start + 1]), (c * real[start + 2]) - (s * imaginary[start + 2]));
            }
        }

        for (int atom = 0; atom < displacements.Length; atom++)
        {
            displacements[atom] /= Math.Sqrt(Reference.MassesAmu[atom]);
        }

        return new Configuration(Reference, [.. displacements], _provenance with { Seed = seed, Index = index });
    }

    private (double[] Real, double[] Imaginary) Root(int index)
    {
        CommensurateModes wave = _ensemble.Waves[index];
        int order = 3 * _ensemble.Supercell.Unit.AtomCount;
        double[] real = new double[order * order], imaginary = new double[order * order];
        for (int band = 0; band < wave.BandCount; band++)
        {
            double root = Math.Sqrt(_ensemble.MeanSquareCoordinates[_ensemble.Vibration(index, band)]);
            ReadOnlySpan<System.Numerics.Complex> vector = wave.Vectors.AsSpan(band * order, order);
            for (int place = 0; place < real.Length && root > 0; place++)
            {
                System.Numerics.Complex product = vector[place / order] * System.Numerics.Complex.Conjugate(vector[place % order]);
                real[place] += root * product.Real;
                imaginary[place] += root * product.Imaginary;
            }
        }

        return (real, imaginary);
    }

    private static void Multiply((double[] Real, double[] Imaginary) root, double[] x, double[] y, double[] real, double[] imaginary)
    {
        int order = x.Length;
        for (int row = 0; row < order; row++)
        {
            double sumReal = 0, sumImaginary = 0;
            for (int column = 0; column < order; column++)
            {
                double a = root.Real[(row * order) + column], b = root.Imaginary[(row * order) + column];
                sumReal += (a * x[column]) - (b * y[column]);
                sumImaginary += (a * y[column]) + (b * x[column]);
            }

            (real[row], imaginary[row]) = (sumReal, sumImaginary);
        }
    }
}
