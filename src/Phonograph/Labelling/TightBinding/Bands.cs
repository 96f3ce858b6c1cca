using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>Eigenvalues and eigenvectors of the Bloch Hamiltonian at one k-point.</summary>
internal sealed class Bands
{
    private readonly SymmetricEigen _eigen;
    private readonly int _order;

    /// <summary>Real vectors for each band: 1 where the matrix is real, 2 where the complex one is written as a real one of twice the order.</summary>
    private readonly int _copies;

    private Bands(KPoint point, SymmetricEigen eigen, int order)
    {
        Point = point;
        _eigen = eigen;
        _order = order;
        _copies = eigen.Order == order ? 1 : 2;
        Values = new double[order];
        ReadOnlySpan<double> values = eigen.Values.Span;
        for (int band = 0; band < order; band++)
        {
            Values[band] = values[_copies * band];
        }
    }

    /// <summary>Where.</summary>
    internal KPoint Point { get; }

    /// <summary>Eigenvalue of each band, rising, eV.</summary>
    internal double[] Values { get; }

    /// <summary>
    /// Solves H(k) = Σ over lattice translations R of exp(2πi k·R) h(R). The phase depends on R alone, not on positions, so that the eigenvalues' derivatives
    /// contain no derivative of a phase.
    /// </summary>
    internal static Bands Solve(KPoint point, OrbitalBasis basis, List<Bond> bonds)
    {
        int n = basis.Count;
        bool isReal = point.Multiplicity == 1;
        int order = isReal ? n : 2 * n;
        var matrix = new double[order * order];
        for (int orbital = 0; orbital < n; orbital++)
        {
            for (int copy = orbital; copy < order; copy += n)
            {
                matrix[(copy * order) + copy] = basis.Levels[orbital];
            }
        }

        Span<double> block = stackalloc double[16];
        foreach (Bond bond in bonds)
        {
            (int row, int column) = (basis.First(bond.First), basis.First(bond.Second));
            (int rows, int columns) = (basis.OrbitalsOf(bond.First), basis.OrbitalsOf(bond.Second));
            SlaterKosterBlock.Fill(bond, rows, columns, block);
            (double sine, double cosine) = Math.SinCos(point.Phase(bond.Image));
            for (int a = 0; a < rows; a++)
            {
                for (int b = 0; b < columns; b++)
                {
                    double element = block[(a * columns) + b];
                    AddPair(matrix, order, row + a, column + b, cosine * element);
                    if (!isReal)
                    {
                        // H = X + iY becomes [[X, -Y], [Y, X]]; Y is antisymmetric.
                        AddPair(matrix, order, n + row + a, n + column + b, cosine * element);
                        AddPair(matrix, order, n + row + a, column + b, sine * element);
                        AddPair(matrix, order, n + column + b, row + a, -sine * element);
                    }
                }
            }
        }

        return new Bands(point, SymmetricEigen.Decompose(matrix, order), n);
    }

    /// <summary>
    /// Adds the real part of exp(iφ) Σ over bands of occupation × conj(x_a) x_b for a block of orbitals to <paramref name="weights"/>,
    /// from the density made by <see cref="Density"/>.
    /// </summary>
    internal void AddBlock(double[] density, in Bond bond, OrbitalBasis basis, double scale, Span<double> weights)
    {
        (int row, int column) = (basis.First(bond.First), basis.First(bond.Second));
        (int rows, int columns) = (basis.OrbitalsOf(bond.First), basis.OrbitalsOf(bond.Second));
        (double sine, double cosine) = Math.SinCos(Point.Phase(bond.Image));
        for (int a = 0; a < rows; a++)
        {
            for (int b = 0; b < columns; b++)
            {
                int place = ((row + a) * _order) + column + b;
                double value = cosine * density[place];
                if (_copies == 2)
                {
                    value -= sine * density[(_order * _order) + place];
                }

                weights[(a * columns) + b] += scale * value;
            }
        }
    }

    /// <summary>Σ over bands of occupation × conj(x_a) x_b: real parts by rows, then, where the matrix is complex, imaginary parts.</summary>
    internal double[] Density(ReadOnlySpan<double> occupations)
    {
        int n = _order;
        var density = new double[_copies * n * n];
        for (int band = 0; band < n; band++)
        {
            // Both real vectors of a band stand for the same complex one, up to a phase: each counts half.
            double occupation = occupations[band] / _copies;
            if (occupation == 0)
            {
                continue;
            }

            for (int copy = 0; copy < _copies; copy++)
            {
                ReadOnlySpan<double> x = _eigen.Vector((_copies * band) + copy);
                for (int a = 0; a < n; a++)
                {
                    AddScaled(density.AsSpan(a * n, n), occupation * x[a], x[..n]);
                    if (_copies == 2)
                    {
                        AddScaled(density.AsSpan(a * n, n), occupation * x[n + a], x[n..]);
                        AddScaled(density.AsSpan((n + a) * n, n), occupation * x[a], x[n..]);
                        AddScaled(density.AsSpan((n + a) * n, n), -occupation * x[n + a], x[..n]);
                    }
                }
            }
        }

        return density;
    }

    /// <summary>Share of each orbital in a band: |x|², 1 in all.</summary>
    internal double[] OrbitalWeights(int band)
    {
        var weights = new double[_order];
        ReadOnlySpan<double> x = _eigen.Vector(_copies * band);
        for (int index = 0; index < x.Length; index++)
        {
            weights[index % _order] += x[index] * x[index];
        }

        return weights;
    }

    private static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static void AddPair(double[] matrix, int order, int row, int column, double value)
    {
        // A bond and its reverse: element and mirrored element. A bond of an orbital with its own image stands on the diagonal twice.
        matrix[(row * order) + column] += value;
        matrix[(column * order) + row] += value;
    }
}
