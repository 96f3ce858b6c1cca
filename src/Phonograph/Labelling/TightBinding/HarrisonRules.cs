using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// The rules behind the default parameters. Levels: Herman-Skillman term values (W. A. Harrison, Electronic Structure and the Properties of Solids,
/// Freeman 1980, table 2-2), silver's s level lowered by 0.44 eV. Hoppings: Harrison's universal form η ħ²/(m d²) with his coefficients
/// (-1.40, 1.84, 3.24, -0.81) times 0.6, the sp coefficient times 0.3, because more than nearest neighbours interact here. Repulsion: one
/// strength and one power for all pairs. Reference length: sum of covalent radii. The three factors, the shift and the repulsion were chosen so that cubic
/// Ag₃SBr at 4.793 Å has a gap of about 1.2 eV that closes slowly when atoms move, no stress, and no imaginary phonon.
/// It is a model: no number of it claims to be that of the real crystal.
/// </summary>
public static class HarrisonRules
{
    /// <summary>Name of the default set.</summary>
    public const string Name = "harrison-1";

    /// <summary>ħ²/m of the electron, eV Å², rounded as in Harrison's book.</summary>
    private const double HbarSquaredOverMass = 7.62;

    private const double SsSigma = -0.84;
    private const double SpSigma = 0.55;
    private const double PpSigma = 1.94;
    private const double PpPi = -0.49;
    private const double HoppingExponent = 2;
    internal const double Repulsion = 0.1433;
    internal const double RepulsionExponent = 9;
    private const double CutoffStart = 1.2;
    private const double CutoffEnd = 1.7;

    private static readonly (string Symbol, AtomicLevels Levels)[] Table =
    [
        ("Na", new(-5.13, null, 1)),
        ("S", new(-20.80, -10.27, 6)),
        ("Cl", new(-24.63, -12.31, 7)),
        ("Cu", new(-6.92, null, 1)),
        ("Zn", new(-8.40, null, 2)),
        ("Se", new(-20.32, -9.53, 6)),
        ("Br", new(-23.35, -11.20, 7)),
        ("Ag", new(-6.41 - 0.44, null, 1)),
        ("I", new(-19.42, -9.97, 7)),
    ];

    /// <summary>Interaction of any two elements by the rules.</summary>
    public static BondParameters Bond(ElementPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        double length = (pair.Lighter.CovalentRadiusPicometre + pair.Heavier.CovalentRadiusPicometre) / 100;
        double scale = HbarSquaredOverMass / (length * length);
        return new BondParameters(
            SsSigma * scale,
            SpSigma * scale,
            PpSigma * scale,
            PpPi * scale,
            HoppingExponent,
            Repulsion,
            RepulsionExponent,
            length,
            CutoffStart * length,
            CutoffEnd * length);
    }

    internal static TightBindingParameters Build()
    {
        var atoms = Table.ToImmutableDictionary(row => Element.Of(row.Symbol), row => row.Levels);
        var bonds = ImmutableDictionary.CreateBuilder<ElementPair, BondParameters>();
        foreach (Element one in atoms.Keys)
        {
            foreach (Element other in atoms.Keys)
            {
                var pair = new ElementPair(one, other);
                bonds[pair] = Bond(pair);
            }
        }

        return new TightBindingParameters(Name, atoms, bonds.ToImmutable());
    }
}
