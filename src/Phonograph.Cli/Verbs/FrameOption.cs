using System.CommandLine;

namespace Phonograph.Cli.Verbs;

/// <summary>The option <c>--frame</c>: which crystal of an extended XYZ file.</summary>
internal static class FrameOption
{
    internal static Option<int> Create() => new("--frame") { Description = "Which frame of an extended XYZ file, from 1.", HelpName = "N", DefaultValueFactory = _ => 1 };
}
