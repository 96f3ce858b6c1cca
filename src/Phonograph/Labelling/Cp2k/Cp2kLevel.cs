using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Labelling.Cp2k;

/// <summary>A level of theory: every setting that changes a converged number, and the ladder of ways to get there.</summary>
internal sealed class Cp2kLevel
{
    /// <summary>Empty states computed above the occupied ones, so that the lowest empty eigenvalue is known.</summary>
    internal const int EmptyStates = 20;

    /// <summary>
    /// GFN1-xTB (Grimme, Bannwarth, Shushkov, J. Chem. Theory Comput. 13, 1989 (2017)) at Γ, with Ewald sums and without the halogen-bond
    /// term (section 2.2.4 there). That term is made for molecules: it needs the one nearest neighbour of each halogen, and in a crystal, where
    /// several are equally near, energy and forces jump and break the symmetry (cubic Ag3SBr, 40 atoms, CP2K 2023.1: forces of 0.032 eV/Å
    /// on the ideal sites with it, 3e-7 eV/Å without it; the eigenvalues do not feel it).
    /// </summary>
    internal static readonly Cp2kLevel ExtendedTightBinding = ExtendedTightBindingWith("gfn1-xtb", hasHalogenBonds: false);

    /// <summary>GFN1-xTB with its halogen-bond term, for molecular crystals and for comparison with other programs.</summary>
    internal static readonly Cp2kLevel ExtendedTightBindingHalogen = ExtendedTightBindingWith("gfn1-xtb-halogen", hasHalogenBonds: true);

    /// <summary>
    /// PBEsol (Perdew et al., Phys. Rev. Lett. 100, 136406 (2008)) at Γ with Gaussian basis sets DZVP-MOLOPT-SR-GTH and GTH-PBE pseudopotentials.
    /// </summary>
    internal static readonly Cp2kLevel Pbesol = PbesolWith("pbesol", cutoffRydberg: 240, relativeCutoffRydberg: 30, epsilonDefault: "1.0E-8", epsilonScf: "1.0E-5");

    /// <summary>The same functional and basis with converged grids, for checks of forces and stress; ten times slower.</summary>
    internal static readonly Cp2kLevel PbesolTight = PbesolWith("pbesol-tight", cutoffRydberg: 800, relativeCutoffRydberg: 80, epsilonDefault: "1.0E-12", epsilonScf: "1.0E-7");

    private readonly string _method;
    private readonly bool _usesBasisSets;

    private Cp2kLevel(string name, string epsilonScf, string guess, string method, bool usesBasisSets, ImmutableArray<ScfRoute> ladder)
    {
        Name = name;
        EpsilonScf = epsilonScf;
        Guess = guess;
        _method = method;
        _usesBasisSets = usesBasisSets;
        Ladder = ladder;
    }

    internal static ImmutableArray<Cp2kLevel> All { get; } = [ExtendedTightBinding, ExtendedTightBindingHalogen, Pbesol, PbesolTight];

    internal string Name { get; }

    /// <summary>Convergence threshold of the self-consistent cycle, CP2K's <c>EPS_SCF</c>.</summary>
    internal string EpsilonScf { get; }

    /// <summary>Starting guess of a run without a seed.</summary>
    internal string Guess { get; }

    /// <summary>Rungs of the recovery ladder in order.</summary>
    internal ImmutableArray<ScfRoute> Ladder { get; }

    /// <summary>
    /// GFN1-xTB has parameters up to radon. CP2K 2023.1 gives an atom beyond it no electron and no interaction, and computes on without a word.
    /// Of a missing basis set or pseudopotential CP2K complains itself.
    /// </summary>
    /// <exception cref="InputException">The level has no parameters for an element.</exception>
    internal void CheckElements(IEnumerable<Element> elements)
    {
        const int radon = 86;
        if (!_usesBasisSets && elements.FirstOrDefault(element => element.AtomicNumber > radon) is { } unknown)
        {
            throw new InputException($"{Name} has no parameters for {unknown.Symbol}: they end at radon (86). Choose another level.");
        }
    }

    internal void WriteMethod(StringBuilder input) => input.Append(_method).Append('\n');

    /// <summary>The <c>&amp;KIND</c> sections: element, basis and potential where the level has them, mass where a kind has one.</summary>
    internal void WriteKinds(StringBuilder input, IEnumerable<Cp2kKind> kinds)
    {
        foreach (Cp2kKind kind in kinds.Where(kind => _usesBasisSets || kind.MassAmu is not null))
        {
            input.Append($"    &KIND {kind.Label}\n");
            if (kind.Label != kind.Element.Symbol)
            {
                input.Append($"      ELEMENT {kind.Element.Symbol}\n");
            }

            if (kind.MassAmu is { } mass)
            {
                input.Append(CultureInfo.InvariantCulture, $"      MASS {mass:R}\n");
            }

            input.Append(_usesBasisSets ? "      BASIS_SET DZVP-MOLOPT-SR-GTH\n      POTENTIAL GTH-PBE\n" : "").Append("    &END KIND\n");
        }
    }

    private static Cp2kLevel ExtendedTightBindingWith(string name, bool hasHalogenBonds) => new(
        name,
        "1.0E-6",
        "MOPAC",
        $"""
            &QS
              METHOD XTB
              EPS_DEFAULT 1.0E-10
              &XTB
                DO_EWALD T
                CHECK_ATOMIC_CHARGES F
                USE_HALOGEN_CORRECTION {(hasHalogenBonds ? "T" : "F")}
              &END XTB
            &END QS
        """,
        usesBasisSets: false,
        Cp2kLadders.ExtendedTightBinding);

    private static Cp2kLevel PbesolWith(string name, int cutoffRydberg, int relativeCutoffRydberg, string epsilonDefault, string epsilonScf) => new(
        name,
        epsilonScf,
        "ATOMIC",
        $"""
            BASIS_SET_FILE_NAME BASIS_MOLOPT
            POTENTIAL_FILE_NAME GTH_POTENTIALS
            &QS
              METHOD GPW
              EPS_DEFAULT {epsilonDefault}
            &END QS
            &MGRID
              CUTOFF {cutoffRydberg}
              REL_CUTOFF {relativeCutoffRydberg}
            &END MGRID
            &XC
              &XC_FUNCTIONAL
                &PBE
                  PARAMETRIZATION PBESOL
                &END PBE
              &END XC_FUNCTIONAL
            &END XC
        """,
        usesBasisSets: true,
        Cp2kLadders.Pbesol);
}
