using System.Collections.Immutable;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// An orthonormal basis of all forces on the atoms of a supercell at rest that its space group allows: on each site vectors that the site's symmetry leaves unchanged, carried on to the equivalent
/// sites, without net force. It is as large as the crystal has free positional parameters (less the free choice of origin), and empty where symmetry fixes every atom.
/// Orthonormal in Σ F · G over all atoms of the supercell, so coefficients have the unit of forces, eV/Å.
/// </summary>
public sealed class SiteForceBasis
{
    private const double Independent = 1e-6;
    private readonly ImmutableArray<ImmutableArray<Vector3D>> _vectors;

    private SiteForceBasis(SupercellSymmetry symmetry, ImmutableArray<ImmutableArray<Vector3D>> vectors) => (Symmetry, _vectors) = (symmetry, vectors);

    /// <summary>Symmetry of the supercell.</summary>
    public SupercellSymmetry Symmetry { get; }

    /// <summary>Number of independent forces.</summary>
    public int Count => _vectors.Length;

    /// <summary>Builds the basis of a supercell.</summary>
    public static SiteForceBasis Of(SupercellSymmetry symmetry)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        int atoms = symmetry.Supercell.Crystal.AtomCount;

        // Uniform fields first: what is orthogonal to them has no net force.
        var kept = new List<Vector3D[]>();
        for (int axis = 0; axis < 3; axis++)
        {
            Append(kept, [.. Enumerable.Repeat(Unit(axis), atoms)]);
        }

        foreach (int atom in symmetry.SpaceGroup.EquivalentAtoms.Distinct())
        {
            ImmutableArray<SymmetryOperation> site = symmetry.SpaceGroup.SiteSymmetry(atom);
            for (int axis = 0; axis < 3; axis++)
            {
                Vector3D invariant = (1.0 / site.Length) * site.Aggregate(Vector3D.Zero, (sum, operation) => sum + (operation.RotationCartesian * Unit(axis)));
                Append(kept, Spread(symmetry.SpaceGroup, atom, invariant));
            }
        }

        return new SiteForceBasis(symmetry, [.. kept.Skip(3).Select(vector => vector.ToImmutableArray())]);
    }

    /// <summary>The forces of given coefficients, Cartesian, eV/Å, for each atom of the supercell.</summary>
    /// <param name="coefficients"><see cref="Count"/> numbers, eV/Å.</param>
    public ImmutableArray<Vector3D> Forces(ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length != Count)
        {
            throw new ArgumentException($"{coefficients.Length} coefficients; the basis has {Count} vectors.", nameof(coefficients));
        }

        var forces = new Vector3D[Symmetry.Supercell.Crystal.AtomCount];
        for (int vector = 0; vector < Count; vector++)
        {
            for (int atom = 0; atom < forces.Length; atom++)
            {
                forces[atom] += coefficients[vector] * _vectors[vector][atom];
            }
        }

        return [.. forces];
    }

    /// <summary>Coefficients of the projection of any forces onto the basis, eV/Å.</summary>
    /// <param name="forcesCartesian">Force on each atom of the supercell, Cartesian, eV/Å.</param>
    public double[] Coefficients(IReadOnlyList<Vector3D> forcesCartesian)
    {
        ArgumentNullException.ThrowIfNull(forcesCartesian);
        return forcesCartesian.Count == Symmetry.Supercell.Crystal.AtomCount
            ? [.. _vectors.Select(vector => Dot(vector, forcesCartesian))]
            : throw new ArgumentException($"{forcesCartesian.Count} forces for {Symmetry.Supercell.Crystal.AtomCount} atoms.", nameof(forcesCartesian));
    }

    /// <summary>One vector of the basis: a number without unit for each atom and axis.</summary>
    internal IReadOnlyList<Vector3D> Vector(int index) => _vectors[index];

    private static Vector3D Unit(int axis) => Matrix3x3.Identity[axis];

    private static Vector3D[] Spread(SpaceGroup group, int atom, Vector3D invariant)
    {
        var spread = new Vector3D[group.Crystal.AtomCount];
        foreach (SymmetryOperation operation in group.Representatives)
        {
            Vector3D turned = operation.RotationCartesian * invariant;
            foreach (SymmetryOperation translation in group.InnerTranslations)
            {
                spread[translation.Images[operation.Images[atom]]] = turned;
            }
        }

        return spread;
    }

    /// <summary>Adds what is new in a vector (Gram and Schmidt, twice for rounding).</summary>
    private static void Append(List<Vector3D[]> kept, Vector3D[] vector)
    {
        double before = Math.Sqrt(Dot(vector, vector));
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (Vector3D[] earlier in kept)
            {
                double share = Dot(earlier, vector);
                vector = [.. vector.Select((element, atom) => element - (share * earlier[atom]))];
            }
        }

        double length = Math.Sqrt(Dot(vector, vector));
        if (length > Independent * Math.Max(1, before))
        {
            kept.Add([.. vector.Select(element => (1 / length) * element)]);
        }
    }

    private static double Dot(IReadOnlyList<Vector3D> a, IReadOnlyList<Vector3D> b)
    {
        double sum = 0;
        for (int atom = 0; atom < a.Count; atom++)
        {
            sum += Vector3D.Dot(a[atom], b[atom]);
        }

        return sum;
    }
}
