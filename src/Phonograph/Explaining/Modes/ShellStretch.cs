using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Sampling;
using ElementPair = Phonograph.Explaining.Networks.ElementPair;

namespace Phonograph.Explaining.Modes;

/// <summary>
/// How much each set of modes stretches the bonds of one shell: ⟨(n·(u_j - u_i))²⟩ with n the direction of the bond at rest, to first order in the displacements u, mean over the bonds of the shell. Motion across a bond is not in it.
/// </summary>
/// <param name="Pair">Elements of the bonds.</param>
/// <param name="Shell">Number of the shell of this pair, from 1 at the shortest length.</param>
/// <param name="LengthAngstrom">Mean length of the bonds at rest, Å.</param>
/// <param name="BondsPerCell">Bonds of the shell in the unit cell.</param>
/// <param name="MeanSquares">Thermal mean square stretch by each set of modes, Å², in the order of the sets. The sum over sets is that of all vibrations.</param>
public sealed record ShellStretch(ElementPair Pair, int Shell, double LengthAngstrom, double BondsPerCell, ImmutableArray<double> MeanSquares)
{
    /// <summary>Lengths of one shell differ by less, Å.</summary>
    private const double ToleranceAngstrom = 0.05;

    /// <summary>Mean square stretch by all vibrations, Å².</summary>
    public double Total => MeanSquares.Sum();

    /// <summary>Stretch of the bonds of every pair of elements, shell by shell.</summary>
    /// <param name="supercell">The supercell, atoms in the order of the ensemble.</param>
    /// <param name="ensemble">Modes with their thermal mean squares.</param>
    /// <param name="sets">Sets of its modes.</param>
    /// <param name="cutoffAngstrom">Longest bond, Å.</param>
    public static ImmutableArray<ShellStretch> Of(Supercell supercell, ThermalEnsemble ensemble, ImmutableArray<ModeSet> sets, double cutoffAngstrom)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(ensemble);
        ImmutableArray<Element> elements = supercell.Crystal.Elements;
        var shells = ImmutableArray.CreateBuilder<ShellStretch>();
        foreach (IGrouping<ElementPair, NeighbourPair> pair in NeighbourSearch.Find(supercell.Crystal, cutoffAngstrom).GroupBy(bond => new ElementPair(elements[bond.Target], elements[bond.Source])).OrderBy(group => group.Key))
        {
            var shell = new List<NeighbourPair>();
            int number = 1;
            foreach (NeighbourPair bond in pair.OrderBy(bond => bond.Distance))
            {
                if (shell.Count > 0 && bond.Distance - shell[^1].Distance > ToleranceAngstrom)
                {
                    shells.Add(Of(pair.Key, number++, shell, supercell, ensemble, sets));
                    shell.Clear();
                }

                shell.Add(bond);
            }

            shells.Add(Of(pair.Key, number, shell, supercell, ensemble, sets));
        }

        return shells.DrainToImmutable();
    }

    private static ShellStretch Of(ElementPair pair, int number, List<NeighbourPair> bonds, Supercell supercell, ThermalEnsemble ensemble, ImmutableArray<ModeSet> sets) =>
        new(pair, number, bonds.Average(bond => bond.Distance), 0.5 * bonds.Count / supercell.CellCount,
            [.. sets.Select(set => Enumerable.Range(set.First, set.Count).Sum(mode => ensemble.MeanSquareCoordinates[mode] * SquareByUnit(bonds, ensemble, mode)))]);

    /// <summary>Mean over the bonds of (n·(e_j/√m_j - e_i/√m_i))², 1/amu.</summary>
    private static double SquareByUnit(List<NeighbourPair> bonds, ThermalEnsemble ensemble, int mode)
    {
        ReadOnlySpan<double> vector = ensemble.Modes.Vector(mode);
        double sum = 0;
        foreach (NeighbourPair bond in bonds)
        {
            Vector3D direction = bond.SeparationCartesian / bond.Distance;
            double stretch = Vector3D.Dot(direction, Move(vector, ensemble.Crystal, bond.Source) - Move(vector, ensemble.Crystal, bond.Target));
            sum += stretch * stretch;
        }

        return sum / bonds.Count;
    }

    private static Vector3D Move(ReadOnlySpan<double> vector, Crystal crystal, int atom) =>
        new Vector3D(vector[3 * atom], vector[(3 * atom) + 1], vector[(3 * atom) + 2]) / Math.Sqrt(crystal.MassesAmu[atom]);
}
