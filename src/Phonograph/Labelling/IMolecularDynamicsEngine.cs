using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling;

/// <summary>
/// An engine that can move the atoms itself, faster than one single point after the other: it keeps its wave function from step to step. A trajectory is a
/// chain of segments; each starts from the last complete frame before it.
/// </summary>
public interface IMolecularDynamicsEngine : IElectronicStructureEngine
{
    /// <summary>Number of rungs of the recovery ladder that a segment can run with.</summary>
    int DynamicsRungCount(string level);

    /// <summary>Runs one segment.</summary>
    /// <param name="request">Where it starts, how far it goes.</param>
    /// <param name="onFrame">Told about every complete frame in rising order, the first one after <see cref="DynamicsRequest.FirstStep"/> minus one.</param>
    /// <param name="cancellation">Ends the engine's processes at once.</param>
    /// <returns>Null when all steps were taken; otherwise why the segment ended early. Frames before that are good.</returns>
    Task<LabelFailure?> MoveAsync(DynamicsRequest request, Action<DynamicsFrame> onFrame, CancellationToken cancellation);

    /// <summary>The complete frames in the folder of a segment that was killed.</summary>
    /// <param name="request">The request it was started with; an empty list when nothing complete is there.</param>
    IReadOnlyList<DynamicsFrame> Recover(DynamicsRequest request);
}

/// <summary>One segment of a trajectory asked of an engine.</summary>
/// <param name="Reference">The crystal at rest, whose sites displacements count from; its masses move.</param>
/// <param name="Level">Level of theory.</param>
/// <param name="Rung">Rung of the recovery ladder.</param>
/// <param name="Folder">Existing folder for the engine's files.</param>
/// <param name="Threads">Threads or ranks.</param>
/// <param name="Start">Displacements, Å, and velocities, Å/fs, to start from.</param>
/// <param name="FirstStep">Number of the first frame to give: 0 includes the starting point itself, n + 1 goes on after step n.</param>
/// <param name="LastStep">Number of the last frame.</param>
/// <param name="TimeStepFemtosecond">Time step, fs.</param>
/// <param name="Thermostat">Canonical velocity rescaling; null for none (constant energy).</param>
/// <param name="Seed">Seed of the engine's own random numbers in this segment.</param>
/// <param name="PreviousFolder">Folder of the segment before, whose random numbers may go on; null for none.</param>
public sealed record DynamicsRequest(
    Crystal Reference,
    string Level,
    int Rung,
    string Folder,
    int Threads,
    DynamicsStart Start,
    int FirstStep,
    int LastStep,
    double TimeStepFemtosecond,
    ThermostatSettings? Thermostat,
    int Seed,
    string? PreviousFolder);

/// <summary>Where the atoms are and how fast they move.</summary>
/// <param name="DisplacementsCartesian">Displacement of each atom off its site, Cartesian, Å, not wrapped.</param>
/// <param name="VelocitiesCartesian">Velocity of each atom, Cartesian, Å/fs.</param>
/// <param name="ConservedEnergyElectronvolt">Conserved energy so far, eV, from which that of the segment goes on; null at the very beginning.</param>
public sealed record DynamicsStart(ImmutableArray<Vector3D> DisplacementsCartesian, ImmutableArray<Vector3D> VelocitiesCartesian, double? ConservedEnergyElectronvolt = null);

/// <summary>Canonical velocity rescaling (G. Bussi, D. Donadio, M. Parrinello, J. Chem. Phys. 126, 014101 (2007)).</summary>
/// <param name="TemperatureKelvin">Temperature, K.</param>
/// <param name="TimeFemtosecond">Relaxation time of the kinetic energy, fs.</param>
public sealed record ThermostatSettings(double TemperatureKelvin, double TimeFemtosecond);
