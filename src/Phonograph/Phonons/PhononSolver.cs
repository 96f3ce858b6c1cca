using System.Numerics;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons;

/// <summary>Solves the dynamical matrix at one wave vector after another, in memory of one thread.</summary>
internal sealed class PhononSolver
{
    private readonly DynamicalMatrix _matrix;
    private readonly HermitianSolver _eigen;
    private readonly PhaseScratch _scratch;
    private readonly double[] _frequencies;
    private Vector3D _wave;

    internal PhononSolver(DynamicalMatrix matrix)
    {
        _matrix = matrix;
        _eigen = new HermitianSolver(matrix.Order);
        _scratch = matrix.Scratch();
        _frequencies = new double[matrix.Order];
    }

    /// <summary>Frequencies of the last wave vector, THz, rising; imaginary ones negative.</summary>
    internal ReadOnlySpan<double> FrequenciesTerahertz => _frequencies;

    /// <summary>Eigenvalues of the last wave vector, eV/(Å² amu), rising.</summary>
    internal ReadOnlySpan<double> Eigenvalues => _eigen.Values;

    /// <summary>Real parts of an eigenvector of the last wave vector, phases over lattice vectors.</summary>
    internal ReadOnlySpan<double> VectorReal(int band) => _eigen.VectorReal(band);

    /// <summary>Imaginary parts of the same.</summary>
    internal ReadOnlySpan<double> VectorImaginary(int band) => _eigen.VectorImaginary(band);

    /// <summary>Phases and other memory, filled for the last wave vector.</summary>
    internal PhaseScratch Phases => _scratch;

    /// <summary>Solves at a wave vector.</summary>
    /// <param name="waveVector">Wave vector in units of the reciprocal vectors.</param>
    /// <param name="direction">Direction from which Γ is approached, same units; null for none.</param>
    /// <param name="withVectors">Whether eigenvectors are wanted.</param>
    internal void Solve(Vector3D waveVector, Vector3D? direction, bool withVectors)
    {
        _wave = waveVector;
        _matrix.Fill(_eigen, waveVector, direction, _scratch);
        _eigen.Solve(withVectors);
        for (int band = 0; band < _frequencies.Length; band++)
        {
            _frequencies[band] = PhononModes.ToTerahertz(_eigen.Values[band]);
        }
    }

    /// <summary>Writes an eigenvector with phases over full atomic positions, as phonopy does: the displacement of an atom at r is the real part of e exp(2πi q·r)/√m.</summary>
    internal void CopyVector(int band, Span<Complex> target)
    {
        ReadOnlySpan<double> real = _eigen.VectorReal(band), imaginary = _eigen.VectorImaginary(band);
        for (int atom = 0; atom < _matrix.Crystal.AtomCount; atom++)
        {
            (double s, double c) = Math.SinCos(-2 * Math.PI * Vector3D.Dot(_wave, _matrix.Crystal.PositionsFractional[atom]));
            var phase = new Complex(c, s);
            for (int index = 3 * atom; index < (3 * atom) + 3; index++)
            {
                target[index] = phase * new Complex(real[index], imaginary[index]);
            }
        }
    }
}

/// <summary>Memory in which one thread sums dynamical matrices.</summary>
internal sealed class PhaseScratch(int vectors, int order, bool isPolar)
{
    internal double[] Cosine { get; } = new double[vectors];

    internal double[] Sine { get; } = new double[vectors];

    internal double[] Vector { get; } = new double[order];

    internal DipoleScratch? Dipole { get; } = isPolar ? new DipoleScratch(order) : null;
}
