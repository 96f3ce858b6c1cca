using System.Diagnostics;
using System.Globalization;

namespace Phonograph.Testing;

/// <summary>
/// A shell script that behaves like CP2K as far as the adapter sees: it states a version and answers every input with recorded files. It lets the
/// adapter, the process handling and the campaigns be tested on a machine without CP2K.
/// </summary>
public sealed class FakeCp2k : IDisposable
{
    /// <summary>Why such a test is skipped on Windows.</summary>
    public const string NeedsShell = "the recorded program is a shell script: run on Linux or macOS";

    /// <summary>
    /// Shell commands for <c>after</c>: an energy that depends on the coordinates of the input alone, so that a label given to the wrong cell is seen.
    /// Leaves the seven digits it used in the variable <c>digits</c>.
    /// </summary>
    public const string EnergyOfTheInput = """
        digits=$(sed -n '/&CELL/,/&END COORD/p' "$2" | cksum | cut -c1-7)
        sed "s/^ ENERGY| Total.*/ ENERGY| Total FORCE_EVAL ( QS ) energy [a.u.]:   -19.$digits/" job.out > new && mv new job.out
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes the script.</summary>
    /// <param name="recorded">Folder with <c>job.out</c>, <c>job.forces</c>, <c>job.stress</c> and <c>job.states</c>; copied, so that a test may change them.</param>
    /// <param name="before">Shell commands before it answers, for example <c>sleep 1</c>.</param>
    /// <param name="after">Shell commands at the end, for example <c>exit 3</c>; the input is <c>"$2"</c>, the number of the call <c>$call</c>.</param>
    /// <param name="version">What it says when asked for its version.</param>
    public FakeCp2k(string recorded, string before = "", string after = "", string version = "CP2K version 2023.1")
    {
        Answers = Copied(recorded, "answers");
        Directory.CreateDirectory(_folder.File("calls"));
        ProgramPath = _folder.File("cp2k.psmp");
        string script = _folder.Write("script", $"""
            #!/bin/sh
            here='{_folder.Path}'
            if [ "$1" = --version ]; then echo " {version}"; exit 0; fi
            call=$(($(ls "$here/calls" | wc -l) + 1))
            until mkdir "$here/calls/$call" 2>/dev/null; do call=$((call + 1)); done
            cp "$2" "$here/calls/$call/job.inp"
            {before}
            answers="$here/answers"
            if [ -d "$answers-$call" ]; then answers="$answers-$call"; fi
            cp "$answers"/job* .
            {after}
            """.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            // A file that this process wrote itself may still be open in a child of another test, and then it cannot be executed.
            using Process copy = Process.Start("/bin/sh", ["-c", "cp \"$0\" \"$1\" && chmod 700 \"$1\"", script, ProgramPath]);
            copy.WaitForExit();
        }
    }

    /// <summary>A stand-in that answers with the recorded Ag3SBr at GFN1-xTB and energies of its own for every cell (<see cref="EnergyOfTheInput"/>).</summary>
    /// <param name="before">Shell commands before it answers.</param>
    /// <param name="isHard">Whether four cells in ten do not converge on the first rung.</param>
    public static FakeCp2k Recorded(string before = "", bool isHard = false)
    {
        string unconverged = Repository.PathOf("tests", "reference", "cp2k", "al-gfn1-xtb-unconverged", "job.out");
        string hard = $"""
            case $digits in *[0123]) grep -q LEVEL_SHIFT "$2" || cp '{unconverged}' job.out;; esac
            """;
        return new FakeCp2k(Repository.PathOf("tests", "reference", "cp2k", "ag3sbr-gfn1-xtb"), before, EnergyOfTheInput + (isHard ? "\n" + hard : ""));
    }

    /// <summary>Path of the script.</summary>
    public string ProgramPath { get; }

    /// <summary>Folder with the files it answers with.</summary>
    public string Answers { get; }

    /// <summary>Folder of the script, for files that <c>before</c> and <c>after</c> reach as <c>$here</c>.</summary>
    public string Folder => _folder.Path;

    /// <summary>Number of runs so far.</summary>
    public int CallCount => Directory.GetDirectories(_folder.File("calls")).Length;

    /// <summary>The inputs of all runs, in order.</summary>
    public IReadOnlyList<string> Inputs =>
    [
        .. Enumerable.Range(1, CallCount).Select(call => File.ReadAllText(Path.Combine(_folder.File("calls"), call.ToString(CultureInfo.InvariantCulture), "job.inp"))),
    ];

    /// <summary>Answers one call with other files.</summary>
    /// <param name="call">Number of the call, from 1.</param>
    /// <param name="recorded">Folder with the files; copied.</param>
    /// <returns>The folder with the copies.</returns>
    public string Answer(int call, string recorded) => Copied(recorded, string.Create(CultureInfo.InvariantCulture, $"answers-{call}"));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string Copied(string recorded, string name)
    {
        string folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        foreach (string file in Directory.GetFiles(recorded, "job*").Where(file => Path.GetExtension(file) != ".inp"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }
}
