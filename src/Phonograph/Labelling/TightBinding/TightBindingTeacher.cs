using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// A crystal of silver, sulphur and bromine whose band gap is made by the bonds of one known pair of elements: what an explanation of a model trained on its labels has to find. It is no model of Ag₃SBr.
/// <para>
/// Every atom has one s orbital. Silver and one anion, the partner, are empty and close in energy; the other anion, the spectator, holds two electrons below both. The conduction band minimum is the bonding state of silver and
/// partner: all its coefficients have one sign (hoppings are negative; Perron and Frobenius), so that it is not degenerate and every bond between the two lowers it. The valence band maximum is the almost flat top of the spectator's
/// orbitals. The hopping of all other pairs is small; that of silver and partner is (d₀/d)⁴ of the value at rest, like theirs, and all end smoothly between 4.0 and 5.4 Å, inside the cutoff of graphs.
/// </para>
/// </summary>
public sealed record TightBindingTeacher
{
    private const double SilverLevel = -6, PartnerLevel = -4, SpectatorLevel = -9;
    private const double WeakHopping = -0.005;
    private const double HoppingExponent = 4, CutoffStart = 4.0, CutoffEnd = 5.4;

    /// <summary>Distances of neighbours in cubic Ag₃SBr with an edge of 4.793 Å.</summary>
    private const double SilverSulphurLength = 2.3965, SilverBromineLength = 3.3892, SulphurBromineLength = 4.1509, EdgeLength = 4.793;

    private TightBindingTeacher(string level, Element partner, Element spectator, double hopping)
    {
        Element silver = Element.Of("Ag");
        (Level, Partner) = (level, partner);
        var atoms = ImmutableDictionary<Element, AtomicLevels>.Empty
            .Add(silver, new AtomicLevels(SilverLevel, null, 0))
            .Add(partner, new AtomicLevels(PartnerLevel, null, 0))
            .Add(spectator, new AtomicLevels(SpectatorLevel, null, 2));
        Element sulphur = Element.Of("S"), bromine = Element.Of("Br");
        (Element One, Element Other, double Length)[] pairs =
        [
            (silver, sulphur, SilverSulphurLength), (silver, bromine, SilverBromineLength), (silver, silver, SilverBromineLength),
            (sulphur, bromine, SulphurBromineLength), (sulphur, sulphur, EdgeLength), (bromine, bromine, EdgeLength),
        ];
        Pair = new ElementPair(silver, partner);
        Parameters = new TightBindingParameters(
            level,
            atoms,
            pairs.ToImmutableDictionary(
                each => new ElementPair(each.One, each.Other),
                each => Bond(new ElementPair(each.One, each.Other) == Pair ? hopping : WeakHopping, each.Length)));
    }

    /// <summary>The bonds of silver and sulphur make the gap.</summary>
    public static TightBindingTeacher SilverSulphur { get; } = new("teacher-ag-s", Element.Of("S"), Element.Of("Br"), -0.6);

    /// <summary>The variant: the bonds of silver and bromine make the gap. Its hopping is half, because bromine has twice as many neighbours.</summary>
    public static TightBindingTeacher SilverBromine { get; } = new("teacher-ag-br", Element.Of("Br"), Element.Of("S"), -0.3);

    /// <summary>Both.</summary>
    public static ImmutableArray<TightBindingTeacher> All { get; } = [SilverSulphur, SilverBromine];

    /// <summary>Level of the tight-binding engine that labels with it.</summary>
    public string Level { get; }

    /// <summary>The element whose bonds with silver make the gap.</summary>
    public Element Partner { get; }

    /// <summary>Silver and partner.</summary>
    public ElementPair Pair { get; }

    /// <summary>Levels and bonds.</summary>
    public TightBindingParameters Parameters { get; }

    /// <summary>Repulsion is that of <see cref="HarrisonRules"/> at the distance at rest; the gap does not feel it.</summary>
    private static BondParameters Bond(double hopping, double length) =>
        new(hopping, 0, 0, 0, HoppingExponent, HarrisonRules.Repulsion, HarrisonRules.RepulsionExponent, length, CutoffStart, CutoffEnd);
}
