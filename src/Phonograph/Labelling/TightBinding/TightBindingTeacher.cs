using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// A crystal of silver, sulphur and bromine whose band gap is made by the bonds of one known pair of elements: what an explanation of a model trained on its labels has to find. It is no model of Ag₃SBr.
/// <para>
/// Every atom has one s orbital. Silver and one anion, the partner, are empty and equal in energy; the other anion, the spectator, holds two electrons far below and has no hopping. The conduction band minimum is the bonding state of silver
/// and partner: all its coefficients have one sign (hoppings are negative; Perron and Frobenius), so that it is not degenerate and every hopping lowers it. The valence band maximum is the level of the spectator. The hoppings between silver and
/// silver and between partner and partner are a quarter and a half of that between silver and partner at the same distance, where they have farther neighbours: an explanation has to find an order, not only a set. All fall as 1/d⁴ and end smoothly
/// between 3.4 and 4.8 Å, inside the cutoff of graphs.
/// </para>
/// </summary>
public sealed record TightBindingTeacher
{
    private const double EmptyLevel = -5, SpectatorLevel = -14;
    private const double PairHopping = -0.4, SilverHopping = -0.1, PartnerHopping = -0.2;
    private const double ReferenceLength = 2.8, HoppingExponent = 4, CutoffStart = 3.4, CutoffEnd = 4.8;

    private TightBindingTeacher(string level, Element partner, Element spectator)
    {
        Element silver = Element.Of("Ag");
        (Level, Partner, Pair) = (level, partner, new ElementPair(silver, partner));
        Parameters = new TightBindingParameters(
            $"{level}-2",
            ImmutableDictionary<Element, AtomicLevels>.Empty
                .Add(silver, new AtomicLevels(EmptyLevel, null, 0))
                .Add(partner, new AtomicLevels(EmptyLevel, null, 0))
                .Add(spectator, new AtomicLevels(SpectatorLevel, null, 2)),
            ImmutableDictionary<ElementPair, BondParameters>.Empty
                .Add(Pair, Bond(PairHopping))
                .Add(new ElementPair(silver, silver), Bond(SilverHopping))
                .Add(new ElementPair(partner, partner), Bond(PartnerHopping)));
    }

    /// <summary>The bonds of silver and sulphur make the gap.</summary>
    public static TightBindingTeacher SilverSulphur { get; } = new("teacher-ag-s", Element.Of("S"), Element.Of("Br"));

    /// <summary>The variant: the bonds of silver and bromine make the gap, with the same hoppings.</summary>
    public static TightBindingTeacher SilverBromine { get; } = new("teacher-ag-br", Element.Of("Br"), Element.Of("S"));

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

    /// <summary>Repulsion is that of <see cref="HarrisonRules"/>; the gap does not feel it.</summary>
    private static BondParameters Bond(double hopping) =>
        new(hopping, 0, 0, 0, HoppingExponent, HarrisonRules.Repulsion, HarrisonRules.RepulsionExponent, ReferenceLength, CutoffStart, CutoffEnd);
}
