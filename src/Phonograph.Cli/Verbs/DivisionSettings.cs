using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>The options that decide how cells are divided into a pool and test cells.</summary>
internal static class DivisionSettings
{
    private static readonly DivisionOptions Defaults = new();

    private static readonly Option<string> By = new("--by")
    {
        Description = "By what cells are divided: configuration (a share of each scheme and temperature or width is test), condition (whole temperatures or widths), compound (all cells of the same elements), composition.",
        DefaultValueFactory = _ => "configuration",
    };

    private static readonly Option<string[]> HoldOut = new("--hold-out")
    {
        Description = "What is test, with --by condition (\"phonon 300 K\"), compound (Ag-Br-S) or composition (Ag24S8Br6I2).",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "NAME...",
    };

    private static readonly Option<double> TestShare = new("--test-share") { Description = "Share of test cells, with --by configuration.", DefaultValueFactory = _ => Defaults.TestShare };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of test cells and of everything drawn later.", DefaultValueFactory = _ => Defaults.Seed };
    private static readonly Option<double?> GapAbove = new("--gap-above") { Description = "Range filter: only cells with a gap above this take part, eV; the published one is 0.1. Default: all cells.", HelpName = "eV" };
    private static readonly Option<double?> Block = new("--block")
    {
        Description = "Length of a block of molecular dynamics, fs: frames of a block stay together and count as one in intervals. Default: twice the integrated autocorrelation time of the band gap. Frames that name their block (group, from 'phonograph phonons frames') keep it.",
        HelpName = "fs",
    };

    static DivisionSettings() => By.AcceptOnlyFromAmong([.. Enum.GetNames<DivisionKind>().Select(name => name.ToLowerInvariant())]);

    /// <summary>All of them, in the order of the help text.</summary>
    internal static ImmutableArray<Option> All { get; } = [By, HoldOut, TestShare, Seed, GapAbove, Block];

    /// <exception cref="InputException">A value is out of its range, or two of them do not go together.</exception>
    internal static DivisionOptions Read(CliRun run)
    {
        var options = new DivisionOptions
        {
            Kind = Enum.Parse<DivisionKind>(run.Get(By), ignoreCase: true),
            HeldOut = [.. run.Get(HoldOut) ?? []],
            TestShare = run.Get(TestShare),
            Seed = run.Get(Seed),
            GapAboveElectronvolt = run.Get(GapAbove),
            BlockFemtosecond = run.Get(Block),
        };
        return options.Kind == DivisionKind.Configuration && !options.HeldOut.IsEmpty
            ? throw new InputException("--hold-out: found with --by configuration; expected it with --by condition, compound or composition.")
            : options.Kind != DivisionKind.Configuration && options.HeldOut.IsEmpty
                ? throw new InputException($"--by {run.Get(By)}: found no --hold-out; expected what to hold out, for example --hold-out \"phonon 300 K\".")
                : options.Validated();
    }
}
