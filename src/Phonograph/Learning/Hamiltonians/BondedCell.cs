using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>A cell with what its Hamiltonian needs: each bond once, with radial functions and frame.</summary>
public sealed class BondedCell
{
    private BondedCell(int[] elements, int[] firstOrbital, int orbitals, int occupied, int[] first, int[] second, double[] lengths, double[] radial, double[] frames)
    {
        Elements = elements;
        FirstOrbital = firstOrbital;
        OrbitalCount = orbitals;
        OccupiedCount = occupied;
        First = first;
        Second = second;
        Lengths = lengths;
        Radial = radial;
        Frames = frames;
    }

    /// <summary>Place of each atom's element in the form.</summary>
    internal int[] Elements { get; }

    /// <summary>First orbital of each atom.</summary>
    internal int[] FirstOrbital { get; }

    /// <summary>Order of the Hamiltonian.</summary>
    public int OrbitalCount { get; }

    /// <summary>Number of doubly occupied states.</summary>
    public int OccupiedCount { get; }

    /// <summary>First atom of each bond.</summary>
    internal int[] First { get; }

    /// <summary>Second atom of each bond.</summary>
    internal int[] Second { get; }

    /// <summary>Length of each bond, Å.</summary>
    internal double[] Lengths { get; }

    /// <summary>Radial functions of each bond, bonds × functions.</summary>
    internal double[] Radial { get; }

    /// <summary>Frame of each bond, bonds × <see cref="BondFrame.Length"/>.</summary>
    internal double[] Frames { get; }

    /// <summary>Number of bonds.</summary>
    public int BondCount => First.Length;

    /// <summary>The cell with some of its bonds only.</summary>
    /// <param name="isKept">Says of the number of a bond whether it stays.</param>
    internal BondedCell With(Func<int, bool> isKept)
    {
        int[] kept = [.. Enumerable.Range(0, BondCount).Where(isKept)];
        int functions = BondCount == 0 ? 0 : Radial.Length / BondCount;
        return new BondedCell(
            Elements, FirstOrbital, OrbitalCount, OccupiedCount, [.. kept.Select(bond => First[bond])], [.. kept.Select(bond => Second[bond])], [.. kept.Select(bond => Lengths[bond])],
            [.. kept.SelectMany(bond => Radial.AsSpan(bond * functions, functions).ToArray())],
            [.. kept.SelectMany(bond => Frames.AsSpan(bond * BondFrame.Length, BondFrame.Length).ToArray())]);
    }

    /// <summary>Prepares a cell.</summary>
    /// <param name="graph">Its graph, with a cutoff of at least that of the form.</param>
    /// <param name="form">The form; it has all elements of the cell.</param>
    /// <exception cref="InputException">The electrons are odd in number or leave no state empty.</exception>
    public static BondedCell Of(CrystalGraph graph, HamiltonianForm form)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(form);
        int[] elements = [.. graph.Elements.Select(element => form.Elements.IndexOf(element))], start = new int[elements.Length];
        int orbitals = 0, electrons = 0;
        for (int atom = 0; atom < elements.Length; atom++)
        {
            start[atom] = orbitals;
            orbitals += form.Shells[elements[atom]].OrbitalCount;
            electrons += form.Shells[elements[atom]].Electrons;
        }

        ImmutableArray<double> directions = EdgeDirections.Of(graph);
        if ((electrons & 1) != 0 || electrons == 0 || electrons >= 2 * orbitals)
        {
            throw new InputException(
                $"{ChemicalFormula.OfCell(graph.Crystal!)}: {electrons} valence electrons in {orbitals} orbitals leave no pair of filled and empty states. A learned Hamiltonian needs a cell with closed shells; train a network instead ('phonograph train').");
        }

        var bonds = new List<(int First, int Second, int Edge)>();
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                int source = graph.EdgeSource[edge];
                IntegerVector3 image = graph.EdgeImage[edge];
                bool isFirstOfTwo = target < source || (target == source && (image.X, image.Y, image.Z).CompareTo((0, 0, 0)) > 0);
                if (isFirstOfTwo && graph.EdgeLengthAngstrom[edge] < form.CutoffAngstrom && graph.EdgeLengthAngstrom[edge] > 0)
                {
                    bonds.Add((target, source, edge));
                }
            }
        }

        double[] radial = new double[bonds.Count * form.RadialFunctions], frames = new double[bonds.Count * BondFrame.Length];
        for (int bond = 0; bond < bonds.Count; bond++)
        {
            int edge = bonds[bond].Edge;
            form.Radial(graph.EdgeLengthAngstrom[edge], radial.AsSpan(bond * form.RadialFunctions, form.RadialFunctions));
            BondFrame.Fill(new Vector3D(directions[3 * edge], directions[(3 * edge) + 1], directions[(3 * edge) + 2]), frames.AsSpan(bond * BondFrame.Length, BondFrame.Length));
        }

        return new BondedCell(elements, start, orbitals, electrons / 2, [.. bonds.Select(bond => bond.First)], [.. bonds.Select(bond => bond.Second)], [.. bonds.Select(bond => graph.EdgeLengthAngstrom[bond.Edge])], radial, frames);
    }
}
