using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Force constants from snapshots in which all atoms are displaced: for one atom of each set of equivalent atoms the linear relation between its force and all
/// displacements is fitted by least squares to every snapshot and every symmetry copy of it; the space group gives the other atoms. At large
/// displacements the result is the best harmonic model of those snapshots (O. Hellman, I. Abrikosov, S. Simak, Phys. Rev. B 84, 180301 (2011)).
/// </summary>
public static class SnapshotFit
{
    /// <summary>Directions of displacement with a smaller share than this, relative to the largest, were not explored.</summary>
    private const double SmallestRelativeEigenvalue = 1e-9;

    /// <summary>Fits the force constants of a supercell.</summary>
    /// <param name="supercell">The supercell at rest.</param>
    /// <param name="snapshots">Displacements and forces.</param>
    /// <param name="toleranceAngstrom">Tolerance of the symmetry search, Å.</param>
    /// <returns>Constants as the fit gives them: sum rule and permutation symmetry not yet enforced (<see cref="ForceConstants.Symmetrised"/>).</returns>
    /// <exception cref="InputException">The snapshots do not determine all constants, or one has the wrong number of atoms.</exception>
    public static ForceConstants Fit(Supercell supercell, IReadOnlyCollection<DisplacedSnapshot> snapshots, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(snapshots);
        int atoms = supercell.Crystal.AtomCount;
        if (snapshots.FirstOrDefault(snapshot => snapshot.DisplacementsCartesian.Length != atoms || snapshot.ForcesCartesian.Length != atoms) is { } odd)
        {
            throw new InputException($"A snapshot holds {odd.DisplacementsCartesian.Length} displacements and {odd.ForcesCartesian.Length} forces; the supercell has {atoms} atoms. Give the supercell the forces were computed in.");
        }

        ImmutableArray<SymmetryOperation> operations = SpaceGroup.Of(supercell.Crystal, toleranceAngstrom).Operations;
        var elements = new double[9 * atoms * atoms];
        var done = new bool[atoms];
        for (int atom = 0; atom < atoms; atom++)
        {
            if (!done[atom])
            {
                SymmetryDistribution.Fill(elements, atom, FitAtom(atoms, atom, snapshots, operations), operations, done);
            }
        }

        return new ForceConstants(supercell, elements);
    }

    private static Matrix3x3[] FitAtom(int atoms, int atom, IReadOnlyCollection<DisplacedSnapshot> snapshots, ImmutableArray<SymmetryOperation> operations)
    {
        int order = 3 * atoms;
        var normal = new double[order * order];
        var moment = new double[order * 3];
        var pattern = new double[order];
        foreach (SymmetryOperation operation in operations)
        {
            int source = operation.Images.IndexOf(atom);
            foreach (DisplacedSnapshot snapshot in snapshots)
            {
                for (int other = 0; other < atoms; other++)
                {
                    Vector3D turned = operation.RotationCartesian * snapshot.DisplacementsCartesian[other];
                    int start = 3 * operation.Images[other];
                    (pattern[start], pattern[start + 1], pattern[start + 2]) = (turned.X, turned.Y, turned.Z);
                }

                Vector3D force = operation.RotationCartesian * snapshot.ForcesCartesian[source];
                Accumulate(normal, moment, pattern, force);
            }
        }

        // Row α of the blocks is -normal⁻¹ Σ F_α u; a rigid translation never occurs in the draws and gets nothing.
        double[] solution = PseudoSolve(normal, moment, order, atom);
        var blocks = new Matrix3x3[atoms];
        for (int other = 0; other < atoms; other++)
        {
            Vector3D Row(int alpha) => -new Vector3D(solution[(9 * other) + alpha], solution[(9 * other) + 3 + alpha], solution[(9 * other) + 6 + alpha]);
            blocks[other] = new Matrix3x3(Row(0), Row(1), Row(2));
        }

        return blocks;
    }

    private static void Accumulate(double[] normal, double[] moment, double[] pattern, Vector3D force)
    {
        int order = pattern.Length;
        for (int row = 0; row < order; row++)
        {
            double factor = pattern[row];
            if (factor == 0)
            {
                continue;
            }

            Span<double> line = normal.AsSpan(row * order, order);
            for (int column = 0; column < order; column++)
            {
                line[column] += factor * pattern[column];
            }

            moment[3 * row] += factor * force.X;
            moment[(3 * row) + 1] += factor * force.Y;
            moment[(3 * row) + 2] += factor * force.Z;
        }
    }

    private static double[] PseudoSolve(double[] normal, double[] moment, int order, int atom)
    {
        var eigen = SymmetricEigen.Decompose(normal, order);
        double limit = SmallestRelativeEigenvalue * eigen.Values.Span[^1];
        var solution = new double[order * 3];
        int explored = 0;
        for (int index = 0; index < order; index++)
        {
            double value = eigen.Values.Span[index];
            if (!(value > limit))
            {
                continue;
            }

            explored++;
            ReadOnlySpan<double> vector = eigen.Vector(index);
            for (int alpha = 0; alpha < 3; alpha++)
            {
                double share = 0;
                for (int row = 0; row < order; row++)
                {
                    share += vector[row] * moment[(3 * row) + alpha];
                }

                share /= value;
                for (int row = 0; row < order; row++)
                {
                    solution[(3 * row) + alpha] += share * vector[row];
                }
            }
        }

        return explored >= order - 3
            ? solution
            : throw new InputException($"The snapshots do not determine the force constants of atom {atom + 1}: found displacements along {explored} independent directions; expected at least {order - 3}. Add snapshots.");
    }
}
