using System.Diagnostics;

namespace Phonograph.Cli.Tests;

/// <summary>Runs the built command line as a process of its own, as a user would.</summary>
internal static class PhonographProgram
{
    /// <summary>Runs the program in a folder.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="commandLine">Arguments separated by blanks; none may contain a blank.</param>
    /// <param name="environment">Variables set for the program; null takes one away.</param>
    internal static Answer Run(string folder, string commandLine, params (string Name, string? Value)[] environment)
    {
        using Process process = Start(folder, commandLine, environment);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer(process.ExitCode, output, errors.Result);
    }

    /// <summary>Starts the program in a folder; the caller may kill it.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="commandLine">Arguments separated by blanks; none may contain a blank.</param>
    /// <param name="environment">Variables set for the program; null takes one away.</param>
    internal static Process Start(string folder, string commandLine, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Phonograph.Cli.dll"));
        foreach (string argument in commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>What the program answered.</summary>
    internal sealed record Answer(int ExitCode, string Output, string Errors);
}
