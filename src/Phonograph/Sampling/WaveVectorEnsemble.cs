using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Polar;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Sampling;

/// <summary>
/// The ensemble of a supercell of any size from dynamical matrices at the wave vectors it holds: no matrix is larger than the unit cell's. The force constants may come from a smaller supercell, and are
/// interpolated as phonopy does (<see cref="DynamicalMatrix"/>). Where they come from the same supercell, this is the ensemble of <see cref="ThermalEnsemble"/>. A long-range term counts at all
/// wave vectors but Γ, where a periodic supercell has no direction of approach.
/// </summary>
/// <remarks>
/// The modes are counted wave vector by wave vector, one of each pair ±q; each band of a pair is two vibrations, √(2/cells) times the real and the imaginary part of e exp(2πi q·R) (A. A. Maradudin et al.,
/// Theory of Lattice Dynamics in the Harmonic Approximation, 1971, chapter 2).
/// </remarks>
public sealed class WaveVectorEnsemble : HarmonicEnsemble
{
    private readonly (int Wave, int Band, int Part)[] _vibrations;
    private readonly int[] _firstVibration;
    private readonly double[] _cosine, _sine;

    /// <summary>Prepares the ensemble.</summary>
    /// <param name="matrix">The dynamical matrix of the unit cell.</param>
    /// <param name="supercell">Supercell of the same unit cell.</param>
    /// <param name="temperatureKelvin">Temperature, K; zero leaves zero-point motion only.</param>
    /// <param name="statistics">Quantum or classical.</param>
    /// <param name="policy">Rule for imaginary and near-zero modes.</param>
    /// <exception cref="ArgumentException">The two have different unit cells.</exception>
    /// <exception cref="InputException">The rule refuses a mode; the message names them.</exception>
    public WaveVectorEnsemble(DynamicalMatrix matrix, Supercell supercell, double temperatureKelvin, ThermalStatistics statistics, SoftModePolicy policy)
        : this(supercell, Solved(matrix, supercell), temperatureKelvin, statistics, policy)
    {
        IntegerMatrix3 rows = matrix.ConstantsSupercell.Matrix;
        Details = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["wave_vectors"] = supercell.CellCount.ToString(CultureInfo.InvariantCulture),
            ["constants_supercell"] = string.Create(
                CultureInfo.InvariantCulture, $"{rows.RowA.X} {rows.RowA.Y} {rows.RowA.Z} {rows.RowB.X} {rows.RowB.Y} {rows.RowB.Z} {rows.RowC.X} {rows.RowC.Y} {rows.RowC.Z}"),
            ["long_range_term"] = matrix.LongRangeTerm switch
            {
                null => "none",
                NonAnalyticalTerm.Wang => "wang",
                _ => "gonze",
            },
        });
    }

    private WaveVectorEnsemble(Supercell supercell, CommensurateModes[] waves, double temperatureKelvin, ThermalStatistics statistics, SoftModePolicy policy)
        : base(
            supercell.Crystal,
            [.. waves.SelectMany(wave => wave.FrequenciesTerahertz.SelectMany(frequency => Enumerable.Repeat(frequency, wave.VibrationsPerBand)))],
            temperatureKelvin,
            statistics,
            policy)
    {
        (Supercell, Waves) = (supercell, waves);
        int cells = supercell.CellCount;
        _cosine = [.. Enumerable.Range(0, cells).Select(step => Math.Cos(2 * Math.PI * step / cells))];
        _sine = [.. Enumerable.Range(0, cells).Select(step => Math.Sin(2 * Math.PI * step / cells))];
        _vibrations = [.. waves.SelectMany((wave, index) => Enumerable.Range(0, wave.BandCount).SelectMany(band => Enumerable.Range(0, wave.VibrationsPerBand).Select(part => (index, band, part))))];
        _firstVibration = new int[waves.Length];
        for (int wave = 1; wave < waves.Length; wave++)
        {
            _firstVibration[wave] = _firstVibration[wave - 1] + (waves[wave - 1].BandCount * waves[wave - 1].VibrationsPerBand);
        }
    }

    /// <summary>The supercell.</summary>
    public Supercell Supercell { get; }

    /// <summary>One wave vector of each pair ±q.</summary>
    internal IReadOnlyList<CommensurateModes> Waves { get; }

    internal override ReadOnlyDictionary<string, string> Details { get; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Covariance of the displacements of two atoms of the supercell, Å²; row: direction of the first atom, column: of the second.</summary>
    public Matrix3x3 Covariance(int first, int second)
    {
        IntegerVector3 apart = Supercell.UnitImage[first] - Supercell.UnitImage[second];
        int a = 3 * Supercell.UnitAtom[first], b = 3 * Supercell.UnitAtom[second], order = 3 * Supercell.Unit.AtomCount;
        var sum = new double[9];
        for (int index = 0; index < Waves.Count; index++)
        {
            CommensurateModes wave = Waves[index];
            (double c, double s) = Phase(wave, apart);
            for (int band = 0; band < wave.BandCount; band++)
            {
                double square = wave.VibrationsPerBand * MeanSquareCoordinates[Vibration(index, band)];
                for (int element = 0; element < 9 && square > 0; element++)
                {
                    Complex product = wave.Vectors[(band * order) + a + (element / 3)] * Complex.Conjugate(wave.Vectors[(band * order) + b + (element % 3)]);
                    sum[element] += square * ((c * product.Real) - (s * product.Imaginary));
                }
            }
        }

        double factor = 1 / (Supercell.CellCount * Math.Sqrt(Crystal.MassesAmu[first] * Crystal.MassesAmu[second]));
        return factor * new Matrix3x3(new(sum[0], sum[1], sum[2]), new(sum[3], sum[4], sum[5]), new(sum[6], sum[7], sum[8]));
    }

    /// <inheritdoc/>
    public override ImmutableArray<Matrix3x3> AtomCovariances()
    {
        // The atoms of one unit-cell atom stand together.
        int cells = Supercell.CellCount;
        return [.. Enumerable.Range(0, Supercell.Unit.AtomCount).SelectMany(atom => Enumerable.Repeat(Covariance(atom * cells, atom * cells), cells))];
    }

    /// <inheritdoc/>
    public override double EffectiveForceConstantsTrace()
    {
        double trace = 0;
        int order = 3 * Supercell.Unit.AtomCount;
        for (int index = 0; index < Waves.Count; index++)
        {
            CommensurateModes wave = Waves[index];
            for (int place = 0; place < wave.Vectors.Length; place++)
            {
                Complex component = wave.Vectors[place];
                double square = (component.Real * component.Real) + (component.Imaginary * component.Imaginary);
                trace += wave.VibrationsPerBand * Curvatures[Vibration(index, place / order)] * Supercell.Unit.MassesAmu[place % order / 3] * square;
            }
        }

        return trace;
    }

    internal override void WriteVector(int mode, Span<double> target)
    {
        (int index, int band, int part) = _vibrations[mode];
        CommensurateModes wave = Waves[index];
        int order = 3 * Supercell.Unit.AtomCount;
        double factor = Math.Sqrt((double)wave.VibrationsPerBand / Supercell.CellCount);
        for (int atom = 0; atom < Crystal.AtomCount; atom++)
        {
            (double c, double s) = Phase(wave, Supercell.UnitImage[atom]);
            int start = (band * order) + (3 * Supercell.UnitAtom[atom]);
            for (int axis = 0; axis < 3; axis++)
            {
                Complex e = wave.Vectors[start + axis];
                target[(3 * atom) + axis] = factor * (part == 0 ? (e.Real * c) - (e.Imaginary * s) : (e.Imaginary * c) + (e.Real * s));
            }
        }
    }

    /// <summary>The first of the vibrations of a band.</summary>
    internal int Vibration(int wave, int band) => _firstVibration[wave] + (band * Waves[wave].VibrationsPerBand);

    /// <summary>Cosine and sine of 2π q·R, from a table: equal phases have equal bits.</summary>
    internal (double Cosine, double Sine) Phase(CommensurateModes wave, IntegerVector3 lattice)
    {
        long cells = Supercell.CellCount;
        long turns = ((long)wave.Numerator.X * lattice.X) + ((long)wave.Numerator.Y * lattice.Y) + ((long)wave.Numerator.Z * lattice.Z);
        int step = (int)(((turns % cells) + cells) % cells);
        return (_cosine[step], _sine[step]);
    }

    private static CommensurateModes[] Solved(DynamicalMatrix matrix, Supercell supercell)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(supercell);
        Crystal a = matrix.Crystal, b = supercell.Unit;
        return a.Lattice.Rows == b.Lattice.Rows && a.Elements.SequenceEqual(b.Elements) && a.PositionsFractional.SequenceEqual(b.PositionsFractional) && a.MassesAmu.SequenceEqual(b.MassesAmu)
            ? CommensurateModes.Of(matrix, supercell)
            : throw new ArgumentException("The supercell repeats another unit cell than that of the dynamical matrix.", nameof(supercell));
    }
}
