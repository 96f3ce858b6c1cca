using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling;

/// <summary>What an engine answers: a <see cref="Label"/> or a <see cref="LabelFailure"/>.</summary>
public abstract record LabelOutcome;

/// <summary>Why a configuration has no label.</summary>
/// <param name="Reason">Short category: <c>not-converged</c>, <c>engine-error</c>, <c>timeout</c>, <c>unreadable-output</c>, <c>refused</c>.</param>
/// <param name="Detail">What the engine said, one line.</param>
public sealed record LabelFailure(string Reason, string Detail) : LabelOutcome;

/// <summary>Converged energy, forces, stress and band edges of one crystal.</summary>
/// <param name="EnergyElectronvolt">Total energy of the cell, eV.</param>
/// <param name="Forces">Force on each atom, Cartesian, eV/Å.</param>
/// <param name="Stress">Stress tensor (1/V) dE/dstrain, eV/Å³, positive under tension.</param>
/// <param name="BandEdges">Highest occupied and lowest empty eigenvalue.</param>
/// <param name="VolumeCubicAngstrom">Cell volume, Å³.</param>
public sealed record Label(
    double EnergyElectronvolt,
    ImmutableArray<Vector3D> Forces,
    Matrix3x3 Stress,
    BandEdges BandEdges,
    double VolumeCubicAngstrom) : LabelOutcome
{
    /// <summary>Total energy divided by the number of atoms, eV.</summary>
    public double EnergyPerAtomElectronvolt => EnergyElectronvolt / Forces.Length;

    /// <summary>Trace of the stress divided by three, GPa, positive under tension.</summary>
    public double HydrostaticStressGigapascal => Stress.Trace / 3 * PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal;
}

/// <summary>Band edges from eigenvalues and occupations over all k-points that were computed.</summary>
/// <param name="ValenceBandMaximumElectronvolt">Highest occupied eigenvalue, eV, on the engine's own zero (<paramref name="Reference"/>).</param>
/// <param name="ConductionBandMinimumElectronvolt">Lowest empty eigenvalue, eV, same zero.</param>
/// <param name="Reference">What the zero of the eigenvalues is, for example <c>average electrostatic potential</c>.</param>
/// <param name="IsMetallic">True when an occupation is fractional, the edges touch or cross, or the number of filled bands differs between k-points; the record is kept and flagged.</param>
public sealed record BandEdges(
    double ValenceBandMaximumElectronvolt,
    double ConductionBandMinimumElectronvolt,
    string Reference,
    bool IsMetallic)
{
    /// <summary>Lowest empty minus highest occupied eigenvalue, eV; not below zero.</summary>
    public double GapElectronvolt => Math.Max(0, ConductionBandMinimumElectronvolt - ValenceBandMaximumElectronvolt);
}
