using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Labelling.TightBinding;

/// <summary>Crystals on which the tight-binding model is tried.</summary>
internal static class TightBindingCrystals
{
    /// <summary>Cubic anti-perovskite, 5 atoms, edge 4.793 Å.</summary>
    internal static Crystal SilverSulfideBromide => Of(
        Lattice.Cubic(4.793),
        "Ag Ag Ag S Br",
        [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);

    /// <summary>The same in a sheared cell without any symmetry, atoms up to 0.15 Å off their sites.</summary>
    internal static Crystal Triclinic => Shaken(
        Of(
            new Lattice(new Matrix3x3(new(4.9, 0.21, -0.13), new(0.17, 4.71, 0.26), new(-0.22, 0.11, 4.83))),
            "Ag Ag Ag S Br",
            SilverSulfideBromide.PositionsFractional),
        5,
        0.15);

    internal static Crystal Of(Lattice lattice, string symbols, ImmutableArray<Vector3D> fractional) =>
        new(lattice, [.. symbols.Split(' ').Select(Element.Of)], fractional);

    /// <summary>Every coordinate moved by a uniform number within the amplitude, Å.</summary>
    internal static Crystal Shaken(Crystal crystal, ulong seed, double amplitude)
    {
        var random = new Philox(seed, 0);
        double Next() => amplitude * ((2 * random.NextDouble()) - 1);
        var moves = new Vector3D[crystal.AtomCount];
        for (int atom = 0; atom < moves.Length; atom++)
        {
            moves[atom] = new Vector3D(Next(), Next(), Next());
        }

        return crystal.Displaced(moves);
    }
}
