using System.Diagnostics;

namespace Phonograph.Cli.Tests;

/// <summary>Runs the built command line as a process of its own, as a user would.</summary>
internal static class PhonographProgram
{
    /// <summary>Runs the program in a folder.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="commandLine">Arguments separated by blanks; none may contain a blank.</param>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="through">A program and its first arguments that start the command, for example a shell that sets a limit first.</param>
    internal static Answer Run(string folder, string commandLine, IReadOnlyList<(string Name, string? Value)>? environment = null, params string[] through)
    {
        using Process process = Start(folder, commandLine, environment, through);
        return Finish(process);
    }

    /// <summary>Waits for the end and answers what the program said.</summary>
    internal static Answer Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer(process.ExitCode, output, errors.Result);
    }

    /// <summary>Starts the program in a folder; the caller may kill it.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="commandLine">Arguments separated by blanks; none may contain a blank.</param>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="through">A program and its first arguments that start the command.</param>
    internal static Process Start(string folder, string commandLine, IReadOnlyList<(string Name, string? Value)>? environment = null, params string[] through)
    {
        string host = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
        string[] command = [.. through, host, Path.Combine(AppContext.BaseDirectory, "Phonograph.Cli.dll"), .. commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string? value) in environment ?? [])
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return Process.Start(start)!;
    }

    /// <summary>What the program answered.</summary>
    internal sealed record Answer(int ExitCode, string Output, string Errors);
}
