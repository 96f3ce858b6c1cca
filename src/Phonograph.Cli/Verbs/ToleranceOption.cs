using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>The option <c>--tolerance</c> of verbs that look for symmetry.</summary>
internal static class ToleranceOption
{
    internal static Option<double> Create() => new("--tolerance")
    {
        Description = "How far an atom may lie from where a symmetry operation puts it, Å. Wider for files with few digits.",
        DefaultValueFactory = _ => 1e-5,
    };

    /// <summary>The tolerance asked for, Å.</summary>
    /// <exception cref="InputException">It is no length far below a bond.</exception>
    internal static double Read(CliRun run, Option<double> option)
    {
        double tolerance = run.Get(option);
        return tolerance is > 0 and <= 0.2
            ? tolerance
            : throw new InputException($"--tolerance: found {tolerance.ToString(CultureInfo.InvariantCulture)}; expected a length above 0 and up to 0.2 Å. 1e-5 is usual.");
    }
}
