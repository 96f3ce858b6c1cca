using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons.Formats;

/// <summary>What a phonopy YAML file (<c>phonopy_disp.yaml</c>, <c>phonopy_params.yaml</c>) holds, in the project's units and atom order.</summary>
/// <param name="Supercell">Supercell of the unit cell.</param>
/// <param name="PrimitiveCell">Primitive cell, to which wave vectors and Born charges belong.</param>
public sealed record PhonopyDocument(Supercell Supercell, Crystal PrimitiveCell)
{
    /// <summary>Name of the program that computed the forces, as phonopy calls it; null for VASP and its like.</summary>
    public string? Calculator { get; init; }

    /// <summary>For each supercell atom of the file its index in <see cref="Supercell"/>: files beside it (FORCE_SETS, FORCE_CONSTANTS) list atoms in the same order.</summary>
    public ImmutableArray<int> FileOrder { get; init; } = [];

    /// <summary>Displacements of single atoms, with or without forces.</summary>
    public ImmutableArray<AtomDisplacement> Displacements { get; init; } = [];

    /// <summary>Forces of the displacements; empty when the file holds none.</summary>
    public ImmutableArray<ForceSet> ForceSets { get; init; } = [];

    /// <summary>Displacements of all atoms with forces; empty when the file holds none.</summary>
    public ImmutableArray<DisplacedSnapshot> Snapshots { get; init; } = [];

    /// <summary>Force constants on <see cref="Supercell"/>; null when the file holds none.</summary>
    public ForceConstants? Constants { get; init; }

    /// <summary>Born charges of the atoms of <see cref="PrimitiveCell"/>; null when the file holds none.</summary>
    public BornCharges? Charges { get; init; }

    /// <summary>The primitive cell's rows in units of the unit cell's.</summary>
    public PrimitiveTransformation Primitive => new(PrimitiveCell.Lattice.Rows * Supercell.Unit.Lattice.Rows.Inverse());

    /// <summary>What the file holds in one line, for messages.</summary>
    internal string Content => Constants is not null ? "force constants" : ForceSets.Length > 0 ? $"{ForceSets.Length} force sets" : Snapshots.Length > 0 ? $"{Snapshots.Length} snapshots" : "no forces";
}
