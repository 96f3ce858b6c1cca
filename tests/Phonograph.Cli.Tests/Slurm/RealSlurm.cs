using System.Diagnostics;
using Phonograph.Execution;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Slurm;

/// <summary>A Slurm of one node that <c>tests/slurm/start.sh</c> starts once for all tests of a class, and ends after them.</summary>
public sealed class RealSlurm : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _whyNot;

    public RealSlurm()
    {
        if (!OperatingSystem.IsLinux() || new[] { "sbatch", "slurmctld", "slurmd", "munged" }.Any(program => Where(program) is null))
        {
            _whyNot = "needs Slurm: apt-get install -y slurm-wlm munge";
            return;
        }

        Answer started = Run("/bin/bash", Repository.PathOf("tests", "slurm", "start.sh"), _folder.File("slurm"));
        Assert.True(started.ExitCode == 0, started.Errors);
    }

    /// <summary>The variable that leads every command of Slurm to this one.</summary>
    internal (string Name, string? Value) Variable => ("SLURM_CONF", _folder.File("slurm/slurm.conf"));

    /// <summary>Skips the test, visibly, where Slurm is not installed.</summary>
    internal void MustBeThere() => Assert.SkipWhen(_whyNot is not null, _whyNot ?? "");

    /// <summary>What a command of Slurm printed.</summary>
    internal string Ask(string command, params string[] arguments)
    {
        Answer answer = Run(command, arguments);
        Assert.True(answer.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {answer.Errors}");
        return answer.Output;
    }

    /// <summary>Tasks <c>array_index</c> in a state.</summary>
    internal string[] Tasks(string state) =>
        Ask("squeue", "--array", "--noheader", "--states=" + state, "--format=%i").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_whyNot is null)
        {
            Run("/bin/bash", Repository.PathOf("tests", "slurm", "stop.sh"), _folder.File("slurm"));
        }

        _folder.Dispose();
    }

    private static string? Where(string program) => ExternalProgram.Find(program) ?? new[] { "/usr/sbin/" + program, "/sbin/" + program }.FirstOrDefault(File.Exists);

    private Answer Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable.Name] = Variable.Value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer(process.ExitCode, output, errors.Result);
    }

    private sealed record Answer(int ExitCode, string Output, string Errors);
}
