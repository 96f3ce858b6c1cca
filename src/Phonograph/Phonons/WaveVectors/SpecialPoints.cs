using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>
/// Points of high symmetry and the customary path between them, for each kind of lattice: tables 2 to 15 of W. Setyawan and S. Curtarolo, Comput. Mater. Sci. 49, 299
/// (2010). Monoclinic and triclinic lattices take the triclinic path, from Γ to the middles of the faces and edges and to the corner of the reduced reciprocal cell.
/// </summary>
/// <param name="Points">Name of each point and its place in units of the standard reciprocal vectors.</param>
/// <param name="Path">Names along the path; a bar separates pieces that do not touch.</param>
public sealed record SpecialPoints(ImmutableDictionary<string, Vector3D> Points, string Path)
{
    private const double Half = 0.5, Quarter = 0.25, Third = 1.0 / 3;

    /// <summary>Points and path of a lattice.</summary>
    public static SpecialPoints Of(BravaisLattice lattice)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        (double a2, double b2, double c2) = (Square(lattice.ConventionalLengths.X), Square(lattice.ConventionalLengths.Y), Square(lattice.ConventionalLengths.Z));
        return lattice.Type switch
        {
            BravaisType.Cub => Table("Γ X M Γ R X | M R", ("M", Half, Half, 0), ("R", Half, Half, Half), ("X", 0, Half, 0)),
            BravaisType.Fcc => Table(
                "Γ X W K Γ L U W L K | U X",
                ("K", 0.375, 0.375, 0.75), ("L", Half, Half, Half), ("U", 0.625, Quarter, 0.625), ("W", Half, Quarter, 0.75), ("X", Half, 0, Half)),
            BravaisType.Bcc => Table("Γ H N Γ P H | P N", ("H", Half, -Half, Half), ("P", Quarter, Quarter, Quarter), ("N", 0, 0, Half)),
            BravaisType.Tet => Table(
                "Γ X M Γ Z R A Z | X R | M A",
                ("A", Half, Half, Half), ("M", Half, Half, 0), ("R", 0, Half, Half), ("X", 0, Half, 0), ("Z", 0, 0, Half)),
            BravaisType.Bct1 => FlatTetragonal((1 + (c2 / a2)) / 4),
            BravaisType.Bct2 => TallTetragonal((1 + (a2 / c2)) / 4, a2 / (2 * c2)),
            BravaisType.Orc => Table(
                "Γ X S Y Γ Z U R T Z | Y T | U X | S R",
                ("R", Half, Half, Half), ("S", Half, Half, 0), ("T", 0, Half, Half), ("U", Half, 0, Half), ("X", Half, 0, 0), ("Y", 0, Half, 0), ("Z", 0, 0, Half)),
            BravaisType.Orcf1 => FaceCentred("Γ Y T Z Γ X A₁ Y | T X₁ | X A Z | L Γ", (1 + (a2 / b2) - (a2 / c2)) / 4, (1 + (a2 / b2) + (a2 / c2)) / 4),
            BravaisType.Orcf3 => FaceCentred("Γ Y T Z Γ X A₁ Y | X A Z | L Γ", (1 + (a2 / b2) - (a2 / c2)) / 4, (1 + (a2 / b2) + (a2 / c2)) / 4),
            BravaisType.Orcf2 => FaceCentredAcute((1 + (a2 / b2) - (a2 / c2)) / 4, (1 + (b2 / a2) - (b2 / c2)) / 4, (1 + (c2 / b2) - (c2 / a2)) / 4),
            BravaisType.Orci => BodyCentred((1 + (a2 / c2)) / 4, (1 + (b2 / c2)) / 4, (b2 - a2) / (4 * c2), (a2 + b2) / (4 * c2)),
            BravaisType.Orcc => BaseCentred((1 + (a2 / b2)) / 4),
            BravaisType.Hex => Table(
                "Γ M K Γ A L H A | L M | K H",
                ("A", 0, 0, Half), ("H", Third, Third, Half), ("K", Third, Third, 0), ("L", Half, 0, Half), ("M", Half, 0, 0)),
            BravaisType.Rhl1 => AcuteRhombohedral(lattice.AngleDegrees * Math.PI / 180),
            BravaisType.Rhl2 => ObtuseRhombohedral(lattice.AngleDegrees * Math.PI / 180),
            _ => Table(
                "X Γ Y | L Γ Z | N Γ M | R Γ",
                ("L", Half, Half, 0), ("M", 0, Half, Half), ("N", Half, 0, Half), ("R", Half, Half, Half), ("X", Half, 0, 0), ("Y", 0, Half, 0), ("Z", 0, 0, Half)),
        };
    }

    private static SpecialPoints FlatTetragonal(double eta) => Table(
        "Γ X M Γ Z P N Z₁ M | X P",
        ("M", -Half, Half, Half), ("N", 0, Half, 0), ("P", Quarter, Quarter, Quarter), ("X", 0, 0, Half), ("Z", eta, eta, -eta), ("Z₁", -eta, 1 - eta, eta));

    private static SpecialPoints TallTetragonal(double eta, double zeta) => Table(
        "Γ X Y Σ Γ Z Σ₁ N P Y₁ Z | X P",
        ("N", 0, Half, 0), ("P", Quarter, Quarter, Quarter), ("Σ", -eta, eta, eta), ("Σ₁", eta, 1 - eta, -eta), ("X", 0, 0, Half),
        ("Y", -zeta, zeta, Half), ("Y₁", Half, Half, -zeta), ("Z", Half, Half, -Half));

    private static SpecialPoints FaceCentred(string path, double zeta, double eta) => Table(
        path,
        ("A", Half, Half + zeta, zeta), ("A₁", Half, Half - zeta, 1 - zeta), ("L", Half, Half, Half), ("T", 1, Half, Half), ("X", 0, eta, eta),
        ("X₁", 1, 1 - eta, 1 - eta), ("Y", Half, 0, Half), ("Z", Half, Half, 0));

    private static SpecialPoints FaceCentredAcute(double eta, double delta, double phi) => Table(
        "Γ Y C D X Γ Z D₁ H C | C₁ Z | X H₁ | H Y | L Γ",
        ("C", Half, Half - eta, 1 - eta), ("C₁", Half, Half + eta, eta), ("D", Half - delta, Half, 1 - delta), ("D₁", Half + delta, Half, delta), ("L", Half, Half, Half),
        ("H", 1 - phi, Half - phi, Half), ("H₁", phi, Half + phi, Half), ("X", 0, Half, Half), ("Y", Half, 0, Half), ("Z", Half, Half, 0));

    private static SpecialPoints BodyCentred(double zeta, double eta, double delta, double mu) => Table(
        "Γ X L T W R X₁ Z Γ Y S W | L₁ Y | Y₁ Z",
        ("L", -mu, mu, Half - delta), ("L₁", mu, -mu, Half + delta), ("L₂", Half - delta, Half + delta, -mu), ("R", 0, Half, 0), ("S", Half, 0, 0), ("T", 0, 0, Half),
        ("W", Quarter, Quarter, Quarter), ("X", -zeta, zeta, zeta), ("X₁", zeta, 1 - zeta, -zeta), ("Y", eta, -eta, eta), ("Y₁", 1 - eta, eta, -eta), ("Z", Half, Half, -Half));

    private static SpecialPoints BaseCentred(double zeta) => Table(
        "Γ X S R A Z Γ Y X₁ A₁ T Y | Z T",
        ("A", zeta, zeta, Half), ("A₁", -zeta, 1 - zeta, Half), ("R", 0, Half, Half), ("S", 0, Half, 0), ("T", -Half, Half, Half), ("X", zeta, zeta, 0),
        ("X₁", -zeta, 1 - zeta, 0), ("Y", -Half, Half, 0), ("Z", 0, 0, Half));

    private static SpecialPoints AcuteRhombohedral(double alpha)
    {
        double eta = (1 + (4 * Math.Cos(alpha))) / (2 + (4 * Math.Cos(alpha))), nu = 0.75 - (eta / 2);
        return Table(
            "Γ L B₁ | B Z Γ X | Q F P₁ Z | L P",
            ("B", eta, Half, 1 - eta), ("B₁", Half, 1 - eta, eta - 1), ("F", Half, Half, 0), ("L", Half, 0, 0), ("L₁", 0, 0, -Half), ("P", eta, nu, nu),
            ("P₁", 1 - nu, 1 - nu, 1 - eta), ("P₂", nu, nu, eta - 1), ("Q", 1 - nu, nu, 0), ("X", nu, 0, -nu), ("Z", Half, Half, Half));
    }

    private static SpecialPoints ObtuseRhombohedral(double alpha)
    {
        double eta = 1 / (2 * Square(Math.Tan(alpha / 2))), nu = 0.75 - (eta / 2);
        return Table(
            "Γ P Z Q Γ F P₁ Q₁ L Z",
            ("F", Half, -Half, 0), ("L", Half, 0, 0), ("P", 1 - nu, -nu, 1 - nu), ("P₁", nu, nu - 1, nu - 1), ("Q", eta, eta, eta), ("Q₁", 1 - eta, -eta, -eta), ("Z", Half, -Half, Half));
    }

    private static SpecialPoints Table(string path, params (string Name, double X, double Y, double Z)[] points) => new(
        points.ToImmutableDictionary(point => point.Name, point => new Vector3D(point.X, point.Y, point.Z), StringComparer.Ordinal).Add("Γ", Vector3D.Zero), path);

    private static double Square(double value) => value * value;
}
