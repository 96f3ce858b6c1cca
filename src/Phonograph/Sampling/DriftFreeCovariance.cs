using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Sampling;

/// <summary>
/// What taking out the drift of the centre of mass does to atoms that move independently, and how to undo it. With covariances V of the free atoms, masses m and total mass M, an atom
/// that is seen from the centre of mass has the covariance C_i = (1 - 2 m_i/M) V_i + Σ_j (m_j/M)² V_j.
/// </summary>
internal static class DriftFreeCovariance
{
    /// <summary>Share of an isotropic variance that is left in the mean over atoms: 1 - 2/N + Σ (m/M)².</summary>
    internal static double IsotropicShare(Crystal crystal)
    {
        double total = crystal.MassesAmu.Sum();
        return 1 - (2.0 / crystal.AtomCount) + crystal.MassesAmu.Sum(mass => mass * mass / (total * total));
    }

    /// <summary>
    /// Covariances of free atoms that leave wanted ones. With a_i = 1 - 2 m_i/M and q_i = (m_i/M)² the drift's covariance is K = Σ q C/a / (1 + Σ q/a), and V_i = (C_i - K)/a_i.
    /// </summary>
    /// <param name="wanted">Wanted covariances of groups of atoms, Å².</param>
    /// <param name="groups">Atoms of each group; those of one group share V, and C is the mean over the group.</param>
    /// <param name="massesAmu">Masses of all atoms.</param>
    /// <returns>Covariance of the free atoms of each group, Å²; null where the equations have no solution.</returns>
    internal static ImmutableArray<Matrix3x3>? Free(IReadOnlyList<Matrix3x3> wanted, IReadOnlyList<int[]> groups, ImmutableArray<double> massesAmu)
    {
        double total = massesAmu.Sum(), sum = 0;
        Matrix3x3 drift = default;
        var left = new double[groups.Count];
        for (int group = 0; group < groups.Count; group++)
        {
            left[group] = 1 - (2 * groups[group].Average(atom => massesAmu[atom]) / total);
            double ratio = groups[group].Sum(atom => massesAmu[atom] * massesAmu[atom]) / (total * total) / left[group];
            sum += ratio;
            drift += ratio * wanted[group];
        }

        // An atom heavier than all others together, or just as heavy, cannot be matched by a free motion of its own.
        if (left.Any(share => !(share > 1e-9)))
        {
            return null;
        }

        Matrix3x3 common = 1 / (1 + sum) * drift;
        return [.. wanted.Select((covariance, group) => 1 / left[group] * (covariance - common))];
    }
}
