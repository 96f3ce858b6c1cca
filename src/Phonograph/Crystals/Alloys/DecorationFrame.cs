using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using Phonograph.Crystals.Formats;

namespace Phonograph.Crystals.Alloys;

/// <summary>
/// A decorated cell at rest as an extended XYZ frame. Keys: <c>id</c> and <c>decoration</c>, its name; <c>composition</c>, elements and counts of the decorated sites; <c>degeneracy</c>; and <c>length_factor</c>, the
/// lengths of the lattice vectors in units of the parent's, where it is not 1.
/// </summary>
public static class DecorationFrame
{
    /// <summary>Key of the name of the decoration.</summary>
    public const string DecorationKey = "decoration";

    /// <summary>Key of the composition of the sites.</summary>
    public const string CompositionKey = "composition";

    /// <summary>Key of the number of equivalent patterns.</summary>
    public const string DegeneracyKey = "degeneracy";

    /// <summary>Key of the factor of all lengths.</summary>
    public const string LengthFactorKey = "length_factor";

    /// <summary>Makes the frame.</summary>
    public static ExtendedXyzFrame Of(DecorationSet set, Decoration decoration)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(decoration);
        return new ExtendedXyzFrame(set.Cell(decoration), ImmutableDictionary.CreateRange(Keys(set, decoration)).Add("id", decoration.Name), []);
    }

    /// <summary>The keys without the id.</summary>
    internal static ReadOnlyDictionary<string, string> Keys(DecorationSet set, Decoration decoration)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [DecorationKey] = decoration.Name,
            [CompositionKey] = decoration.Composition,
            [DegeneracyKey] = decoration.Degeneracy.ToString(CultureInfo.InvariantCulture),
        };
        if (set.Alloy.LengthFactor(decoration.Counts) is var factor and not 1)
        {
            keys.Add(LengthFactorKey, factor.ToString("R", CultureInfo.InvariantCulture));
        }

        return new ReadOnlyDictionary<string, string>(keys);
    }
}
