using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>One interacting pair of atoms, counted once: the second atom stands in a cell shifted by an image vector.</summary>
internal readonly record struct Bond(int First, int Second, IntegerVector3 Image, Vector3D Separation, double Distance, BondIntegrals Integrals)
{
    /// <summary>Unit vector from the first to the second atom.</summary>
    internal Vector3D Direction => Separation / Distance;

    /// <summary>All bonds of a crystal, each once, in the order of the neighbour search.</summary>
    internal static List<Bond> AllOf(Crystal crystal, TightBindingParameters parameters)
    {
        var bonds = new List<Bond>();
        double cutoff = LongestCutoff(crystal, parameters);
        if (cutoff == 0)
        {
            return bonds;
        }

        foreach (NeighbourPair pair in NeighbourSearch.Find(crystal, cutoff))
        {
            if (IsCountedElsewhere(pair)
                || !parameters.Bonds.TryGetValue(new ElementPair(crystal.Elements[pair.Target], crystal.Elements[pair.Source]), out BondParameters? bond)
                || pair.Distance >= bond.CutoffEndAngstrom)
            {
                continue;
            }

            bonds.Add(new Bond(pair.Target, pair.Source, pair.Image, pair.SeparationCartesian, pair.Distance, BondIntegrals.At(bond, pair.Distance)));
        }

        return bonds;
    }

    private static double LongestCutoff(Crystal crystal, TightBindingParameters parameters)
    {
        Element[] present = [.. crystal.Elements.Distinct()];
        double longest = 0;
        foreach (Element one in present)
        {
            foreach (Element other in present)
            {
                if (parameters.Bonds.TryGetValue(new ElementPair(one, other), out BondParameters? bond))
                {
                    longest = Math.Max(longest, bond.CutoffEndAngstrom);
                }
            }
        }

        return longest;
    }

    private static bool IsCountedElsewhere(NeighbourPair pair) =>
        pair.Target > pair.Source
        || (pair.Target == pair.Source && (pair.Image.X, pair.Image.Y, pair.Image.Z).CompareTo((0, 0, 0)) < 0);
}
