using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>A Γ-centred regular mesh of k-points: fractions i/A, j/B, k/C of the reciprocal lattice vectors.</summary>
/// <param name="A">Points along the first reciprocal vector, at least 1.</param>
/// <param name="B">Points along the second.</param>
/// <param name="C">Points along the third.</param>
public readonly record struct KPointMesh(int A, int B, int C)
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
}

/// <summary>A k-point in fractions of the reciprocal lattice vectors; multiplicity 1 means that k equals -k, so that all phases are real.</summary>
internal readonly record struct KPoint(double A, double B, double C, int Multiplicity)
{
    /// <summary>Phase angle of a lattice translation, radians.</summary>
    internal double Phase(IntegerVector3 image) => 2 * Math.PI * ((A * image.X) + (B * image.Y) + (C * image.Z));
}
