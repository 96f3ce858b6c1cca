using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Units;

namespace Phonograph.Phonons.Properties;

/// <summary>
/// Mean square displacements of the atoms of a primitive cell from harmonic phonons in quantum statistics, as tensors: the anisotropic displacement
/// parameters of crystallography (A. Togo, I. Tanaka, Scripta Mater. 108, 1 (2015), eq. 11; U. D. Deinzer et al., Phys. Rev. B 67, 144304 (2003)).
/// </summary>
public sealed class ThermalDisplacements
{
    /// <summary>Blocks into which the wave vectors are cut; sums are added block by block.</summary>
    private const int BlockCount = 64;

    private ThermalDisplacements(Crystal crystal, ImmutableArray<double> temperatures, ImmutableArray<ImmutableArray<Matrix3x3>> matrices, double leftOutShare, double imaginaryShare)
    {
        (Crystal, TemperaturesKelvin, MatricesCartesian, LeftOutShare, ImaginaryShare) = (crystal, temperatures, matrices, leftOutShare, imaginaryShare);
    }

    /// <summary>The primitive cell.</summary>
    public Crystal Crystal { get; }

    /// <summary>Temperatures, K.</summary>
    public ImmutableArray<double> TemperaturesKelvin { get; }

    /// <summary>For each temperature and atom the mean of u uᵀ, Cartesian, Å².</summary>
    public ImmutableArray<ImmutableArray<Matrix3x3>> MatricesCartesian { get; }

    /// <summary>Share of all modes of the mesh that were left out.</summary>
    public double LeftOutShare { get; }

    /// <summary>Share of all modes of the mesh with an imaginary frequency (below -0.001 THz).</summary>
    public double ImaginaryShare { get; }

    /// <summary>Mean square displacement of an atom along x, y and z, Å².</summary>
    public Vector3D MeanSquare(int temperature, int atom)
    {
        Matrix3x3 u = MatricesCartesian[temperature][atom];
        return new Vector3D(u[0, 0], u[1, 1], u[2, 2]);
    }

    /// <summary>
    /// The tensor of an atom with respect to the cell's axes as CIF files hold it (U_ij; R. Grosse-Kunstleve, P. Adams, J. Appl. Cryst. 35, 477 (2002)), Å².
    /// </summary>
    public Matrix3x3 CrystallographicMatrix(int temperature, int atom)
    {
        Matrix3x3 reciprocal = Crystal.Lattice.ReciprocalRows;
        Matrix3x3 scaled = new(
            (1 / reciprocal.RowA.Length) * reciprocal.RowA, (1 / reciprocal.RowB.Length) * reciprocal.RowB, (1 / reciprocal.RowC.Length) * reciprocal.RowC);
        return scaled * MatricesCartesian[temperature][atom] * scaled.Transposed;
    }

    /// <summary>Sums over the modes of a mesh.</summary>
    /// <param name="matrix">Dynamical matrix.</param>
    /// <param name="mesh">Mesh.</param>
    /// <param name="group">Symmetry by which the mesh was reduced; null when only time reversal was used.</param>
    /// <param name="temperaturesKelvin">Temperatures, K; zero leaves zero-point motion.</param>
    /// <param name="options">Which modes count; null for <see cref="ThermalOptions"/> as it stands.</param>
    /// <param name="pool">Threads; null for those of the process. The result does not depend on them.</param>
    public static ThermalDisplacements Of(
        DynamicalMatrix matrix, WaveVectorMesh mesh, SpaceGroup? group, IReadOnlyList<double> temperaturesKelvin, ThermalOptions? options = null, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(temperaturesKelvin);
        if (temperaturesKelvin.Any(temperature => !(temperature >= 0) || !double.IsFinite(temperature)))
        {
            throw new ArgumentOutOfRangeException(nameof(temperaturesKelvin), "A temperature must be zero or positive, in K.");
        }

        ThermalOptions rule = options ?? new ThermalOptions();
        double[] temperatures = [.. temperaturesKelvin];
        int atoms = matrix.Crystal.AtomCount, points = mesh.PointsFractional.Length, perBlock = (points + BlockCount - 1) / BlockCount;
        var sums = new BlockSum[(points + perBlock - 1) / perBlock];
        for (int block = 0; block < sums.Length; block++)
        {
            sums[block] = new BlockSum(temperatures.Length, atoms);
        }

        WaveVectorSweep.Run(matrix, matrix.OfMesh(mesh.PointsFractional), withVectors: true, perBlock, pool, (point, block, solver) =>
            sums[block].Add(solver, mesh.Weights[point] / (double)mesh.TotalCount, temperatures, rule));
        foreach (BlockSum sum in sums.Skip(1))
        {
            sums[0].Add(sum);
        }

        Matrix3x3[][] raw = [.. temperatures.Select((_, temperature) => Enumerable.Range(0, atoms).Select(atom => sums[0].Matrix(temperature, atom, matrix.Crystal.MassesAmu[atom])).ToArray())];
        ImmutableArray<ImmutableArray<Matrix3x3>> averaged = [.. raw.Select(each => Averaged(each, mesh, group))];
        double modes = 3.0 * atoms;
        return new ThermalDisplacements(matrix.Crystal, [.. temperatures], averaged, sums[0].LeftOut / modes, sums[0].Imaginary / modes);
    }

    /// <summary>The star of each wave vector gives the turned tensors: the mean over the operations that reduced the mesh.</summary>
    private static ImmutableArray<Matrix3x3> Averaged(Matrix3x3[] raw, WaveVectorMesh mesh, SpaceGroup? group)
    {
        if (group is null)
        {
            return [.. raw];
        }

        SymmetryOperation[] used = [.. group.Operations.Where(operation => mesh.Rotations.Contains(operation.Rotation))];
        var sums = new Matrix3x3[raw.Length];
        foreach (SymmetryOperation operation in used)
        {
            for (int atom = 0; atom < raw.Length; atom++)
            {
                sums[operation.Images[atom]] += operation.RotationCartesian * raw[atom] * operation.RotationCartesian.Transposed;
            }
        }

        return [.. sums.Select(sum => (1.0 / used.Length) * sum)];
    }

    /// <summary>Sums of one block of wave vectors: mean square coordinates times Re(e e†), six numbers for each temperature and atom.</summary>
    private sealed class BlockSum(int temperatures, int atoms)
    {
        private readonly double[] _sums = new double[temperatures * atoms * 6];
        private readonly double[] _tensors = new double[atoms * 6];

        internal double LeftOut { get; private set; }

        internal double Imaginary { get; private set; }

        internal void Add(PhononSolver solver, double weight, double[] kelvin, ThermalOptions rule)
        {
            for (int band = 0; band < solver.FrequenciesTerahertz.Length; band++)
            {
                double frequency = solver.FrequenciesTerahertz[band];
                Imaginary += frequency < -ThermalOptions.RoundingTerahertz ? weight : 0;
                if (rule.Effective(frequency) is not { } effective)
                {
                    LeftOut += weight;
                    continue;
                }

                Tensors(solver.VectorReal(band), solver.VectorImaginary(band));
                for (int temperature = 0; temperature < temperatures; temperature++)
                {
                    double factor = weight * MeanSquareCoordinate(effective, kelvin[temperature]);
                    Span<double> target = _sums.AsSpan(temperature * _tensors.Length, _tensors.Length);
                    for (int index = 0; index < target.Length; index++)
                    {
                        target[index] += factor * _tensors[index];
                    }
                }
            }
        }

        internal void Add(BlockSum other)
        {
            for (int index = 0; index < _sums.Length; index++)
            {
                _sums[index] += other._sums[index];
            }

            LeftOut += other.LeftOut;
            Imaginary += other.Imaginary;
        }

        internal Matrix3x3 Matrix(int temperature, int atom, double mass)
        {
            ReadOnlySpan<double> u = _sums.AsSpan(((temperature * atoms) + atom) * 6, 6);
            return (1 / mass) * new Matrix3x3(new(u[0], u[5], u[4]), new(u[5], u[1], u[3]), new(u[4], u[3], u[2]));
        }

        private void Tensors(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary)
        {
            for (int atom = 0; atom < atoms; atom++)
            {
                int x = 3 * atom, y = x + 1, z = x + 2;
                Span<double> t = _tensors.AsSpan(6 * atom, 6);
                t[0] = (real[x] * real[x]) + (imaginary[x] * imaginary[x]);
                t[1] = (real[y] * real[y]) + (imaginary[y] * imaginary[y]);
                t[2] = (real[z] * real[z]) + (imaginary[z] * imaginary[z]);
                t[3] = (real[y] * real[z]) + (imaginary[y] * imaginary[z]);
                t[4] = (real[x] * real[z]) + (imaginary[x] * imaginary[z]);
                t[5] = (real[x] * real[y]) + (imaginary[x] * imaginary[y]);
            }
        }

        /// <summary>(ħ/2ω) coth(ħω/2kT), Å² amu.</summary>
        private static double MeanSquareCoordinate(double frequency, double kelvin)
        {
            double root = frequency / PhysicalConstants.TerahertzPerRootForceConstant;
            double half = 0.5 * PhysicalConstants.PlanckElectronvoltPerTerahertz * frequency;
            double energy = kelvin == 0 ? half : half / Math.Tanh(half / (PhysicalConstants.BoltzmannElectronvoltPerKelvin * kelvin));
            return energy / (root * root);
        }
    }
}
