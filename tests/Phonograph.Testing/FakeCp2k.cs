using System.Globalization;

namespace Phonograph.Testing;

/// <summary>
/// A shell script that behaves like CP2K as far as the adapter sees: it states a version and answers every input with recorded files. It lets the
/// adapter, the process handling and the campaigns be tested on a machine without CP2K.
/// </summary>
public sealed class FakeCp2k : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;

    /// <summary>Writes the script.</summary>
    /// <param name="recorded">Folder with <c>job.out</c>, <c>job.forces</c>, <c>job.stress</c> and <c>job.states</c>; copied, so that a test may change them.</param>
    /// <param name="seconds">Time each run takes, s.</param>
    /// <param name="ending">Shell command at the end, for example <c>exit 3</c>.</param>
    public FakeCp2k(string recorded, double seconds = 0, string ending = "exit 0")
    {
        Answers = Directory.CreateDirectory(_folder.File("answers")).FullName;
        foreach (string file in Directory.GetFiles(recorded, "job.*").Where(file => Path.GetExtension(file) != ".inp"))
        {
            File.Copy(file, Path.Combine(Answers, Path.GetFileName(file)));
        }

        _program = _folder.Write("cp2k.psmp", $"""
            #!/bin/sh
            if [ "$1" = --version ]; then echo " CP2K version 2023.1"; exit 0; fi
            echo run >> '{Calls}'
            cp "$2" '{_folder.Path}/last.inp'
            sleep {seconds.ToString(CultureInfo.InvariantCulture)}
            cp '{Answers}'/job.* .
            {ending}
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Why such a test is skipped on Windows.</summary>
    public const string NeedsShell = "the recorded program is a shell script: run on Linux or macOS";

    /// <summary>Path of the script.</summary>
    public string ProgramPath => _program;

    /// <summary>Folder with the files it answers with.</summary>
    public string Answers { get; }

    /// <summary>Number of runs so far.</summary>
    public int CallCount => File.Exists(Calls) ? File.ReadAllLines(Calls).Length : 0;

    /// <summary>The input of the last run.</summary>
    public string LastInput => File.ReadAllText(_folder.File("last.inp"));

    private string Calls => _folder.File("calls");

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
