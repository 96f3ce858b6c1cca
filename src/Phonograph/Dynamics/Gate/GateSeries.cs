using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Dynamics.Gate;

/// <summary>The time series of one run that a gate looks at.</summary>
public sealed class GateSeries
{
    private GateSeries(Trajectory trajectory, ImmutableArray<ImmutableArray<Vector3D>> displacements)
    {
        Trajectory = trajectory;
        Displacements = displacements;
        Crystal crystal = trajectory.Reference;
        double reference = trajectory.Frames[0].PotentialEnergyElectronvolt;
        TimesFemtosecond = [.. trajectory.Frames.Select(frame => frame.Step * trajectory.TimeStepFemtosecond)];
        PotentialElectronvolt = [.. trajectory.Frames.Select(frame => frame.PotentialEnergyElectronvolt - reference)];
        TemperaturesKelvin = [.. trajectory.Frames.Select(frame => frame.TemperatureKelvin(crystal))];
        Species = [.. crystal.Elements.Select(element => element.Symbol).Distinct()];
        RootMeanSquareAngstrom = Species.Add(All).ToImmutableDictionary(
            species => species,
            species =>
            {
                int[] atoms = AtomsOf(crystal, species);
                return displacements.Select(frame => Math.Sqrt(atoms.Average(atom => frame[atom].LengthSquared))).ToImmutableArray();
            });
    }

    /// <summary>What stands for all species together.</summary>
    public const string All = "all";

    /// <summary>The run.</summary>
    public Trajectory Trajectory { get; }

    /// <summary>Displacements of each frame off the sites without the drift of the centre of mass, Cartesian, Å.</summary>
    public ImmutableArray<ImmutableArray<Vector3D>> Displacements { get; }

    /// <summary>Time of each frame, fs.</summary>
    public ImmutableArray<double> TimesFemtosecond { get; }

    /// <summary>Potential energy of each frame relative to the first one, the crystal at rest, eV per cell.</summary>
    public ImmutableArray<double> PotentialElectronvolt { get; }

    /// <summary>Temperature of each frame, K.</summary>
    public ImmutableArray<double> TemperaturesKelvin { get; }

    /// <summary>Symbols of the elements in the order of the crystal.</summary>
    public ImmutableArray<string> Species { get; }

    /// <summary>Root mean square displacement of each frame over the atoms of a species, or of <see cref="All"/>, Å.</summary>
    public ImmutableDictionary<string, ImmutableArray<double>> RootMeanSquareAngstrom { get; }

    /// <summary>Makes the series of a run with at least one frame.</summary>
    public static GateSeries Of(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return new GateSeries(trajectory, [.. trajectory.Frames.Select(frame => WithoutDrift(trajectory.Reference, frame))]);
    }

    /// <summary>Indices of the atoms of a species, or of all.</summary>
    internal static int[] AtomsOf(Crystal crystal, string species) =>
        [.. Enumerable.Range(0, crystal.AtomCount).Where(atom => species == All || crystal.Elements[atom].Symbol == species)];

    private static ImmutableArray<Vector3D> WithoutDrift(Crystal crystal, DynamicsFrame frame)
    {
        Vector3D moment = Vector3D.Zero;
        double total = 0;
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            moment += crystal.MassesAmu[atom] * frame.DisplacementsCartesian[atom];
            total += crystal.MassesAmu[atom];
        }

        Vector3D drift = moment / total;
        return [.. frame.DisplacementsCartesian.Select(displacement => displacement - drift)];
    }
}
