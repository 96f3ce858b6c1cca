using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Small crystals on which CP2K is tried; at Γ alone they are stand-ins, not the materials they are named after.</summary>
internal static class Cp2kCrystals
{
    private static readonly ImmutableArray<Vector3D> FaceCentred = [new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)];

    /// <summary>Cubic Ag3SBr, 5 atoms, every coordinate up to 0.1 Å off its site.</summary>
    internal static Crystal Shaken => TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, 0.2, seed: 1);

    /// <summary>Ag3SBr in a sheared cell without any symmetry, every coordinate up to 0.15 Å off its site.</summary>
    internal static Crystal Sheared => TestCrystals.Shaken(
        new Crystal(
            new Lattice(new Matrix3x3(new(4.9, 0.21, -0.13), new(0.17, 4.71, 0.26), new(-0.22, 0.11, 4.83))),
            TestCrystals.SilverSulphideBromide.Elements,
            TestCrystals.SilverSulphideBromide.PositionsFractional),
        0.3,
        seed: 5);

    /// <summary>Zinc-blende AlP, two atoms, sheared and displaced: no symmetry, few electrons, and pseudopotentials without semicore states.</summary>
    internal static Crystal AluminiumPhosphide => Of(
        new Lattice(new Matrix3x3(new(0.1, 2.7, 2.8), new(2.65, 0.05, 2.75), new(2.85, 2.7, -0.1))), "Al P", [new(0, 0, 0), new(0.27, 0.24, 0.28)]);

    /// <summary>Cubic zinc-blende AlP, eight atoms.</summary>
    internal static Crystal AluminiumPhosphideCube(double edgeAngstrom) => Of(
        Lattice.Cubic(edgeAngstrom),
        "Al Al Al Al P P P P",
        [.. FaceCentred, .. FaceCentred.Select(site => site + new Vector3D(0.25, 0.25, 0.25))]);

    /// <summary>Cubic Ag3SBr at another edge.</summary>
    internal static Crystal SilverSulphideBromide(double edgeAngstrom) =>
        new(Lattice.Cubic(edgeAngstrom), TestCrystals.SilverSulphideBromide.Elements, TestCrystals.SilverSulphideBromide.PositionsFractional);

    /// <summary>Face-centred silver, four atoms: its highest occupied level at Γ is partly filled.</summary>
    internal static Crystal Silver => Of(Lattice.Cubic(4.09), "Ag Ag Ag Ag", FaceCentred);

    /// <summary>Face-centred aluminium, four atoms: does not converge by plain mixing.</summary>
    internal static Crystal Aluminium => Of(Lattice.Cubic(4.05), "Al Al Al Al", FaceCentred);

    /// <summary>Rock salt MgO, two atoms: at Γ and GFN1-xTB three equal levels hold two electron pairs.</summary>
    internal static Crystal MagnesiumOxide => Of(
        new Lattice(new Matrix3x3(new(0, 2.106, 2.106), new(2.106, 0, 2.106), new(2.106, 2.106, 0))), "Mg O", [new(0, 0, 0), new(0.5, 0.5, 0.5)]);

    /// <summary>Rock salt NaCl, two atoms, displaced: an insulator with few electrons for meshes of k-points.</summary>
    internal static Crystal RockSalt => new(TestCrystals.RockSaltPrimitive.Lattice, TestCrystals.RockSaltPrimitive.Elements, [new(0, 0, 0), new(0.47, 0.51, 0.52)]);

    /// <summary>One sodium atom: an odd number of electrons, which CP2K refuses without spin.</summary>
    internal static Crystal Sodium => Of(Lattice.Cubic(5), "Na", [new(0, 0, 0)]);

    internal static Crystal Of(Lattice lattice, string symbols, ImmutableArray<Vector3D> fractional) =>
        new(lattice, [.. symbols.Split(' ').Select(Element.Of)], fractional);
}
