using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>
/// A compact cell of the same lattice: pairs and triples of vectors are shortened until no sum or difference is shorter (greedy reduction,
/// I. Semaev, CaLC 2001, LNCS 2146, 181). Searches in it cost the same whatever cell a file happens to use.
/// </summary>
/// <param name="Rows">Reduced lattice vectors as rows, Å.</param>
/// <param name="FromLattice">Reduced rows are this unimodular matrix times the rows of the lattice.</param>
internal sealed record ReducedCell(Matrix3x3 Rows, IntegerMatrix3 FromLattice)
{
    private const int MaximumMultiple = 10_000, MaximumSteps = 200;

    /// <summary>From fractional coordinates of the lattice to those of the reduced cell: f · this.</summary>
    internal IntegerMatrix3 FractionalFromLattice => FromLattice.Determinant > 0 ? FromLattice.Adjugate : Negated(FromLattice.Adjugate);

    internal static ReducedCell Of(Lattice lattice)
    {
        Vector3D[] vectors = [lattice.A, lattice.B, lattice.C];
        IntegerVector3[] multiples = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        for (int step = 0; step < MaximumSteps && (ShortenByOne(vectors, multiples) || ShortenByTwo(vectors, multiples)); step++)
        {
        }

        return new ReducedCell(new(vectors[0], vectors[1], vectors[2]), new(multiples[0], multiples[1], multiples[2]));
    }

    /// <summary>Takes from one vector the nearest multiple of another; true when that made it shorter.</summary>
    private static bool ShortenByOne(Vector3D[] vectors, IntegerVector3[] multiples)
    {
        for (int target = 0; target < 3; target++)
        {
            for (int other = 0; other < 3; other++)
            {
                double ratio = Math.Round(Vector3D.Dot(vectors[target], vectors[other]) / vectors[other].LengthSquared);
                if (target != other && ratio != 0 && TryReplace(vectors, multiples, target, [(other, -ratio)]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Adds the sum or difference of the two others to one vector; true when that made it shorter.</summary>
    private static bool ShortenByTwo(Vector3D[] vectors, IntegerVector3[] multiples)
    {
        for (int target = 0; target < 3; target++)
        {
            foreach ((int first, int second) in new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) })
            {
                if (TryReplace(vectors, multiples, target, [((target + 1) % 3, first), ((target + 2) % 3, second)]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TryReplace(Vector3D[] vectors, IntegerVector3[] multiples, int target, ReadOnlySpan<(int Other, double Multiple)> terms)
    {
        Vector3D vector = vectors[target];
        Vector3D multiple = multiples[target].ToVector3D();
        foreach ((int other, double factor) in terms)
        {
            vector += factor * vectors[other];
            multiple += factor * multiples[other].ToVector3D();
        }

        // The margin keeps rounding from shortening for ever; the bound keeps the integers far from overflow.
        bool isShorter = vector.LengthSquared < vectors[target].LengthSquared * (1 - 1e-9);
        if (!isShorter || Math.Max(Math.Abs(multiple.X), Math.Max(Math.Abs(multiple.Y), Math.Abs(multiple.Z))) > MaximumMultiple)
        {
            return false;
        }

        vectors[target] = vector;
        multiples[target] = new IntegerVector3((int)multiple.X, (int)multiple.Y, (int)multiple.Z);
        return true;
    }

    private static IntegerMatrix3 Negated(IntegerMatrix3 m) => new(-m.RowA, -m.RowB, -m.RowC);
}
