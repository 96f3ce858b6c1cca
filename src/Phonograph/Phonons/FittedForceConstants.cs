using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>Force constants fitted to snapshots, with their uncertainty and the quality of the fit.</summary>
public sealed class FittedForceConstants
{
    // Made when first asked for: the inverse costs more than the fit.
    private readonly Lazy<double[]> _covariance, _snapshotCovariance;

    private FittedForceConstants(ForceConstantsBasis basis, double[] coefficients, Func<double[]> covariance, Func<double[]> snapshotCovariance)
    {
        Basis = basis;
        Coefficients = [.. coefficients];
        Constants = basis.Constants(coefficients);
        _covariance = new(covariance);
        _snapshotCovariance = new(snapshotCovariance);
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
    public ReadOnlySpan<double> Covariance => _covariance.Value;

    /// <summary>
    /// Covariance of the coefficients by rows, (eV/Å²)², when only the snapshots are independent (sandwich estimate with one term for each snapshot, H. White, Econometrica 48, 817 (1980); S. Zeger, K.-Y. Liang, Biometrics 42, 121 (1986)): right for
    /// anharmonic forces and re-weighted snapshots too, but noisy for fewer snapshots than some tens. Not defined (NaN) for a single snapshot.
    /// </summary>
    public ReadOnlySpan<double> SnapshotCovariance => _snapshotCovariance.Value;

    /// <summary>Standard errors of the coefficients from <see cref="Covariance"/>, eV/Å².</summary>
    public ImmutableArray<double> StandardErrors => Roots(_covariance.Value);

    /// <summary>Standard errors of the coefficients from <see cref="SnapshotCovariance"/>, eV/Å².</summary>
    public ImmutableArray<double> SnapshotStandardErrors => Roots(_snapshotCovariance.Value);

    /// <summary>Standard errors from <see cref="Covariance"/> of the coupling of two atoms, element by element, eV/Å².</summary>
    public Matrix3x3 StandardErrorsOf(int firstAtom, int secondAtom) => Basis.StandardErrors(_covariance.Value, firstAtom, secondAtom);

    internal static FittedForceConstants Of(
        ForceConstantsBasis basis,
        double[] coefficients,
        Cholesky normal,
        double[]? squaredNormal,
        ImmutableArray<SnapshotFit.Weighted> data,
        ImmutableArray<SnapshotFit.Residual> residuals,
        int otherParameters,
        double takenByOthers)
    {
        int count = coefficients.Length, components = 3 * data[0].Snapshot.ForcesCartesian.Length;
        double weights = data.Sum(entry => entry.Weight), squaredWeights = data.Sum(entry => entry.Weight * entry.Weight);
        double left = data.Zip(residuals, (entry, residual) => entry.Weight * residual.SumOfSquares).Sum();
        double total = data.Sum(entry => entry.Weight * entry.Snapshot.ForcesCartesian.Sum(force => force.LengthSquared));

        // With weights w, noise of variance s² leaves the expectation s² (Σ w - tr N⁻¹ Σ w² a aᵀ); with weights of one this is s² (components - parameters).
        double[]? spread = squaredNormal is null ? null : Solved(normal, squaredNormal);
        double taken = spread is null ? count : Enumerable.Range(0, count).Sum(index => spread[(index * count) + index]);
        taken += takenByOthers;
        double freedom = (components * weights) - taken, variance = freedom > 0 ? left / freedom : double.NaN;
        return new FittedForceConstants(
            basis,
            coefficients,
            () => [.. (spread is null ? normal.Inverse() : Solved(normal, spread)).Select(element => variance * element)],
            () => Sandwich(normal, data, residuals))
        {
            Snapshots = data.Length,
            EffectiveSnapshots = weights * weights / squaredWeights,
            DegreesOfFreedom = (components * data.Length) - count - otherParameters,
            RSquared = total > 0 ? 1 - (left / total) : double.NaN,
            ResidualRmsElectronvoltPerAngstrom = Math.Sqrt(left / (components * weights)),
            NoiseElectronvoltPerAngstrom = Math.Sqrt(variance),
        };
    }

    /// <summary>N⁻¹ (Σ w² g gᵀ) N⁻¹ · S / (S - 1) with the slope g of each of S snapshots.</summary>
    private static double[] Sandwich(Cholesky normal, ImmutableArray<SnapshotFit.Weighted> data, ImmutableArray<SnapshotFit.Residual> residuals)
    {
        var middle = new NormalMatrix(normal.Order);
        foreach ((SnapshotFit.Weighted entry, SnapshotFit.Residual residual) in data.Zip(residuals))
        {
            middle.Add(normal.Solve(residual.Slope), entry.Weight * entry.Weight);
        }

        double scale = data.Length > 1 ? data.Length / (data.Length - 1.0) : double.NaN;
        return [.. middle.ToArray().Select(element => scale * element)];
    }

    /// <summary>(N⁻¹ A)ᵀ by rows: each row of a matrix solved for; applied twice to a symmetric A this is N⁻¹ A N⁻¹.</summary>
    private static double[] Solved(Cholesky normal, double[] matrix)
    {
        int order = normal.Order;
        var solved = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            // Columns of the argument become rows of the result.
            var column = new double[order];
            for (int index = 0; index < order; index++)
            {
                column[index] = matrix[(index * order) + row];
            }

            normal.Solve(column).CopyTo(solved, row * order);
        }

        return solved;
    }

    private ImmutableArray<double> Roots(double[] covariance) =>
        [.. Enumerable.Range(0, Coefficients.Length).Select(index => Math.Sqrt(covariance[(index * Coefficients.Length) + index]))];
}
