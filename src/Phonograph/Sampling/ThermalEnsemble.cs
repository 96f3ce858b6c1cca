using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Sampling;

/// <summary>The ensemble of a supercell whose modes are known, from force constants of that very supercell.</summary>
public sealed class ThermalEnsemble : HarmonicEnsemble
{
    /// <summary>Prepares the ensemble.</summary>
    /// <param name="modes">Vibrations of the supercell.</param>
    /// <param name="temperatureKelvin">Temperature, K; zero leaves zero-point motion only.</param>
    /// <param name="statistics">Quantum or classical.</param>
    /// <param name="policy">Rule for imaginary and near-zero modes.</param>
    /// <exception cref="InputException">The rule refuses a mode; the message names them.</exception>
    public ThermalEnsemble(PhononModes modes, double temperatureKelvin, ThermalStatistics statistics, SoftModePolicy policy)
        : base(Checked(modes).Crystal, modes.FrequenciesTerahertz, temperatureKelvin, statistics, policy) => Modes = modes;

    /// <summary>Vibrations of the supercell.</summary>
    public PhononModes Modes { get; }

    /// <summary>
    /// The function of the mass-weighted force constants with the given values on the modes: Σ_k f_k e_k e_kᵀ, 3N × 3N by rows. It does not depend on the choice of
    /// vectors within degenerate sets.
    /// </summary>
    internal double[] MatrixFunction(Func<double, double> ofMeanSquare)
    {
        int order = 3 * Modes.Crystal.AtomCount;
        var matrix = new double[order * order];
        for (int mode = 0; mode < Modes.Count; mode++)
        {
            double value = ofMeanSquare(MeanSquareCoordinates[mode]);
            if (value == 0)
            {
                continue;
            }

            ReadOnlySpan<double> vector = Modes.Vector(mode);
            for (int row = 0; row < order; row++)
            {
                double factor = value * vector[row];
                Span<double> line = matrix.AsSpan(row * order, order);
                for (int column = 0; column < order; column++)
                {
                    line[column] += factor * vector[column];
                }
            }
        }

        return matrix;
    }

    /// <summary>Covariance of the displacements, Å², 3N × 3N by rows: row 3i+α, column 3j+β holds the mean of u(iα) u(jβ).</summary>
    public double[] Covariance()
    {
        double[] matrix = MatrixFunction(value => value);
        int order = 3 * Modes.Crystal.AtomCount;
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                matrix[(row * order) + column] /= Math.Sqrt(Modes.Crystal.MassesAmu[row / 3] * Modes.Crystal.MassesAmu[column / 3]);
            }
        }

        return matrix;
    }

    /// <inheritdoc/>
    public override ImmutableArray<Matrix3x3> AtomCovariances()
    {
        var sums = new Matrix3x3[Crystal.AtomCount];
        for (int mode = 0; mode < Modes.Count; mode++)
        {
            ReadOnlySpan<double> vector = Modes.Vector(mode);
            for (int atom = 0; atom < sums.Length; atom++)
            {
                var e = new Vector3D(vector[3 * atom], vector[(3 * atom) + 1], vector[(3 * atom) + 2]);
                sums[atom] += MeanSquareCoordinates[mode] / Crystal.MassesAmu[atom] * Matrix3x3.Outer(e, e);
            }
        }

        return [.. sums];
    }

    /// <inheritdoc/>
    public override double EffectiveForceConstantsTrace()
    {
        double trace = 0;
        for (int mode = 0; mode < Modes.Count; mode++)
        {
            ReadOnlySpan<double> vector = Modes.Vector(mode);
            for (int index = 0; index < vector.Length; index++)
            {
                trace += Curvatures[mode] * Crystal.MassesAmu[index / 3] * vector[index] * vector[index];
            }
        }

        return trace;
    }

    /// <summary>Mean square displacement of each atom along x, y and z, Å².</summary>
    public ImmutableArray<Vector3D> MeanSquareDisplacements()
    {
        int atoms = Modes.Crystal.AtomCount;
        var sums = new double[3 * atoms];
        for (int mode = 0; mode < Modes.Count; mode++)
        {
            ReadOnlySpan<double> vector = Modes.Vector(mode);
            for (int index = 0; index < sums.Length; index++)
            {
                sums[index] += MeanSquareCoordinates[mode] * vector[index] * vector[index] / Modes.Crystal.MassesAmu[index / 3];
            }
        }

        return [.. Enumerable.Range(0, atoms).Select(atom => new Vector3D(sums[3 * atom], sums[(3 * atom) + 1], sums[(3 * atom) + 2]))];
    }

    internal override void WriteVector(int mode, Span<double> target) => Modes.Vector(mode).CopyTo(target);

    private static PhononModes Checked(PhononModes modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        return modes;
    }
}
