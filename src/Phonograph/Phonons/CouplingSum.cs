using System.Runtime.CompilerServices;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// The Fourier sum of mass-weighted force constants over lattice vectors. Each pair's constants are shared equally by all shortest vectors between the
/// periodic images of its two atoms. Phases run over lattice vectors here; full atomic positions enter where a matrix or a vector is handed out.
/// </summary>
internal sealed class CouplingSum
{
    private readonly int[] _pairFirst, _pairSecond, _termStart, _termVector;
    private readonly double[] _termBlocks, _termShares;
    private readonly Vector3D[] _latticeVectors;
    private readonly int _order;

    private CouplingSum(int order, SortedDictionary<(int First, int Second), Dictionary<IntegerVector3, Term>> pairs)
    {
        _order = order;
        var vectors = new Dictionary<IntegerVector3, int>();
        int terms = pairs.Values.Sum(pair => pair.Count), index = 0, at = 0;
        (_pairFirst, _pairSecond, _termStart) = (new int[pairs.Count], new int[pairs.Count], new int[pairs.Count + 1]);
        (_termVector, _termBlocks, _termShares) = (new int[terms], new double[9 * terms], new double[terms]);
        foreach (((int first, int second), Dictionary<IntegerVector3, Term> pair) in pairs)
        {
            (_pairFirst[index], _pairSecond[index]) = (first, second);
            foreach ((IntegerVector3 vector, Term term) in pair)
            {
                if (!vectors.TryGetValue(vector, out _termVector[at]))
                {
                    vectors.Add(vector, _termVector[at] = vectors.Count);
                }

                term.Block.CopyTo(_termBlocks.AsSpan(9 * at));
                _termShares[at++] = term.Share;
            }

            _termStart[++index] = at;
        }

        _latticeVectors = [.. vectors.OrderBy(entry => entry.Value).Select(entry => entry.Key.ToVector3D())];
    }

    /// <summary>Number of different lattice vectors: the length of the phases.</summary>
    internal int VectorCount => _latticeVectors.Length;

    /// <summary>Prepares the sum.</summary>
    /// <param name="supercell">The supercell of the constants.</param>
    /// <param name="block">Constants of a unit-cell atom (in its first lattice point) and a supercell atom, eV/Å².</param>
    /// <param name="tolerance">Vectors are equally short within this length, Å.</param>
    internal static CouplingSum Of(Supercell supercell, Func<int, int, Matrix3x3> block, double tolerance)
    {
        Crystal unit = supercell.Unit, crystal = supercell.Crystal;
        Matrix3x3 toUnit = supercell.Matrix.ToMatrix3x3();
        var shortest = new ShortestImages(crystal.Lattice, tolerance);
        var images = new List<Vector3D>();
        var pairs = new SortedDictionary<(int, int), Dictionary<IntegerVector3, Term>>();
        double cells = supercell.CellCount;
        for (int first = 0; first < unit.AtomCount; first++)
        {
            int home = first * supercell.CellCount;
            for (int atom = 0; atom < crystal.AtomCount; atom++)
            {
                int second = supercell.UnitAtom[atom];
                shortest.Find(crystal.PositionsFractional[atom] - crystal.PositionsFractional[home], images);
                Matrix3x3 constants = block(first, atom);
                double factor = 1 / (images.Count * Math.Sqrt(unit.MassesAmu[first] * unit.MassesAmu[second]));
                foreach (Vector3D image in images)
                {
                    IntegerVector3 vector = Rounded((image * toUnit) - (unit.PositionsFractional[second] - unit.PositionsFractional[first]));

                    // The Hermitian half: what belongs above the diagonal goes below it, turned round; both halves are averaged.
                    if (first >= second)
                    {
                        Add(pairs, (first, second), vector, 0.5 * factor * constants, 0.5 / (images.Count * cells));
                    }

                    if (second >= first)
                    {
                        Add(pairs, (second, first), -vector, 0.5 * factor * constants.Transposed, 0.5 / (images.Count * cells));
                    }
                }
            }
        }

        return new CouplingSum(3 * unit.AtomCount, pairs);
    }

    /// <summary>Phases exp(2πi q·R) of all lattice vectors.</summary>
    /// <param name="waveVector">Wave vector in units of the reciprocal vectors.</param>
    /// <param name="cosine">Real parts, one for each lattice vector.</param>
    /// <param name="sine">Imaginary parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Phases(Vector3D waveVector, Span<double> cosine, Span<double> sine)
    {
        for (int index = 0; index < _latticeVectors.Length; index++)
        {
            (sine[index], cosine[index]) = Math.SinCos(2 * Math.PI * Vector3D.Dot(waveVector, _latticeVectors[index]));
        }
    }

    /// <summary>Writes the lower triangle of the sum, eV/(Å² amu), into matrices that are zero there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddTo(Span<double> real, Span<double> imaginary, ReadOnlySpan<double> cosine, ReadOnlySpan<double> sine)
    {
        Span<double> sumReal = stackalloc double[9], sumImaginary = stackalloc double[9];
        for (int pair = 0; pair < _pairFirst.Length; pair++)
        {
            sumReal.Clear();
            sumImaginary.Clear();
            for (int term = _termStart[pair]; term < _termStart[pair + 1]; term++)
            {
                double c = cosine[_termVector[term]], s = sine[_termVector[term]];
                ReadOnlySpan<double> block = _termBlocks.AsSpan(9 * term, 9);
                for (int element = 0; element < 9; element++)
                {
                    sumReal[element] += c * block[element];
                    sumImaginary[element] += s * block[element];
                }
            }

            for (int alpha = 0; alpha < 3; alpha++)
            {
                int start = (((3 * _pairFirst[pair]) + alpha) * _order) + (3 * _pairSecond[pair]);
                for (int beta = 0; beta < 3; beta++)
                {
                    real[start + beta] += sumReal[(3 * alpha) + beta];
                    imaginary[start + beta] += sumImaginary[(3 * alpha) + beta];
                }
            }
        }
    }

    /// <summary>
    /// Adds a term that every pair of atoms of the supercell shares equally, as J. Wang et al. spread the non-analytical term: vector times
    /// vector, times the mean of the pair's phases.
    /// </summary>
    internal void AddShared(Span<double> real, Span<double> imaginary, ReadOnlySpan<double> cosine, ReadOnlySpan<double> sine, ReadOnlySpan<double> vector, double factor)
    {
        for (int pair = 0; pair < _pairFirst.Length; pair++)
        {
            double meanReal = 0, meanImaginary = 0;
            for (int term = _termStart[pair]; term < _termStart[pair + 1]; term++)
            {
                meanReal += _termShares[term] * cosine[_termVector[term]];
                meanImaginary += _termShares[term] * sine[_termVector[term]];
            }

            for (int alpha = 0; alpha < 3; alpha++)
            {
                int row = (3 * _pairFirst[pair]) + alpha;
                for (int beta = 0; beta < 3; beta++)
                {
                    int column = (3 * _pairSecond[pair]) + beta;
                    double product = factor * vector[row] * vector[column];
                    real[(row * _order) + column] += product * meanReal;
                    imaginary[(row * _order) + column] += product * meanImaginary;
                }
            }
        }
    }

    /// <summary>
    /// Adds the derivative of the sum along one Cartesian direction of the wave vector, divided by 2π: lower triangle, eV/(Å amu). The lengths are the components of
    /// the lattice vectors along the direction, Å (<see cref="LengthsAlong"/>).
    /// </summary>
    internal void AddDerivative(Span<double> real, Span<double> imaginary, ReadOnlySpan<double> cosine, ReadOnlySpan<double> sine, ReadOnlySpan<double> lengths)
    {
        Span<double> turnedCosine = new double[_latticeVectors.Length], turnedSine = new double[_latticeVectors.Length];
        for (int index = 0; index < _latticeVectors.Length; index++)
        {
            turnedCosine[index] = -lengths[index] * sine[index];
            turnedSine[index] = lengths[index] * cosine[index];
        }

        AddTo(real, imaginary, turnedCosine, turnedSine);
    }

    /// <summary>Component of every lattice vector along a Cartesian direction, Å.</summary>
    internal double[] LengthsAlong(Lattice lattice, Vector3D direction) => [.. _latticeVectors.Select(vector => Vector3D.Dot(lattice.ToCartesian(vector), direction))];

    private static IntegerVector3 Rounded(Vector3D v) => new((int)Math.Round(v.X), (int)Math.Round(v.Y), (int)Math.Round(v.Z));

    private static void Add(SortedDictionary<(int, int), Dictionary<IntegerVector3, Term>> pairs, (int, int) pair, IntegerVector3 vector, Matrix3x3 block, double share)
    {
        if (!pairs.TryGetValue(pair, out Dictionary<IntegerVector3, Term>? terms))
        {
            pairs.Add(pair, terms = []);
        }

        if (!terms.TryGetValue(vector, out Term? term))
        {
            terms.Add(vector, term = new Term());
        }

        for (int element = 0; element < 9; element++)
        {
            term.Block[element] += block[element / 3, element % 3];
        }

        term.Share += share;
    }

    private sealed class Term
    {
        internal double[] Block { get; } = new double[9];

        internal double Share { get; set; }
    }
}
