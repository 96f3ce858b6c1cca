using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Phonons;

namespace Phonograph.Cli.Verbs;

/// <summary>The option of <c>phonograph dataset</c> that writes the cells with their normal-mode amplitudes.</summary>
internal sealed class AmplitudeOption
{
    internal Option<string?> Output { get; } = new("--amplitudes")
    {
        Description = "Write the cells (extended XYZ) with mode_amplitudes: their displacements projected on the modes of --force-constants, --unit-cell and --supercell, whatever scheme drew them. Two baselines read these.",
        HelpName = "FILE",
    };

    /// <summary>Writes the cells when it was asked for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="dataset">Labelled cells.</param>
    /// <param name="modes">Vibrations; null when the options that say them were not given.</param>
    /// <param name="constants">File of the force constants.</param>
    /// <exception cref="InputException">There are no modes, or a cell does not fit them.</exception>
    internal void Write(CliRun run, Dataset dataset, PhononModes? modes, string? constants)
    {
        if (run.Get(Output) is not { } path)
        {
            return;
        }

        if (modes is null || constants is null)
        {
            throw new InputException("--amplitudes: found no vibrations; expected --force-constants, --unit-cell and --supercell with it. Give all three.");
        }

        ExtendedXyz.Write(path, ModeProjection.Apply(dataset.Configurations, modes, ModeProjection.ModeSetOf(constants)).Select(cell => cell.Frame));
    }
}
