using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Polar;

/// <summary>
/// The interaction of displaced ions as dipoles in a dielectric, as a dynamical matrix: the reciprocal part of the Ewald sum of X. Gonze and C. Lee, Phys. Rev. B
/// 55, 10355 (1997), eqs. 71 to 75, with a Gaussian of width Λ. Its real-space part is short-ranged and stays in the force constants. Cutoff and Λ are chosen
/// as phonopy does: about 300 reciprocal vectors, the last of which are damped to 1e-10. The sum holds the reciprocal vectors of a sphere about Γ, so wave vectors
/// are first moved into the first Brillouin zone; phonopy does not, and loses accuracy outside.
/// </summary>
internal sealed class DipoleInteraction
{
    private const int ReciprocalVectorCount = 300;
    private const double SmallestDamping = 1e-10, ZeroWaveVector = 1e-5, TieTolerance = 1e-8;
    private readonly Crystal _crystal;
    private readonly Matrix3x3 _dielectric;
    private readonly ImmutableArray<Matrix3x3> _fieldToDisplacement;
    private readonly ShortestImages _zone;
    private readonly Vector3D[] _reciprocal;
    private readonly double[] _cosine, _sine, _onSite;
    private readonly double _prefactor, _exponent;

    internal DipoleInteraction(Crystal crystal, BornCharges charges)
    {
        _crystal = crystal;
        _dielectric = charges.Dielectric;
        _fieldToDisplacement = [.. charges.Charges.Select((charge, atom) => (1 / Math.Sqrt(crystal.MassesAmu[atom])) * charge.Transposed)];
        _prefactor = charges.CoulombElectronvoltAngstrom * 4 * Math.PI / crystal.Lattice.Volume;
        double cutoff = charges.ReciprocalCutoff ?? Math.Cbrt(3 * ReciprocalVectorCount / (4 * Math.PI) / crystal.Lattice.Volume);
        double fourLambdaSquared = charges.Lambda is { } lambda ? 4 * lambda * lambda : -cutoff * cutoff * _dielectric.Trace / 3 / Math.Log(SmallestDamping);
        _exponent = -1 / fourLambdaSquared;
        _zone = new ShortestImages(new Lattice(crystal.Lattice.ReciprocalRows), TieTolerance);
        _reciprocal = Sphere(crystal.Lattice, cutoff);
        int atoms = crystal.AtomCount;
        (_cosine, _sine) = (new double[_reciprocal.Length * atoms], new double[_reciprocal.Length * atoms]);
        for (int index = 0; index < _reciprocal.Length; index++)
        {
            for (int atom = 0; atom < atoms; atom++)
            {
                double angle = 2 * Math.PI * Vector3D.Dot(_reciprocal[index], crystal.PositionCartesian(atom));
                (_sine[(index * atoms) + atom], _cosine[(index * atoms) + atom]) = Math.SinCos(angle);
            }
        }

        _onSite = OnSite();
    }

    /// <summary>Whether a wave vector counts as zero, 1/Å.</summary>
    internal static bool IsZero(Vector3D cartesian) => cartesian.Length < ZeroWaveVector;

    /// <summary>
    /// Adds the interaction to the lower triangle of a dynamical matrix, eV/(Å² amu), phases over lattice vectors.
    /// </summary>
    /// <param name="real">Real parts by rows.</param>
    /// <param name="imaginary">Imaginary parts by rows.</param>
    /// <param name="waveVector">Wave vector in units of the reciprocal vectors, in or near the first Brillouin zone (<see cref="FirstZone"/>).</param>
    /// <param name="direction">Direction from which Γ is approached, same units; null leaves the macroscopic field out there.</param>
    /// <param name="scratch">Memory of this thread.</param>
    /// <param name="factor">Multiplies what is added.</param>
    internal void AddTo(Span<double> real, Span<double> imaginary, Vector3D waveVector, Vector3D? direction, DipoleScratch scratch, double factor = 1)
    {
        int order = 3 * _crystal.AtomCount;
        Vector3D q = waveVector * _crystal.Lattice.ReciprocalRows;
        Array.Clear(scratch.Real);
        Array.Clear(scratch.Imaginary);
        Accumulate(scratch, q, direction is { } d ? d * _crystal.Lattice.ReciprocalRows : null);
        for (int atom = 0; atom < _crystal.AtomCount; atom++)
        {
            for (int element = 0; element < 9; element++)
            {
                scratch.Real[(((3 * atom) + (element / 3)) * order) + (3 * atom) + (element % 3)] -= _onSite[(9 * atom) + element];
            }
        }

        // From phases over atomic positions, exp(iG·r), to phases over lattice vectors: times exp(iq·(r_first - r_second)).
        for (int first = 0; first < _crystal.AtomCount; first++)
        {
            for (int second = 0; second <= first; second++)
            {
                (double s, double c) = Math.SinCos(2 * Math.PI * Vector3D.Dot(waveVector, _crystal.PositionsFractional[first] - _crystal.PositionsFractional[second]));
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    int start = (((3 * first) + alpha) * order) + (3 * second);
                    for (int at = start; at < start + 3; at++)
                    {
                        real[at] += factor * ((c * scratch.Real[at]) - (s * scratch.Imaginary[at]));
                        imaginary[at] += factor * ((c * scratch.Imaginary[at]) + (s * scratch.Real[at]));
                    }
                }
            }
        }
    }

    /// <summary>A wave vector moved into the first Brillouin zone; one on its surface stays where it is.</summary>
    internal Vector3D FirstZone(Vector3D waveVector, DipoleScratch scratch)
    {
        List<Vector3D> images = scratch.Images;
        _zone.Find(waveVector, images);
        foreach (Vector3D image in images)
        {
            if ((image - waveVector).Length < TieTolerance)
            {
                return waveVector;
            }
        }

        return images[0];
    }

    /// <summary>Σ over K = q + G of w(K) v(K) v(K)†, v = Z·K exp(iG·r), mass-weighted; lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(DipoleScratch scratch, Vector3D q, Vector3D? direction)
    {
        int atoms = _crystal.AtomCount, order = 3 * atoms;
        for (int index = 0; index < _reciprocal.Length; index++)
        {
            Vector3D k = q + _reciprocal[index];
            double damping;
            if (IsZero(k))
            {
                if (direction is not { } d || IsZero(d))
                {
                    continue;
                }

                k = d;
                damping = _prefactor / Vector3D.Dot(k, _dielectric * k);
            }
            else
            {
                double length = Vector3D.Dot(k, _dielectric * k);
                damping = _prefactor * Math.Exp(length * _exponent) / length;
            }

            for (int atom = 0; atom < atoms; atom++)
            {
                Vector3D z = _fieldToDisplacement[atom] * k;
                (double c, double s) = (_cosine[(index * atoms) + atom], _sine[(index * atoms) + atom]);
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    scratch.VectorReal[(3 * atom) + alpha] = c * z[alpha];
                    scratch.VectorImaginary[(3 * atom) + alpha] = s * z[alpha];
                }
            }

            scratch.AddProduct(order, damping);
        }
    }

    /// <summary>What makes a rigid translation free: for each atom the sum of its blocks at Γ without the macroscopic field, times the root of masses.</summary>
    private double[] OnSite()
    {
        int atoms = _crystal.AtomCount, order = 3 * atoms;
        var scratch = new DipoleScratch(order);
        Accumulate(scratch, Vector3D.Zero, null);
        var sums = new double[9 * atoms];
        for (int first = 0; first < atoms; first++)
        {
            for (int second = 0; second < atoms; second++)
            {
                double ratio = Math.Sqrt(_crystal.MassesAmu[second] / _crystal.MassesAmu[first]);
                for (int element = 0; element < 9; element++)
                {
                    (int row, int column) = ((3 * first) + (element / 3), (3 * second) + (element % 3));
                    double value = row >= column ? scratch.Real[(row * order) + column] : scratch.Real[(column * order) + row];
                    sums[(9 * first) + element] += ratio * value;
                }
            }
        }

        // The Hermitian part.
        for (int atom = 0; atom < atoms; atom++)
        {
            foreach ((int upper, int lower) in new[] { (1, 3), (2, 6), (5, 7) })
            {
                double mean = 0.5 * (sums[(9 * atom) + upper] + sums[(9 * atom) + lower]);
                (sums[(9 * atom) + upper], sums[(9 * atom) + lower]) = (mean, mean);
            }
        }

        return sums;
    }

    private static Vector3D[] Sphere(Lattice lattice, double radius)
    {
        // |n_i| is the projection on a lattice vector, at most the radius times its length.
        int Limit(Vector3D row) => (int)Math.Floor((radius * row.Length) + 1e-9);
        (int x, int y, int z) = (Limit(lattice.A), Limit(lattice.B), Limit(lattice.C));
        Matrix3x3 reciprocal = lattice.ReciprocalRows;
        return
        [
            .. from i in Enumerable.Range(-x, (2 * x) + 1)
               from j in Enumerable.Range(-y, (2 * y) + 1)
               from k in Enumerable.Range(-z, (2 * z) + 1)
               let vector = new Vector3D(i, j, k) * reciprocal
               where vector.LengthSquared < radius * radius
               select vector,
        ];
    }
}
