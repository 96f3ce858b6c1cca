using Phonograph.Dynamics.Frames;

namespace Phonograph.Datasets.Divisions;

/// <summary>How long a property remembers itself over labelled frames of molecular dynamics (<see cref="AutocorrelationTime"/>).</summary>
public static class FrameMemory
{
    /// <summary>Length of a block of frames, fs: the longest that frames state when all of them state one (chosen frames are too few to measure it again), else twice the time of the band gap; 0 without frames.</summary>
    /// <param name="cells">Frames; cells that are none are left out.</param>
    public static double BlockFemtosecond(IReadOnlyCollection<LabelledConfiguration> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        double?[] stated = [.. cells.Select(TrajectoryPlace.Of).OfType<TrajectoryPlace>().Select(place => place.StatedBlockFemtosecond)];
        return stated.Length > 0 && stated.All(length => length is not null) ? stated.Max()!.Value : 2 * Of(cells, Property.BandGap);
    }

    /// <summary>τ of a property over frames of equal spacing, fs.</summary>
    /// <param name="frames">Frames; runs are told apart, and each value counts from the mean of its temperature. Cells that are no frames are left out.</param>
    /// <param name="property">What is followed.</param>
    /// <returns>The time; half the spacing for a quantity without memory, 0 where no run has two frames.</returns>
    public static double Of(IEnumerable<LabelledConfiguration> frames, Property property)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var runs = frames.Select(cell => (Cell: cell, Place: TrajectoryPlace.Of(cell))).Where(each => each.Place is not null)
            .GroupBy(each => each.Place!.Run, StringComparer.Ordinal).OrderBy(run => run.Key, StringComparer.Ordinal)
            .Select(run => run.OrderBy(each => each.Place!.TimeFemtosecond).ToArray()).ToArray();
        double[] spacings = [.. runs.SelectMany(run => run.Zip(run.Skip(1), (a, b) => b.Place!.TimeFemtosecond - a.Place!.TimeFemtosecond)).Order()];
        if (spacings.Length == 0)
        {
            return 0;
        }

        Dictionary<Stratum, double> means = runs.SelectMany(run => run).GroupBy(each => each.Cell.Stratum).ToDictionary(group => group.Key, group => group.Average(each => each.Cell[property]));
        double[][] about = [.. runs.Select(run => run.Select(each => each.Cell[property] - means[each.Cell.Stratum]).ToArray())];
        return AutocorrelationTime.Of(about, spacings[spacings.Length / 2]).Femtosecond;
    }
}
