using System.Globalization;
using System.Text.RegularExpressions;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Labelling;

/// <summary>A Γ-centred regular mesh of k-points: fractions i/A, j/B, k/C of the reciprocal lattice vectors.</summary>
/// <param name="A">Points along the first reciprocal vector, at least 1.</param>
/// <param name="B">Points along the second.</param>
/// <param name="C">Points along the third.</param>
public readonly partial record struct KPointMesh(int A, int B, int C)
{
    /// <summary>Γ alone.</summary>
    public static KPointMesh Gamma => new(1, 1, 1);

    /// <summary>Number of points before time reversal is used.</summary>
    public int Count => A * B * C;

    /// <summary>
    /// The smallest mesh whose supercell is at least as thick, between opposite faces, as the given length in every direction. A unit cell and its supercells then
    /// get the same k-points as long as the lengths divide.
    /// </summary>
    public static KPointMesh ForThickness(Lattice lattice, double lengthAngstrom)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        // The distance between opposite faces is the inverse length of the reciprocal vector.
        int Along(int axis) => Math.Max(1, (int)Math.Ceiling((lengthAngstrom * lattice.ReciprocalRows[axis].Length) - 1e-9));
        return new KPointMesh(Along(0), Along(1), Along(2));
    }

    /// <summary>Splits the name of a level that ends in a mesh, as in <c>pbesol/k2x2x2</c>; without one it is Γ.</summary>
    /// <exception cref="InputException">The mesh is Γ alone, which is the level without an ending: one level has one name.</exception>
    public static (string Level, KPointMesh Mesh) OfLevel(string level)
    {
        if (Ending().Match(level) is not { Success: true } match)
        {
            return (level, Gamma);
        }

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        var mesh = new KPointMesh(Number("a"), Number("b"), Number("c"));
        string name = match.Groups["name"].Value;
        return mesh == Gamma ? throw new InputException($"Level '{level}': one point in each direction is Γ, which is '{name}' itself. Leave the ending out.") : (name, mesh);
    }

    /// <summary>Points of the mesh, of k and -k one with multiplicity 2, in lexicographic order.</summary>
    internal IEnumerable<KPoint> Points()
    {
        for (int i = 0; i < A; i++)
        {
            for (int j = 0; j < B; j++)
            {
                for (int k = 0; k < C; k++)
                {
                    (int, int, int) reversed = ((A - i) % A, (B - j) % B, (C - k) % C);
                    int order = (i, j, k).CompareTo(reversed);
                    if (order <= 0)
                    {
                        yield return new KPoint((double)i / A, (double)j / B, (double)k / C, order == 0 ? 1 : 2);
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"^(?<name>.+)/k(?<a>[1-9]\d{0,2})x(?<b>[1-9]\d{0,2})x(?<c>[1-9]\d{0,2})$")]
    private static partial Regex Ending();
}

/// <summary>A k-point in fractions of the reciprocal lattice vectors; multiplicity 1 means that k equals -k, so that all phases are real.</summary>
internal readonly record struct KPoint(double A, double B, double C, int Multiplicity)
{
    /// <summary>Phase angle of a lattice translation, radians.</summary>
    internal double Phase(IntegerVector3 image) => 2 * Math.PI * ((A * image.X) + (B * image.Y) + (C * image.Z));
}
