using System.Diagnostics;

namespace Phonograph.Testing;

/// <summary>A shell script that behaves like pw.x as far as the adapter sees: it states a version on an empty input and answers every other with a kept result file.</summary>
public sealed class FakePw : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes the script.</summary>
    /// <param name="result">Text of the <c>data-file-schema.xml</c> it leaves.</param>
    /// <param name="after">Shell commands at the end, for example <c>exit 3</c>.</param>
    public FakePw(string result, string after = "")
    {
        _folder.Write("result.xml", result);
        ProgramPath = _folder.File("pw.x");
        string script = _folder.Write("script", $"""
            #!/bin/sh
            echo "     Program PWSCF v.6.7MaX starts on 26Nov2026 at  6: 6:45"
            if [ ! -s "$2" ]; then exit 1; fi
            mkdir job.save
            cp '{_folder.Path}/result.xml' job.save/data-file-schema.xml
            {after}
            """.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            // A file that this process wrote itself may still be open in a child of another test, and then it cannot be executed.
            using Process copy = Process.Start("/bin/sh", ["-c", "cp \"$0\" \"$1\" && chmod 700 \"$1\"", script, ProgramPath]);
            copy.WaitForExit();
        }
    }

    /// <summary>Path of the script.</summary>
    public string ProgramPath { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
