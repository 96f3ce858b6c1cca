using System.Globalization;

namespace Phonograph.Datasets.Divisions;

/// <summary>Where a frame stands in a run of molecular dynamics.</summary>
/// <param name="Run">Scheme, temperature and number of the run.</param>
/// <param name="TimeFemtosecond">Time since its start, fs.</param>
public sealed record TrajectoryPlace(string Run, double TimeFemtosecond)
{
    /// <summary>The scheme of frames.</summary>
    public const string Scheme = "dynamics";

    /// <summary>The place of a cell; null where it carries no <c>run</c> and <c>time_fs</c>, and so is no frame.</summary>
    public static TrajectoryPlace? Of(LabelledConfiguration cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Frame.Info.TryGetValue("run", out string? run) && cell.Frame.Info.TryGetValue("time_fs", out string? time)
            && double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out double femtosecond) && double.IsFinite(femtosecond)
            ? new TrajectoryPlace($"{cell.Stratum.Label} run {run}", femtosecond)
            : null;
    }

    /// <summary>Name of the block that it falls into: <c>dynamics 300 K run 1 block 4</c>.</summary>
    /// <param name="lengthFemtosecond">Length of a block, fs.</param>
    public string Block(double lengthFemtosecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{Run} block {1 + (long)Math.Floor((TimeFemtosecond / lengthFemtosecond) + 1e-9):D4}");
}
