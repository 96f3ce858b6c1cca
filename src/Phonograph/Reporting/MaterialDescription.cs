using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Reporting;

/// <summary>The crystal that was studied and the level of its labels.</summary>
/// <param name="Formula">Chemical formula as text; digits after an element are set as subscripts, for example <c>Ag3SBr</c>.</param>
/// <param name="Structure">Structure in words, for example <c>cubic anti-perovskite, Pm-3m, 2×2×2 supercell</c>.</param>
/// <param name="AtomCount">Atoms of the labelled cell.</param>
/// <param name="LatticeRowsAngstrom">Lattice vectors of the labelled cell as rows, Å.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="EngineVersion">Its version as it states it.</param>
/// <param name="Level">Level of theory, for example <c>gfn1-xtb</c>.</param>
/// <param name="IsModelEngine">True when the labels come from an analytic model and not from an electronic-structure program.</param>
/// <param name="ValenceBandReference">Zero of the valence band maximum, for example <c>average electrostatic potential</c>.</param>
/// <param name="IdealValues">Labels of the undisplaced cell, by property; empty when it has none.</param>
public sealed record MaterialDescription(
    string Formula,
    string Structure,
    int AtomCount,
    Matrix3x3 LatticeRowsAngstrom,
    string Engine,
    string EngineVersion,
    string Level,
    bool IsModelEngine,
    string ValenceBandReference,
    ImmutableArray<PropertyValue> IdealValues);

/// <summary>A number of one property.</summary>
/// <param name="Property">Key of the property, for example <c>band_gap</c>.</param>
/// <param name="Value">The number in the unit of the property.</param>
public sealed record PropertyValue(string Property, double Value);
