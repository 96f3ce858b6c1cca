using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Phonons;

/// <summary>
/// The 3N-3 vibrations of a supercell, that is all phonons at the wave vectors the supercell can hold. The three rigid translations are split off
/// by projection, not by frequency, so no other soft mode can be mistaken for one.
/// </summary>
public sealed class PhononModes
{
    private readonly double[] _vectors;
    private readonly Lazy<double[]> _byComponent;

    private PhononModes(Crystal crystal, ImmutableArray<double> eigenvalues, double[] vectors, double translationCurvature)
    {
        Crystal = crystal;
        Eigenvalues = eigenvalues;
        _vectors = vectors;
        _byComponent = new(() => Transposed(vectors, eigenvalues.Length, 3 * crystal.AtomCount));
        FrequenciesTerahertz = [.. eigenvalues.Select(ToTerahertz)];
        TranslationResidualTerahertz = ToTerahertz(translationCurvature);
    }

    /// <summary>The supercell at rest, with the masses that were used.</summary>
    public Crystal Crystal { get; }

    /// <summary>Eigenvalues of the mass-weighted force constants, eV/(Å² amu), rising; negative for imaginary modes.</summary>
    public ImmutableArray<double> Eigenvalues { get; }

    /// <summary>Ordinary frequencies, THz, rising; imaginary frequencies as negative numbers.</summary>
    public ImmutableArray<double> FrequenciesTerahertz { get; }

    /// <summary>
    /// Frequency, THz, that the stiffest rigid translation would have: zero when the force constants obey the acoustic sum rule. What
    /// lies here is discarded.
    /// </summary>
    public double TranslationResidualTerahertz { get; }

    /// <summary>Number of modes, 3N-3.</summary>
    public int Count => Eigenvalues.Length;

    /// <summary>Number of modes with an imaginary frequency.</summary>
    public int ImaginaryCount => Eigenvalues.Count(eigenvalue => eigenvalue < 0);

    /// <summary>
    /// Unit eigenvector of a mode, mass-weighted, 3N components (atom by atom, x y z). Within a degenerate set the vectors follow a rule that depends
    /// on the set alone (<see cref="DegenerateBasis"/>), so mode coordinates do not depend on the eigensolver.
    /// </summary>
    public ReadOnlySpan<double> Vector(int mode) => _vectors.AsSpan(mode * 3 * Crystal.AtomCount, 3 * Crystal.AtomCount);

    /// <summary>Diagonalises the force constants with the masses of their supercell.</summary>
    public static PhononModes Of(ForceConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        return Of(constants, constants.Supercell.Crystal);
    }

    /// <summary>Diagonalises the force constants with the masses of another crystal with the same sites, for example an alloy's.</summary>
    /// <exception cref="ArgumentException">The crystal has another number of atoms.</exception>
    public static PhononModes Of(ForceConstants constants, Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(crystal);
        int order = constants.Order;
        if (crystal.AtomCount * 3 != order)
        {
            throw new ArgumentException($"{crystal.AtomCount} atoms for force constants of {order / 3} atoms.", nameof(crystal));
        }

        double[] matrix = MassWeighted(constants, crystal);
        double[][] translations = Translations(crystal);
        double translationCurvature = Deflate(matrix, translations, order);
        var eigen = SymmetricEigen.Decompose(matrix, order);

        // The shift put the three translations on top of the spectrum.
        int count = order - 3;
        var vectors = new double[count * order];
        for (int mode = 0; mode < count; mode++)
        {
            eigen.Vector(mode).CopyTo(vectors.AsSpan(mode * order, order));
        }

        ImmutableArray<double> eigenvalues = [.. eigen.Values.Span[..count]];
        DegenerateBasis.Canonicalise(eigenvalues.AsSpan(), vectors, order);
        return new PhononModes(crystal, eigenvalues, vectors, translationCurvature);
    }

    /// <summary>Mass-weighted normal-mode coordinates of a displacement, Å·√amu, in the order of the modes.</summary>
    /// <param name="displacementsCartesian">Displacement of each atom, Cartesian, Å.</param>
    public ImmutableArray<double> Amplitudes(ReadOnlySpan<Vector3D> displacementsCartesian)
    {
        if (displacementsCartesian.Length != Crystal.AtomCount)
        {
            throw new ArgumentException($"{displacementsCartesian.Length} displacements for {Crystal.AtomCount} atoms.", nameof(displacementsCartesian));
        }

        var weighted = new double[3 * Crystal.AtomCount];
        Weigh(displacementsCartesian, weighted);
        var amplitudes = new double[Count];
        Amplitudes(weighted, amplitudes, 1);
        return ImmutableCollectionsMarshal.AsImmutableArray(amplitudes);
    }

    /// <summary>Displacements times the roots of the masses, Å·√amu, three numbers for each atom.</summary>
    internal void Weigh(ReadOnlySpan<Vector3D> displacementsCartesian, Span<double> weighted)
    {
        for (int atom = 0; atom < Crystal.AtomCount; atom++)
        {
            double root = Math.Sqrt(Crystal.MassesAmu[atom]);
            (weighted[3 * atom], weighted[(3 * atom) + 1], weighted[(3 * atom) + 2]) =
                (root * displacementsCartesian[atom].X, root * displacementsCartesian[atom].Y, root * displacementsCartesian[atom].Z);
        }
    }

    /// <summary>Normal-mode coordinates of several mass-weighted displacements at once.</summary>
    /// <param name="weighted">Displacements × 3N, Å·√amu.</param>
    /// <param name="amplitudes">Displacements × modes, Å·√amu, overwritten.</param>
    /// <param name="count">Number of displacements.</param>
    internal void Amplitudes(ReadOnlySpan<double> weighted, Span<double> amplitudes, int count) => VectorRows.WeightedSums(amplitudes, weighted, _byComponent.Value, count);

    /// <summary>Signed ordinary frequency, THz, of an eigenvalue in eV/(Å² amu).</summary>
    public static double ToTerahertz(double eigenvalue) => Math.CopySign(Math.Sqrt(Math.Abs(eigenvalue)) * PhysicalConstants.TerahertzPerRootForceConstant, eigenvalue);

    private static double[] MassWeighted(ForceConstants constants, Crystal crystal)
    {
        int order = constants.Order;
        double[] inverseRoot = [.. Enumerable.Range(0, order).Select(row => 1 / Math.Sqrt(crystal.MassesAmu[row / 3]))];
        ReadOnlySpan<double> elements = constants.Elements;
        var matrix = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                double mean = 0.5 * (elements[(row * order) + column] + elements[(column * order) + row]);
                matrix[(row * order) + column] = mean * inverseRoot[row] * inverseRoot[column];
            }
        }

        return matrix;
    }

    private static double[][] Translations(Crystal crystal)
    {
        double total = crystal.MassesAmu.Sum();
        var translations = new double[3][];
        for (int alpha = 0; alpha < 3; alpha++)
        {
            translations[alpha] = new double[3 * crystal.AtomCount];
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                translations[alpha][(3 * atom) + alpha] = Math.Sqrt(crystal.MassesAmu[atom] / total);
            }
        }

        return translations;
    }

    /// <summary>D := P D P + s T Tᵀ with P = I - T Tᵀ and s above the spectrum; returns the largest curvature |tᵀ D t| with its sign.</summary>
    private static double Deflate(double[] matrix, double[][] translations, int order)
    {
        double bound = 0, curvature = 0;
        for (int row = 0; row < order; row++)
        {
            double sum = 0;
            for (int column = 0; column < order; column++)
            {
                sum += Math.Abs(matrix[(row * order) + column]);
            }

            bound = Math.Max(bound, sum);
        }

        double shift = bound > 0 ? 2 * bound : 1;
        foreach (double[] t in translations)
        {
            var image = new double[order];
            double expectation = 0;
            for (int row = 0; row < order; row++)
            {
                for (int column = 0; column < order; column++)
                {
                    image[row] += matrix[(row * order) + column] * t[column];
                }

                expectation += t[row] * image[row];
            }

            curvature = Math.Abs(expectation) > Math.Abs(curvature) ? expectation : curvature;
            for (int row = 0; row < order; row++)
            {
                for (int column = 0; column < order; column++)
                {
                    matrix[(row * order) + column] += ((expectation + shift) * t[row] * t[column]) - (image[row] * t[column]) - (t[row] * image[column]);
                }
            }
        }

        return curvature;
    }

    /// <summary>Columns as rows.</summary>
    internal static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var transposed = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }

        return transposed;
    }
}
