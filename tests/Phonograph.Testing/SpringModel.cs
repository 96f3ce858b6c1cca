using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Testing;

/// <summary>
/// A crystal of springs with a closed form for its force constants: every pair of periodic images within a cutoff is joined by a longitudinal and a
/// transverse spring that weaken with distance and depend on the two elements. It is stable, obeys every sum rule, and turns with the crystal.
/// </summary>
/// <param name="cutoffAngstrom">Longest spring, Å.</param>
/// <param name="transverseShare">Transverse springs as a share of the longitudinal ones; a negative share can make modes imaginary.</param>
public sealed class SpringModel(double cutoffAngstrom = 3.5, double transverseShare = 0.2)
{
    /// <summary>Exact force constants of a supercell, eV/Å².</summary>
    public ForceConstants Constants(Supercell supercell)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        Crystal crystal = supercell.Crystal;
        int order = 3 * crystal.AtomCount;
        var elements = new double[order * order];
        Matrix3x3 reciprocal = crystal.Lattice.ReciprocalRows;
        int[] limits = [.. Enumerable.Range(0, 3).Select(axis => (int)Math.Ceiling(cutoffAngstrom * reciprocal[axis].Length) + 2)];
        for (int first = 0; first < crystal.AtomCount; first++)
        {
            for (int second = 0; second < crystal.AtomCount; second++)
            {
                Vector3D home = crystal.PositionsFractional[second] - crystal.PositionsFractional[first];
                home = new Vector3D(home.X - Math.Round(home.X), home.Y - Math.Round(home.Y), home.Z - Math.Round(home.Z));
                for (int i = -limits[0]; i <= limits[0]; i++)
                {
                    for (int j = -limits[1]; j <= limits[1]; j++)
                    {
                        for (int k = -limits[2]; k <= limits[2]; k++)
                        {
                            Vector3D bond = crystal.Lattice.ToCartesian(home + new Vector3D(i, j, k));
                            double length = bond.Length;
                            if (length > 1e-6 && length < cutoffAngstrom)
                            {
                                Matrix3x3 spring = Spring(bond / length, length, crystal.Elements[first].AtomicNumber + crystal.Elements[second].AtomicNumber);
                                Add(elements, order, first, second, spring, -1);
                                Add(elements, order, first, first, spring, +1);
                            }
                        }
                    }
                }
            }
        }

        return new ForceConstants(supercell, elements);
    }

    /// <summary>Harmonic forces of a displaced supercell, eV/Å.</summary>
    public static ImmutableArray<Vector3D> Forces(ForceConstants constants, IReadOnlyList<Vector3D> displacements)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(displacements);
        var forces = new Vector3D[displacements.Count];
        for (int first = 0; first < forces.Length; first++)
        {
            for (int second = 0; second < forces.Length; second++)
            {
                forces[first] -= constants.Block(first, second) * displacements[second];
            }
        }

        return [.. forces];
    }

    /// <summary>The force sets that single displacements would give.</summary>
    public static ImmutableArray<ForceSet> ForceSets(ForceConstants constants, IEnumerable<AtomDisplacement> displacements) =>
    [
        .. displacements.Select(displacement =>
        {
            var column = new Vector3D[constants.Supercell.Crystal.AtomCount];
            column[displacement.Atom] = displacement.DisplacementCartesian;
            return new ForceSet(displacement, Forces(constants, column));
        }),
    ];

    private Matrix3x3 Spring(Vector3D direction, double length, int elements)
    {
        double longitudinal = 20 * Math.Exp(-length) * (1 + (elements % 7 / 10.0)), transverse = transverseShare * longitudinal;
        return ((longitudinal - transverse) * Matrix3x3.Outer(direction, direction)) + (transverse * Matrix3x3.Identity);
    }

    private static void Add(double[] elements, int order, int first, int second, Matrix3x3 block, int sign)
    {
        for (int alpha = 0; alpha < 3; alpha++)
        {
            for (int beta = 0; beta < 3; beta++)
            {
                elements[(((3 * first) + alpha) * order) + (3 * second) + beta] += sign * block[alpha, beta];
            }
        }
    }
}
