using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>Force constants fitted to snapshots, with their uncertainty and the quality of the fit.</summary>
public sealed class FittedForceConstants
{
    private readonly double[] _covariance, _snapshotCovariance;

    private FittedForceConstants(ForceConstantsBasis basis, double[] coefficients, double[] covariance, double[] snapshotCovariance)
    {
        Basis = basis;
        Coefficients = [.. coefficients];
        Constants = basis.Constants(coefficients);
        _covariance = covariance;
        _snapshotCovariance = snapshotCovariance;
    }

    /// <summary>The symmetry-reduced basis.</summary>
    public ForceConstantsBasis Basis { get; }

    /// <summary>Fitted coefficients of the basis, eV/Å².</summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>The fitted force constants; they obey every symmetry to rounding.</summary>
    public CompactForceConstants Constants { get; }

    /// <summary>Number of snapshots with a weight above zero.</summary>
    public int Snapshots { get; private init; }

    /// <summary>Kish's effective number of snapshots, (Σ w)² / Σ w²: the number itself for equal weights.</summary>
    public double EffectiveSnapshots { get; private init; }

    /// <summary>Force components minus parameters.</summary>
    public int DegreesOfFreedom { get; private init; }

    /// <summary>Share of the weighted squared forces that the constants explain, 1 - Σ w |F - F_fit|² / Σ w |F|², measured from zero force; at most one.</summary>
    public double RSquared { get; private init; }

    /// <summary>Weighted root mean square over force components of what is left, eV/Å.</summary>
    public double ResidualRmsElectronvoltPerAngstrom { get; private init; }

    /// <summary>Estimated standard deviation of what the harmonic model cannot explain in one force component, eV/Å: the residual with the parameters taken off the count.</summary>
    public double NoiseElectronvoltPerAngstrom { get; private init; }

    /// <summary>
    /// Covariance of the coefficients by rows, (eV/Å²)², when the unexplained parts of all force components are independent and equally large: right for noise of the forces, too small where the
    /// unexplained part is anharmonic.
    /// </summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>
    /// Covariance of the coefficients by rows, (eV/Å²)², when only the snapshots are independent (sandwich estimate with one term for each snapshot, H. White, Econometrica 48, 817 (1980); S. Zeger, K.-Y. Liang, Biometrics 42, 121 (1986)): right for
    /// anharmonic forces and re-weighted snapshots too, but noisy for fewer snapshots than some tens. Not defined (NaN) for a single snapshot.
    /// </summary>
    public ReadOnlySpan<double> SnapshotCovariance => _snapshotCovariance;

    /// <summary>Standard errors of the coefficients from <see cref="Covariance"/>, eV/Å².</summary>
    public ImmutableArray<double> StandardErrors => Roots(_covariance);

    /// <summary>Standard errors of the coefficients from <see cref="SnapshotCovariance"/>, eV/Å².</summary>
    public ImmutableArray<double> SnapshotStandardErrors => Roots(_snapshotCovariance);

    /// <summary>Standard errors from <see cref="Covariance"/> of the coupling of two atoms, element by element, eV/Å².</summary>
    public Matrix3x3 StandardErrorsOf(int firstAtom, int secondAtom) => Basis.StandardErrors(_covariance, firstAtom, secondAtom);

    internal static FittedForceConstants Of(
        ForceConstantsBasis basis,
        double[] coefficients,
        double[] inverse,
        double[]? squaredNormal,
        ImmutableArray<SnapshotFit.Weighted> data,
        ImmutableArray<SnapshotFit.Residual> residuals)
    {
        int count = coefficients.Length, components = 3 * data[0].Snapshot.ForcesCartesian.Length;
        double weights = data.Sum(entry => entry.Weight), squaredWeights = data.Sum(entry => entry.Weight * entry.Weight);
        double left = data.Zip(residuals, (entry, residual) => entry.Weight * residual.SumOfSquares).Sum();
        double total = data.Sum(entry => entry.Weight * entry.Snapshot.ForcesCartesian.Sum(force => force.LengthSquared));

        // With weights w, noise of variance s² leaves the expectation s² (Σ w - tr N⁻¹ Σ w² a aᵀ); with weights of one this is s² (components - parameters).
        double[] spread = squaredNormal is null ? inverse : Product(Product(inverse, squaredNormal, count), inverse, count);
        double taken = squaredNormal is null ? count : Trace(Product(inverse, squaredNormal, count), count);
        double freedom = (components * weights) - taken, variance = freedom > 0 ? left / freedom : double.NaN;
        return new FittedForceConstants(basis, coefficients, [.. spread.Select(element => variance * element)], Sandwich(inverse, data, residuals, count))
        {
            Snapshots = data.Length,
            EffectiveSnapshots = weights * weights / squaredWeights,
            DegreesOfFreedom = (components * data.Length) - count,
            RSquared = total > 0 ? 1 - (left / total) : double.NaN,
            ResidualRmsElectronvoltPerAngstrom = Math.Sqrt(left / (components * weights)),
            NoiseElectronvoltPerAngstrom = Math.Sqrt(variance),
        };
    }

    /// <summary>N⁻¹ (Σ w² g gᵀ) N⁻¹ · S / (S - 1) with the slope g of each of S snapshots.</summary>
    private static double[] Sandwich(double[] inverse, ImmutableArray<SnapshotFit.Weighted> data, ImmutableArray<SnapshotFit.Residual> residuals, int count)
    {
        var middle = new NormalMatrix(count);
        foreach ((SnapshotFit.Weighted entry, SnapshotFit.Residual residual) in data.Zip(residuals))
        {
            double[] step = new double[count];
            for (int row = 0; row < count; row++)
            {
                for (int column = 0; column < count; column++)
                {
                    step[row] += inverse[(row * count) + column] * residual.Slope[column];
                }
            }

            middle.Add(step, entry.Weight * entry.Weight);
        }

        double scale = data.Length > 1 ? data.Length / (data.Length - 1.0) : double.NaN;
        return [.. middle.ToArray().Select(element => scale * element)];
    }

    private ImmutableArray<double> Roots(double[] covariance) =>
        [.. Enumerable.Range(0, Coefficients.Length).Select(index => Math.Sqrt(covariance[(index * Coefficients.Length) + index]))];

    private static double[] Product(double[] a, double[] b, int order)
    {
        var product = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int inner = 0; inner < order; inner++)
            {
                double factor = a[(row * order) + inner];
                for (int column = 0; column < order; column++)
                {
                    product[(row * order) + column] += factor * b[(inner * order) + column];
                }
            }
        }

        return product;
    }

    private static double Trace(double[] matrix, int order) => Enumerable.Range(0, order).Sum(index => matrix[(index * order) + index]);
}
