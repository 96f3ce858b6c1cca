using System.Collections.Immutable;

namespace Phonograph.Crystals.Symmetry;

/// <summary>
/// Whether operations found within a tolerance hold all their products. Near the size of a distortion a tolerance may let in an operation and not its square; averages over such a set are
/// no projections.
/// </summary>
internal static class GroupClosure
{
    /// <summary>True when every product of two rotations is one of them.</summary>
    internal static bool HoldsFor(IReadOnlyCollection<IntegerMatrix3> rotations)
    {
        var members = rotations.ToHashSet();
        return members.Count == rotations.Count && rotations.All(first => rotations.All(second => members.Contains(first * second)));
    }

    /// <summary>True when every sum of two translations is one of them and they span a lattice with as many points in the cell.</summary>
    internal static bool HoldsFor(ImmutableArray<SymmetryOperation> translations)
    {
        var reached = translations.Select(translation => translation.Images[0]).ToHashSet();
        return reached.Count == translations.Length
            && translations.All(first => reached.All(atom => reached.Contains(first.Images[atom])))
            && TranslationLattice.Basis(translations) is not null;
    }

    /// <summary>True when every product of two representatives is a representative followed by a translation.</summary>
    internal static bool HoldsFor(IReadOnlyCollection<SymmetryOperation> representatives, TranslationTable translations)
    {
        var byRotation = representatives.ToDictionary(operation => operation.Rotation);
        foreach (SymmetryOperation first in representatives)
        {
            foreach (SymmetryOperation second in representatives)
            {
                if (!byRotation.TryGetValue(first.Rotation * second.Rotation, out SymmetryOperation? product) || !IsProduct(first, second, product, translations))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsProduct(SymmetryOperation first, SymmetryOperation second, SymmetryOperation product, TranslationTable translations)
    {
        int reached = second.Images[first.Images[0]];
        if (translations.ClassOf[reached] != translations.ClassOf[product.Images[0]])
        {
            return false;
        }

        int translation = translations.Between(product.Images[0], reached);
        for (int atom = 0; atom < product.Images.Length; atom++)
        {
            if (second.Images[first.Images[atom]] != translations.Carry(translation, product.Images[atom]))
            {
                return false;
            }
        }

        return true;
    }
}
