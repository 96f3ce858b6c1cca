using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Short segments of molecular dynamics of Ag3SBr, 5 atoms.</summary>
internal static class Cp2kDynamicsRequest
{
    /// <summary>A crystal with two isotopes of silver, every coordinate up to 0.1 Å off its site.</summary>
    internal static Crystal Reference
    {
        get
        {
            Crystal shaken = Cp2kCrystals.Shaken;
            return new Crystal(shaken.Lattice, shaken.Elements, shaken.PositionsFractional, shaken.MassesAmu.SetItem(1, 108.905));
        }
    }

    /// <summary>Velocities with the centre of mass at rest, Å/fs.</summary>
    internal static ImmutableArray<Vector3D> Velocities { get; } = Phonograph.Dynamics.InitialVelocities.Draw(Reference, 300, 4, 0);

    /// <summary>A segment from the reference on.</summary>
    internal static DynamicsRequest From(string folder, int steps, bool hasThermostat = true) => new(
        Reference, "gfn1-xtb", Rung: 0, folder, Threads: 1, new DynamicsStart([.. new Vector3D[5]], Velocities), FirstStep: 0, LastStep: steps, TimeStepFemtosecond: 2,
        hasThermostat ? new ThermostatSettings(300, 50) : null, Seed: 77, PreviousFolder: null);

    /// <summary>The segment that goes on after a frame.</summary>
    internal static DynamicsRequest After(DynamicsRequest before, DynamicsFrame frame, string folder) => before with
    {
        Folder = folder,
        Start = new DynamicsStart(frame.DisplacementsCartesian, frame.VelocitiesCartesian, frame.ConservedEnergyElectronvolt),
        FirstStep = frame.Step + 1,
        PreviousFolder = before.Folder,
    };

    /// <summary>Runs a segment to its end.</summary>
    internal static async Task<List<DynamicsFrame>> RunAsync(IMolecularDynamicsEngine engine, DynamicsRequest request)
    {
        var frames = new List<DynamicsFrame>();
        Directory.CreateDirectory(request.Folder);
        Assert.Null(await engine.MoveAsync(request, frames.Add, TestContext.Current.CancellationToken));
        return frames;
    }
}
