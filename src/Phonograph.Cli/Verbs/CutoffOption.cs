using System.CommandLine;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Graphs;

namespace Phonograph.Cli.Verbs;

/// <summary>The option <c>--cutoff</c>: the longest edge.</summary>
internal static class CutoffOption
{
    internal static Option<double> Create(string description) => new("--cutoff") { Description = description, HelpName = "Å", DefaultValueFactory = _ => GraphOptions.DefaultCutoffAngstrom };

    /// <exception cref="InputException">The cutoff is not a positive length.</exception>
    internal static double Check(double cutoffAngstrom) => cutoffAngstrom > 0 && double.IsFinite(cutoffAngstrom)
        ? cutoffAngstrom
        : throw new InputException($"--cutoff: found {cutoffAngstrom.ToString(CultureInfo.InvariantCulture)}; expected a positive length in Å. 5.5 is usual.");
}
