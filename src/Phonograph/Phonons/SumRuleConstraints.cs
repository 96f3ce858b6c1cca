using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;

namespace Phonograph.Phonons;

/// <summary>
/// The acoustic sum rule as linear conditions on the parameters of <see cref="PairOrbits"/>: for one atom of each set of equivalent ones the nine elements of Σⱼ Φ(i, j) vanish. Some of the conditions depend on each
/// other or hold by symmetry.
/// </summary>
internal sealed class SumRuleConstraints
{
    private readonly int _parameters, _atoms;
    private readonly List<(int Start, int Dimension, Dictionary<int, double[]> Sums)> _orbits;

    private SumRuleConstraints(int parameters, int atoms, List<(int, int, Dictionary<int, double[]>)> orbits)
    {
        _parameters = parameters;
        _atoms = atoms;
        _orbits = orbits;
    }

    internal static SumRuleConstraints Of(SupercellSymmetry symmetry, PairOrbits orbits)
    {
        TranslationTable translations = symmetry.Translations;
        int atoms = translations.ClassOf.Length;
        int[] independent = [.. symmetry.SpaceGroup.EquivalentAtoms.Distinct()];
        var byStart = new Dictionary<int, (int Start, int Dimension, Dictionary<int, double[]> Sums)>();
        for (int atom = 0; atom < independent.Length; atom++)
        {
            int row = translations.ClassOf[independent[atom]];
            for (int pair = row * atoms; pair < (row + 1) * atoms; pair++)
            {
                int start = orbits.Start(pair), dimension = orbits.Dimension(pair);
                if (dimension == 0)
                {
                    continue;
                }

                if (!byStart.TryGetValue(start, out (int, int, Dictionary<int, double[]> Sums) orbit))
                {
                    byStart.Add(start, orbit = (start, dimension, []));
                }

                if (!orbit.Sums.TryGetValue(atom, out double[]? sums))
                {
                    orbit.Sums.Add(atom, sums = new double[9 * dimension]);
                }

                for (int vector = 0; vector < dimension; vector++)
                {
                    ReadOnlySpan<double> block = orbits.Block(pair, vector);
                    for (int index = 0; index < 9; index++)
                    {
                        sums[(9 * vector) + index] += block[index];
                    }
                }
            }
        }

        return new SumRuleConstraints(orbits.ParameterCount, independent.Length, [.. byStart.Values.OrderBy(orbit => orbit.Start)]);
    }

    /// <summary>
    /// Number of independent conditions. The sums Sᵢ can be any matrices that the site of i leaves unchanged, but for their total, which is symmetric as the total of all force constants: Φ(i, j) = (Sᵢ + Sⱼᵀ - M)/N with
    /// the mean M has these sums. So it is the number of invariant matrices of the sites, less that of the invariant antisymmetric matrices of the whole group, both by characters.
    /// </summary>
    internal static int CountOf(SpaceGroup group)
    {
        static int Trace(IntegerMatrix3 m) => m.RowA.X + m.RowB.Y + m.RowC.Z;
        static int Squared(SymmetryOperation operation) => Trace(operation.Rotation) * Trace(operation.Rotation);
        int sites = 0;
        foreach (int atom in group.EquivalentAtoms.Distinct())
        {
            ImmutableArray<SymmetryOperation> operations = group.SiteSymmetry(atom);
            sites += operations.Sum(Squared) / operations.Length;
        }

        int antisymmetric = group.Representatives.Sum(operation => Squared(operation) - Trace(operation.Rotation * operation.Rotation));
        return sites - (antisymmetric / (2 * group.Representatives.Length));
    }

    /// <summary>The conditions as vectors over all parameters.</summary>
    internal IEnumerable<double[]> Vectors()
    {
        var vectors = new double[9 * _atoms][];
        for (int index = 0; index < vectors.Length; index++)
        {
            vectors[index] = new double[_parameters];
        }

        foreach ((int start, int dimension, Dictionary<int, double[]> sums) in _orbits)
        {
            foreach ((int atom, double[] values) in sums)
            {
                for (int index = 0; index < 9 * dimension; index++)
                {
                    vectors[(9 * atom) + (index % 9)][start + (index / 9)] = values[index];
                }
            }
        }

        return vectors;
    }
}
