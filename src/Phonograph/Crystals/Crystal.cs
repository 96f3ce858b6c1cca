using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>A periodic arrangement of atoms. Positions are fractional, in the order given, and not wrapped into the cell.</summary>
public sealed class Crystal
{
    /// <summary>Builds a crystal with the masses of the stated table (<see cref="Element.MassAmu"/>).</summary>
    public Crystal(Lattice lattice, ImmutableArray<Element> elements, ImmutableArray<Vector3D> positionsFractional)
        : this(lattice, elements, positionsFractional, [.. elements.Select(element => element.MassAmu)])
    {
    }

    /// <summary>Builds a crystal with masses of its own, amu.</summary>
    /// <exception cref="ArgumentException">Counts differ, or a number is not finite, or a mass is not positive.</exception>
    public Crystal(Lattice lattice, ImmutableArray<Element> elements, ImmutableArray<Vector3D> positionsFractional, ImmutableArray<double> massesAmu)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        if (elements.Length != positionsFractional.Length || elements.Length != massesAmu.Length)
        {
            throw new ArgumentException($"{elements.Length} elements, {positionsFractional.Length} positions, {massesAmu.Length} masses: the counts must agree.");
        }

        if (positionsFractional.Any(position => !position.IsFinite))
        {
            throw new ArgumentException("A position is not a finite number.", nameof(positionsFractional));
        }

        if (massesAmu.Any(mass => !(mass > 0) || !double.IsFinite(mass)))
        {
            throw new ArgumentException("A mass is not a positive number.", nameof(massesAmu));
        }

        Lattice = lattice;
        Elements = elements;
        PositionsFractional = positionsFractional;
        MassesAmu = massesAmu;
    }

    /// <summary>Lattice vectors, Å.</summary>
    public Lattice Lattice { get; }

    /// <summary>Element of each atom.</summary>
    public ImmutableArray<Element> Elements { get; }

    /// <summary>Fractional position of each atom, not wrapped.</summary>
    public ImmutableArray<Vector3D> PositionsFractional { get; }

    /// <summary>Mass of each atom, amu.</summary>
    public ImmutableArray<double> MassesAmu { get; }

    /// <summary>Number of atoms in the cell.</summary>
    public int AtomCount => Elements.Length;

    /// <summary>Cartesian position of an atom, Å.</summary>
    public Vector3D PositionCartesian(int atom) => Lattice.ToCartesian(PositionsFractional[atom]);

    /// <summary>The same crystal with every atom moved.</summary>
    /// <param name="displacementsCartesian">Displacement of each atom, Cartesian, Å.</param>
    public Crystal Displaced(ReadOnlySpan<Vector3D> displacementsCartesian)
    {
        if (displacementsCartesian.Length != AtomCount)
        {
            throw new ArgumentException($"{displacementsCartesian.Length} displacements for {AtomCount} atoms.", nameof(displacementsCartesian));
        }

        var moved = ImmutableArray.CreateBuilder<Vector3D>(AtomCount);
        for (int atom = 0; atom < AtomCount; atom++)
        {
            moved.Add(PositionsFractional[atom] + Lattice.ToFractional(displacementsCartesian[atom]));
        }

        return new Crystal(Lattice, Elements, moved.MoveToImmutable(), MassesAmu);
    }
}
