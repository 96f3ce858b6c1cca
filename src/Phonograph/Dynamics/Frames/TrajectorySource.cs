using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Dynamics.Frames;

/// <summary>
/// Trajectories read from extended XYZ files (<see cref="TrajectoryFrames"/>, or another program's with the same keys), and the frames that are chosen of them, ready to be labelled: labels and velocities are left behind, and <c>group</c> names the block, so
/// that a division never parts it.
/// </summary>
public sealed class TrajectorySource
{
    private const double StepTolerance = 1e-3;
    private readonly ImmutableArray<ImmutableArray<ExtendedXyzFrame>> _runs;
    private readonly ImmutableArray<ImmutableArray<double>> _gaps;

    private TrajectorySource(ImmutableArray<ImmutableArray<ExtendedXyzFrame>> runs, ImmutableArray<ImmutableArray<double>> gaps, double step)
    {
        _runs = runs;
        _gaps = gaps;
        StepFemtosecond = step;
    }

    /// <summary>Time between neighbouring frames, fs.</summary>
    public double StepFemtosecond { get; }

    /// <summary>Number of runs.</summary>
    public int RunCount => _runs.Length;

    /// <summary>Reads files; frames with another <c>run</c> than the one before begin another run.</summary>
    /// <exception cref="InputException">A frame has no time or no band gap, or the steps are not equal.</exception>
    public static TrajectorySource Read(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var runs = new List<(string Name, List<ExtendedXyzFrame> Frames, List<double> Gaps)>();
        double? step = null;
        foreach (string file in files)
        {
            double before = 0;
            int number = 0;
            foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(file))
            {
                number++;
                string place = FormattableString.Invariant($"{file}, frame {number}");
                string name = $"{file} {frame.Info.GetValueOrDefault("run", "1")}";
                double time = Real(frame, "time_fs", "the time of the frame in fs", place), gap = Real(frame, "band_gap_eV", "the band gap in eV, whose memory says how far apart frames must be", place);
                if (runs.Count == 0 || runs[^1].Name != name)
                {
                    runs.Add((name, [], []));
                }
                else if (time - before is var found && Math.Abs(found - (step ??= found)) is var off && (!(off <= StepTolerance) || !(found > 0)))
                {
                    throw InputException.At(place, 0, FormattableString.Invariant($"time_fs={time}, {found} fs after the frame before"), FormattableString.Invariant($"equal steps of {step} fs"), "Give every frame of the runs, none left out.");
                }

                before = time;
                runs[^1].Frames.Add(frame);
                runs[^1].Gaps.Add(gap);
            }
        }

        return step is { } regular
            ? new TrajectorySource([.. runs.Select(run => run.Frames.ToImmutableArray())], [.. runs.Select(run => run.Gaps.ToImmutableArray())], regular)
            : throw new InputException("The trajectory has a single frame in each run; expected at least two. Give the whole run.");
    }

    /// <summary>Selects frames of all runs (<see cref="FrameSelection.Of"/>).</summary>
    public FrameSelection Select(double settlingFemtosecond, double leastSpacingFemtosecond, int? count) =>
        FrameSelection.Of([.. _gaps.Select(IReadOnlyList<double> (run) => run)], StepFemtosecond, settlingFemtosecond, leastSpacingFemtosecond, count);

    /// <summary>The frames of a selection.</summary>
    public IEnumerable<ExtendedXyzFrame> Frames(FrameSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        foreach (SelectedFrame chosen in selection.Frames)
        {
            ExtendedXyzFrame frame = _runs[chosen.Run][chosen.Index];
            string id = frame.Info.GetValueOrDefault("id", FormattableString.Invariant($"frame-r{chosen.Run + 1}-{chosen.Index:D6}"));
            ImmutableDictionary<string, string> info = frame.Info.Where(pair => pair.Key is not ("band_gap_eV" or "vbm_eV" or "cbm_eV" or "metallic" or "hydrostatic_stress_GPa") && !pair.Key.StartsWith("REF_", StringComparison.Ordinal)).ToImmutableDictionary();
            yield return new ExtendedXyzFrame(
                frame.Crystal,
                info.SetItem("id", id)
                    .SetItem("scheme", info.GetValueOrDefault("scheme", "dynamics"))
                    .SetItem("group", FormattableString.Invariant($"{id[..Math.Max(0, id.LastIndexOf('-'))]}-block-{chosen.Block:D4}"))
                    .SetItem("block_fs", selection.BlockFemtosecond.ToString("0.###", CultureInfo.InvariantCulture)),
                frame.VectorColumns.Where(column => column.Key == "displacement").ToImmutableDictionary());
        }
    }

    private static double Real(ExtendedXyzFrame frame, string key, string meaning, string place) =>
        frame.Info.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw InputException.At(place, 0, text is null ? $"no key {key}" : $"{key}={text}", $"{key}, {meaning}", "Give the trajectory.xyz.gz of 'phonograph phonons gate', or write the key into every frame.");
}
