using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Dynamics;

/// <summary>
/// A trajectory as extended XYZ frames: positions not wrapped, columns <c>displacement</c> (Å off the sites), <c>velocity</c> (Å/fs) and <c>REF_forces</c>
/// (eV/Å), values <c>id</c>, <c>run</c>, <c>step</c>, <c>time_fs</c>, <c>REF_energy</c> (eV), <c>band_gap_eV</c>.
/// </summary>
public static class TrajectoryFrames
{
    /// <summary>Makes the frames of a run.</summary>
    /// <param name="trajectory">The run.</param>
    /// <param name="run">Its number from 0.</param>
    public static IEnumerable<ExtendedXyzFrame> Of(Trajectory trajectory, int run)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        foreach (DynamicsFrame frame in trajectory.Frames)
        {
            ImmutableDictionary<string, string> info = ImmutableDictionary<string, string>.Empty
                .Add("id", FormattableString.Invariant($"md-{trajectory.TemperatureKelvin:R}K-r{run + 1}-{frame.Step:D6}"))
                .Add("scheme", "dynamics")
                .Add("run", (run + 1).ToString(CultureInfo.InvariantCulture))
                .Add("step", frame.Step.ToString(CultureInfo.InvariantCulture))
                .Add("time_fs", (frame.Step * trajectory.TimeStepFemtosecond).ToString("0.######", CultureInfo.InvariantCulture))
                .Add("temperature_K", trajectory.TemperatureKelvin.ToString("R", CultureInfo.InvariantCulture))
                .Add("REF_energy", frame.PotentialEnergyElectronvolt.ToString("R", CultureInfo.InvariantCulture));
            yield return new ExtendedXyzFrame(
                trajectory.Reference.Displaced(frame.DisplacementsCartesian.AsSpan()),
                frame.GapElectronvolt is { } gap ? info.Add("band_gap_eV", gap.ToString("R", CultureInfo.InvariantCulture)) : info,
                ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty
                    .Add("displacement", frame.DisplacementsCartesian)
                    .Add("velocity", frame.VelocitiesCartesian)
                    .Add("REF_forces", frame.Forces));
        }
    }
}
