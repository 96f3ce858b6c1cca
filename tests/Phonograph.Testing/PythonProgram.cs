using System.Diagnostics;

namespace Phonograph.Testing;

/// <summary>Runs Python scripts with Debian's packages (phonopy, spglib) where they are installed.</summary>
public static class PythonProgram
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>True when Debian's Python can import a module.</summary>
    public static bool Has(string module) => File.Exists(Interpreter) && Start($"import {module}", []).ExitCode == 0;

    /// <summary>Runs a script and returns what it printed.</summary>
    /// <param name="script">Python source.</param>
    /// <param name="arguments">Arguments after the script.</param>
    /// <exception cref="InvalidOperationException">The script failed; the message is its stderr.</exception>
    public static string Run(string script, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Start(script, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException(errors);
    }

    private static (int ExitCode, string Output, string Errors) Start(string script, string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
