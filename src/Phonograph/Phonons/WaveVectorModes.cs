using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>All phonons at one wave vector.</summary>
public sealed class WaveVectorModes
{
    private readonly Complex[] _vectors;

    internal WaveVectorModes(Vector3D waveVectorFractional, ImmutableArray<double> frequencies, Complex[] vectors)
    {
        WaveVectorFractional = waveVectorFractional;
        FrequenciesTerahertz = frequencies;
        _vectors = vectors;
    }

    /// <summary>Wave vector in units of the unit cell's reciprocal vectors.</summary>
    public Vector3D WaveVectorFractional { get; }

    /// <summary>Ordinary frequencies, THz, rising unless the bands were connected; imaginary ones as negative numbers.</summary>
    public ImmutableArray<double> FrequenciesTerahertz { get; }

    /// <summary>Number of bands.</summary>
    public int Count => FrequenciesTerahertz.Length;

    /// <summary>Whether eigenvectors are kept.</summary>
    public bool HasVectors => _vectors.Length > 0;

    /// <summary>
    /// Unit eigenvector of the mass-weighted dynamical matrix, atom by atom, x y z. Phases run over full atomic positions: an atom of mass m at r moves by
    /// the real part of A e exp(2πi (q·r - νt))/√m.
    /// </summary>
    /// <exception cref="InvalidOperationException">No eigenvectors were kept.</exception>
    public ReadOnlySpan<Complex> Vector(int band) => HasVectors
        ? _vectors.AsSpan(band * Count, Count)
        : throw new InvalidOperationException("These modes were computed without eigenvectors.");

    internal static WaveVectorModes Of(Vector3D wave, PhononSolver solver, bool withVectors)
    {
        int order = solver.FrequenciesTerahertz.Length;
        var vectors = new Complex[withVectors ? order * order : 0];
        for (int band = 0; withVectors && band < order; band++)
        {
            solver.CopyVector(band, vectors.AsSpan(band * order, order));
        }

        return new WaveVectorModes(wave, [.. solver.FrequenciesTerahertz], vectors);
    }

    internal WaveVectorModes WithoutVectors() => HasVectors ? new WaveVectorModes(WaveVectorFractional, FrequenciesTerahertz, []) : this;
}
