using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>
/// The vibrations of a supercell at one wave vector q it holds, standing for -q as well. Waves run over lattice vectors R: atom j of the unit cell moves by the real part of A e_j exp(2πi q·R)/√m_j.
/// </summary>
/// <param name="Numerator">The wave vector times the number of cells: whole numbers.</param>
/// <param name="IsReal">Whether q and -q are the same wave; then vectors are real and exp(2πi q·R) is ±1.</param>
/// <param name="FrequenciesTerahertz">Ordinary frequencies, THz, rising; at Γ without the three rigid translations.</param>
/// <param name="Vectors">Unit eigenvectors by rows; within a degenerate set by the rule of <see cref="DegenerateBasis"/>.</param>
internal sealed record CommensurateModes(IntegerVector3 Numerator, bool IsReal, double[] FrequenciesTerahertz, Complex[] Vectors)
{
    /// <summary>Wave vectors are equally short within this length, 1/Å.</summary>
    private const double ZoneTolerance = 1e-7;

    /// <summary>Number of bands: three per atom of the unit cell, three fewer at Γ.</summary>
    internal int BandCount => FrequenciesTerahertz.Length;

    /// <summary>Real vibrations of the supercell for each band: one, or two where q and -q differ.</summary>
    internal int VibrationsPerBand => IsReal ? 1 : 2;

    /// <summary>One wave vector of each pair ±q, in the order of <see cref="CommensurateWaveVectors"/>.</summary>
    /// <param name="matrix">The dynamical matrix; at Γ without long-range part.</param>
    /// <param name="supercell">Supercell of the matrix's cell.</param>
    internal static CommensurateModes[] Of(DynamicalMatrix matrix, Supercell supercell)
    {
        int cells = supercell.CellCount, order = matrix.Order;
        var solver = new PhononSolver(matrix);
        var modes = new List<CommensurateModes>();
        var seen = new HashSet<IntegerVector3>();
        var images = new List<Vector3D>();
        var zone = new ShortestImages(new Lattice(matrix.Crystal.Lattice.ReciprocalRows), ZoneTolerance);
        foreach (Vector3D wave in CommensurateWaveVectors.Of(supercell))
        {
            var numerator = new IntegerVector3((int)Math.Round(wave.X * cells), (int)Math.Round(wave.Y * cells), (int)Math.Round(wave.Z * cells));
            var opposite = new IntegerVector3((cells - numerator.X) % cells, (cells - numerator.Y) % cells, (cells - numerator.Z) % cells);
            if (!seen.Add(numerator))
            {
                continue;
            }

            seen.Add(opposite);

            // The long-range part of Wang et al. does not repeat with the reciprocal lattice: the shortest of equivalent waves stands for them.
            zone.Find(wave, images);
            Vector3D shortest = images[0];
            if (numerator == opposite)
            {
                modes.Add(Real(matrix, shortest, numerator));
                continue;
            }

            solver.Solve(shortest, null, withVectors: true);
            var vectors = new Complex[order * order];
            for (int band = 0; band < order; band++)
            {
                for (int index = 0; index < order; index++)
                {
                    vectors[(band * order) + index] = new Complex(solver.VectorReal(band)[index], solver.VectorImaginary(band)[index]);
                }
            }

            DegenerateBasis.Canonicalise(solver.Eigenvalues, vectors, order);
            modes.Add(new CommensurateModes(numerator, false, solver.FrequenciesTerahertz.ToArray(), vectors));
        }

        return [.. modes];
    }

    /// <summary>Γ, whose rigid translations are split off as those of a supercell are, and the other waves that are their own opposite.</summary>
    private static CommensurateModes Real(DynamicalMatrix matrix, Vector3D wave, IntegerVector3 numerator)
    {
        int order = matrix.Order;
        var solver = new HermitianSolver(order);
        matrix.Fill(solver, wave, null, matrix.Scratch());
        if (numerator == IntegerVector3.Zero)
        {
            double[] masses = [.. matrix.Crystal.MassesAmu];
            double[] elements = [.. Enumerable.Range(0, order * order).Select(index => solver.Real[index] * Math.Sqrt(masses[index / order / 3] * masses[index % order / 3]))];
            var modes = PhononModes.Of(new ForceConstants(Supercell.Of(matrix.Crystal, 1, 1, 1), elements));
            return new CommensurateModes(numerator, true, [.. modes.FrequenciesTerahertz], [.. Enumerable.Range(0, modes.Count).SelectMany(mode => modes.Vector(mode).ToArray()).Select(value => new Complex(value, 0))]);
        }

        var eigen = SymmetricEigen.Decompose(solver.Real, order);
        double[] vectors = [.. Enumerable.Range(0, order).SelectMany(band => eigen.Vector(band).ToArray())];
        DegenerateBasis.Canonicalise(eigen.Values.Span, vectors, order);
        return new CommensurateModes(numerator, true, [.. eigen.Values.ToArray().Select(PhononModes.ToTerahertz)], [.. vectors.Select(value => new Complex(value, 0))]);
    }
}
