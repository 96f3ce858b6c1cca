using System.Collections.Immutable;
using Phonograph.Files;

namespace Phonograph.Dynamics.Frames;

/// <summary>
/// Frames of molecular dynamics that stand for the ensemble: the beginning left out, equally far apart, in blocks that count as one sample each. Frames nearer to each other than twice the autocorrelation time of the band gap are no independent
/// samples; a block is as long as that, so whoever makes intervals from whole blocks, and never divides one between training and test, does not claim more than the run knows.
/// </summary>
/// <param name="CorrelationTime">Autocorrelation time of the band gap after the beginning.</param>
/// <param name="BlockFemtosecond">Length of a block, fs: twice the autocorrelation time, at least the least spacing.</param>
/// <param name="SpacingFemtosecond">Time between neighbouring frames of a run, fs.</param>
/// <param name="Frames">The frames, by run and time.</param>
public sealed record FrameSelection(AutocorrelationTime CorrelationTime, double BlockFemtosecond, double SpacingFemtosecond, ImmutableArray<SelectedFrame> Frames)
{
    /// <summary>Number of blocks with at least one frame.</summary>
    public int BlockCount => Frames.Select(frame => (frame.Run, frame.Block)).Distinct().Count();

    /// <summary>Selects frames.</summary>
    /// <param name="gaps">Band gap of every frame of each run from time zero, eV.</param>
    /// <param name="stepFemtosecond">Time between neighbouring frames, fs.</param>
    /// <param name="settlingFemtosecond">What is left out at the beginning of each run, fs.</param>
    /// <param name="leastSpacingFemtosecond">Blocks are at least this long, fs.</param>
    /// <param name="count">Number of frames, as far apart as the runs allow; null for one frame a block.</param>
    /// <exception cref="InputException">The runs have no frames, or fewer than asked for, after the beginning.</exception>
    public static FrameSelection Of(IReadOnlyList<IReadOnlyList<double>> gaps, double stepFemtosecond, double settlingFemtosecond, double leastSpacingFemtosecond, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        int first = (int)Math.Ceiling((settlingFemtosecond / stepFemtosecond) - 1e-9);
        double[][] settled = [.. gaps.Select(run => run.Skip(first).ToArray())];
        int available = settled.Sum(run => run.Length);
        if (available == 0 || count is < 1 || count > available)
        {
            throw new InputException(FormattableString.Invariant($"The runs have {available} frames after the first {settlingFemtosecond} fs; expected at least {Math.Max(1, count ?? 1)}. Run them for longer, or ask for fewer frames."));
        }

        AutocorrelationTime memory = AutocorrelationTime.Of(settled, stepFemtosecond);
        double block = Math.Max(2 * memory.Femtosecond, leastSpacingFemtosecond);
        int spacing = count is { } wanted ? Widest(settled, wanted) : Math.Max(1, (int)Math.Ceiling((block / stepFemtosecond) - 1e-9));
        var frames = ImmutableArray.CreateBuilder<SelectedFrame>();
        for (int run = 0; run < settled.Length; run++)
        {
            for (int frame = 0; frame < settled[run].Length; frame += spacing)
            {
                frames.Add(new SelectedFrame(run, first + frame, (int)Math.Floor((frame * stepFemtosecond / block) + 1e-9)));
            }
        }

        // The widest spacing may leave a frame or two more than asked for: the last ones go.
        return new FrameSelection(memory, block, spacing * stepFemtosecond, [.. frames.Take(count ?? frames.Count)]);
    }

    /// <summary>Largest spacing, in frames, at which the runs still give enough.</summary>
    private static int Widest(double[][] runs, int wanted)
    {
        int spacing = runs.Max(run => run.Length);
        while (runs.Sum(run => (run.Length + spacing - 1) / spacing) < wanted)
        {
            spacing--;
        }

        return spacing;
    }
}
