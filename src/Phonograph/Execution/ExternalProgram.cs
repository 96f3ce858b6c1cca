using System.Collections.Immutable;

namespace Phonograph.Execution;

/// <summary>A program to run and how.</summary>
/// <param name="Path">Executable.</param>
/// <param name="Arguments">Arguments, passed as they are, without a shell.</param>
/// <param name="WorkingFolder">Existing folder it runs in.</param>
/// <param name="Environment">Variables added to the environment of this process.</param>
/// <param name="Niceness">Added niceness from 0 to 19; 0 leaves the priority alone.</param>
public sealed record ExternalProgram(
    string Path,
    ImmutableArray<string> Arguments,
    string WorkingFolder,
    ImmutableDictionary<string, string> Environment,
    int Niceness = 0)
{
    /// <summary>Processors that it and all it starts are bound to (<see cref="Execution.Processors"/>); empty for any.</summary>
    public ImmutableArray<int> BoundTo { get; init; } = [];

    /// <summary>File in the working folder that holds the <see cref="ProcessIdentity"/> of the running program; the program's end removes it.</summary>
    public const string IdentityFileName = "process.json";

    /// <summary>Finds a program: a name on the search path, anything with a folder in it from the current folder.</summary>
    /// <returns>Its full path; null when there is none.</returns>
    public static string? Find(string name)
    {
        if (System.IO.Path.GetFileName(name) != name)
        {
            return File.Exists(name) ? System.IO.Path.GetFullPath(name) : null;
        }

        string? search = System.Environment.GetEnvironmentVariable("PATH");
        return search?.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Exit code; 128 plus the signal's number when a signal ended it.</param>
/// <param name="Output">The last lines of its standard output and standard error together.</param>
public sealed record ProgramResult(int ExitCode, string Output)
{
    /// <summary>True when somebody else ended it (signals hang-up, interrupt, kill, terminate): nothing is said about the work itself.</summary>
    public bool WasEndedFromOutside => ExitCode is 128 + 1 or 128 + 2 or 128 + 9 or 128 + 15;
}
