using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Testing;

/// <summary>Crystals that tests use again and again.</summary>
public static class TestCrystals
{
    /// <summary>Cubic Ag3SBr, 5 atoms, a = 4.793 Å: Ag on the face centres, S in the body centre, Br at the corner.</summary>
    public static Crystal SilverSulphideBromide { get; } = new(
        Lattice.Cubic(4.793),
        [Element.Of("Ag"), Element.Of("Ag"), Element.Of("Ag"), Element.Of("S"), Element.Of("Br")],
        [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);

    /// <summary>The 2×2×2 supercell of <see cref="SilverSulphideBromide"/>: 40 atoms listed by species.</summary>
    public static Crystal SilverSulphideBromide40 { get; } = Supercell.Of(SilverSulphideBromide, 2, 2, 2).Crystal;

    /// <summary>Rock salt in its primitive cell, space group Fm-3m, two atoms.</summary>
    public static Crystal RockSaltPrimitive => new(
        new Lattice(new Matrix3x3(new(0, 2.845, 2.845), new(2.845, 0, 2.845), new(2.845, 2.845, 0))),
        [Element.Of("Na"), Element.Of("Cl")],
        [new(0, 0, 0), new(0.5, 0.5, 0.5)]);

    /// <summary>A triclinic cell of three atoms without any symmetry but the identity, one atom outside the cell.</summary>
    public static Crystal Triclinic => new(
        new Lattice(new Matrix3x3(new(4.1, 0.2, -0.3), new(0.9, 4.6, 0.1), new(-0.7, 0.5, 3.8))),
        [Element.Of("Na"), Element.Of("Cl"), Element.Of("S")],
        [new(0.01, 0.02, 0.03), new(0.52, 0.45, 0.41), new(0.31, 0.96, 1.22)]);

    /// <summary>The crystal turned about the origin; fractional positions stay.</summary>
    public static Crystal Turned(Crystal crystal, Matrix3x3 rotation)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return new Crystal(new Lattice(crystal.Lattice.Rows * rotation.Transposed), crystal.Elements, crystal.PositionsFractional, crystal.MassesAmu);
    }

    /// <summary>The crystal with its atoms in another order: atom i of the result is atom order[i].</summary>
    public static Crystal Reordered(Crystal crystal, IReadOnlyList<int> order)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(order);
        return new Crystal(
            crystal.Lattice,
            [.. order.Select(atom => crystal.Elements[atom])],
            [.. order.Select(atom => crystal.PositionsFractional[atom])],
            [.. order.Select(atom => crystal.MassesAmu[atom])]);
    }

    /// <summary>A proper rotation by an angle (radian) about an axis.</summary>
    public static Matrix3x3 Rotation(Vector3D axis, double angle)
    {
        Vector3D n = axis / axis.Length;
        var cross = new Matrix3x3(new(0, -n.Z, n.Y), new(n.Z, 0, -n.X), new(-n.Y, n.X, 0));
        return (Math.Cos(angle) * Matrix3x3.Identity) + (Math.Sin(angle) * cross) + ((1 - Math.Cos(angle)) * Matrix3x3.Outer(n, n));
    }

    /// <summary>A crystal with every coordinate moved by up to half the width.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="widthAngstrom">Full width of the uniform distribution, Å.</param>
    /// <param name="seed">Seed.</param>
    public static Crystal Shaken(Crystal crystal, double widthAngstrom, ulong seed)
    {
        var random = new Philox(seed, 0);
        double Next() => (random.NextDouble() - 0.5) * widthAngstrom;
        return crystal.Displaced([.. Enumerable.Range(0, crystal.AtomCount).Select(_ => new Vector3D(Next(), Next(), Next()))]);
    }
}
