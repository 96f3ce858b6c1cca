using System.Globalization;

namespace Phonograph.Datasets.Divisions;

/// <summary>Where a frame stands in a run of molecular dynamics.</summary>
/// <param name="Run">Scheme, temperature and number of the run.</param>
/// <param name="TimeFemtosecond">Time since its start, fs.</param>
public sealed record TrajectoryPlace(string Run, double TimeFemtosecond)
{
    /// <summary>The block that the frame itself names (key <c>group</c>), as frames chosen by <c>phonograph phonons frames</c> do: it was measured on the whole trajectory. Null where it names none.</summary>
    public string? StatedBlock { get; init; }

    /// <summary>Length of that block, fs (key <c>block_fs</c>); null where it is not said.</summary>
    public double? StatedBlockFemtosecond { get; init; }

    /// <summary>The scheme of frames.</summary>
    public const string Scheme = "dynamics";

    /// <summary>The place of a cell; null where it carries no <c>run</c> and <c>time_fs</c>, and so is no frame.</summary>
    public static TrajectoryPlace? Of(LabelledConfiguration cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Frame.Info.TryGetValue("run", out string? run) && Real("time_fs") is { } femtosecond
            ? new TrajectoryPlace($"{cell.Stratum.Label} run {run}", femtosecond)
            {
                StatedBlock = cell.Group == cell.Id ? null : cell.Group,
                StatedBlockFemtosecond = Real("block_fs"),
            }
            : null;

        double? Real(string key) => cell.Frame.Info.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
    }

    /// <summary>Name of the block that it falls into: the one it names itself, else by time, <c>dynamics 300 K run 1 block 4</c>. Both together would chain neighbouring blocks to one.</summary>
    /// <param name="lengthFemtosecond">Length of a block, fs, for frames that name none.</param>
    public string Block(double lengthFemtosecond) => StatedBlock is { } stated
        ? $"{Run} {stated}"
        : string.Create(CultureInfo.InvariantCulture, $"{Run} block {1 + (long)Math.Floor((TimeFemtosecond / lengthFemtosecond) + 1e-9):D4}");
}
