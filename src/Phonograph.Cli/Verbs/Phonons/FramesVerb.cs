using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Dynamics.Frames;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons frames</c>: frames of molecular dynamics that stand for the ensemble, to be labelled.</summary>
internal static class FramesVerb
{
    private const string Description = """
        Choose frames of molecular dynamics to label: the beginning left out, equally far apart, in blocks of twice the autocorrelation time of the band gap, which count as one sample each ('group' in the file).

        Example: phonograph phonons frames gate/trajectory.xyz.gz --settling-time 200 --count 25 --output frames.xyz
        """;

    private static readonly Argument<string[]> Trajectories = new("trajectories") { Description = "Extended XYZ with time_fs and band_gap_eV in every frame, as 'phonograph phonons gate' writes it.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<double> Settling = new("--settling-time") { Description = "Left out at the beginning of each run, fs.", DefaultValueFactory = _ => 200 };
    private static readonly Option<double> LeastSpacing = new("--least-spacing") { Description = "A block is at least this long, fs.", DefaultValueFactory = _ => 40 };
    private static readonly Option<int?> Count = new("--count") { Description = "Number of frames, as far apart as the runs allow. Default: one a block." };
    private static readonly Option<string> Output = new("--output") { Description = "Extended XYZ file to write (.gz compresses).", Required = true };

    internal static Command Create() => CliRun.Verb(new Command("frames", Description) { Trajectories, Settling, LeastSpacing, Count, Output }, run =>
    {
        double settling = run.Get(Settling), least = run.Get(LeastSpacing);
        if (!(settling >= 0) || !(least >= 0) || !double.IsFinite(settling + least))
        {
            throw new InputException(FormattableString.Invariant($"--settling-time {settling} --least-spacing {least}: expected times in fs, zero or more."));
        }

        TrajectorySource source = TrajectorySource.Read(run.Get(Trajectories));
        FrameSelection selection = source.Select(settling, least, run.Get(Count));
        ExtendedXyz.Write(run.Get(Output), source.Frames(selection));
        string known = selection.CorrelationTime.IsResolved ? "" : " (the runs are too short to be sure: it may be longer)";
        PhononOutput.Print(
            run,
            string.Create(CultureInfo.InvariantCulture, $"{selection.Frames.Length} frames, {selection.SpacingFemtosecond:0.###} fs apart, in {selection.BlockCount} blocks of {selection.BlockFemtosecond:0.###} fs; autocorrelation time of the band gap {selection.CorrelationTime.Femtosecond:0.#} fs{known}: {run.Get(Output)}"),
            new
            {
                frames = selection.Frames.Length,
                runs = source.RunCount,
                spacing_fs = selection.SpacingFemtosecond,
                blocks = selection.BlockCount,
                block_fs = selection.BlockFemtosecond,
                autocorrelation_time_fs = selection.CorrelationTime.Femtosecond,
                autocorrelation_time_resolved = selection.CorrelationTime.IsResolved,
                output = run.Get(Output),
            });
        return Task.FromResult(0);
    });
}
