using System.Diagnostics;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests;

/// <summary>Ctrl-C and kill -9 in the middle of the work: the same command continues, and ends with the numbers of an undisturbed run.</summary>
public sealed class InterruptionTests(SmallStudy study) : IDisposable
{
    private const string NeedsLinux = "sends signals with the programs env and kill: run on Linux";
    private const string Stopped = "phonograph: Stopped. The same command continues where it stopped.\n";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_study_that_is_interrupted_ends_with_exit_code_1_and_continues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NeedsLinux);
        string command = $"study {study.Cells} --quick --quiet --output report";
        using (Process process = PhonographProgram.Start(_folder.Path, command, null, Shell.Interruptible))
        {
            WaitFor(process, () => Directory.Exists(_folder.File("report/models")) && Directory.GetFiles(_folder.File("report/models"), "*.safetensors").Length >= 2);
            Shell.Interrupt(process);
            Assert.Equal(new PhonographProgram.Answer(1, "", Stopped), PhonographProgram.Finish(process));
        }

        string[] trained = Directory.GetFiles(_folder.File("report/models"), "*.safetensors");
        Assert.InRange(trained.Length, 2, Directory.GetFiles(Path.Combine(study.Report, "models")).Length - 1);
        Assert.False(File.Exists(_folder.File("report/metrics.json")));
        DateTime[] times = [.. trained.Select(File.GetLastWriteTimeUtc)];
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, command).ExitCode);
        Assert.Equal(times, trained.Select(File.GetLastWriteTimeUtc));
        AssertEqualsUndisturbed(_folder.File("report"));
    }

    [Fact]
    public void Labelling_that_is_interrupted_ends_with_exit_code_1_and_continues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NeedsLinux);
        File.Copy(study.UnitCell, _folder.File("POSCAR"));
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, "sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 150 --seed 3 --output cells.xyz --quiet").ExitCode);
        string command = $"label cells.xyz {SmallStudy.Engine} --campaign labels --export OUT.xyz";
        using (Process process = PhonographProgram.Start(_folder.Path, command.Replace("OUT", "never", StringComparison.Ordinal), null, Shell.Interruptible))
        {
            WaitFor(process, () => Directory.Exists(_folder.File("labels/attempts")) && Directory.GetDirectories(_folder.File("labels/attempts")).Length >= 5);
            Shell.Interrupt(process);
            Assert.Equal(new PhonographProgram.Answer(1, "", Stopped), PhonographProgram.Finish(process));
        }

        string[] finished = Directory.GetDirectories(_folder.File("labels/attempts"));
        Assert.InRange(finished.Length, 5, 149);
        Assert.Empty(Directory.GetDirectories(_folder.File("labels/running")));
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, command.Replace("OUT", "continued", StringComparison.Ordinal)).ExitCode);
        Assert.All(finished, folder => Assert.True(Directory.Exists(folder)));
        Assert.Equal(150, Directory.GetDirectories(_folder.File("labels/attempts")).Length);
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, command.Replace("OUT", "whole", StringComparison.Ordinal).Replace("--campaign labels", "--campaign other", StringComparison.Ordinal)).ExitCode);
        Assert.Equal(File.ReadAllText(_folder.File("whole.xyz")), File.ReadAllText(_folder.File("continued.xyz")));
        Assert.False(File.Exists(_folder.File("never.xyz")));
    }

    [Fact]
    public void A_study_killed_at_random_moments_ends_with_the_same_numbers()
    {
        string command = $"study {study.Cells} --quick --quiet --output report", models = Directory.CreateDirectory(_folder.File("report/models")).FullName;
        var random = new Philox((ulong)Environment.ProcessId, 1);
        int kills = 0;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            // Each run gets a little further than the one before, and dies a random time later.
            int before = Directory.GetFiles(models).Length;
            using Process process = PhonographProgram.Start(_folder.Path, command);
            WaitFor(process, () => Directory.GetFiles(models).Length > before);
            Thread.Sleep(random.NextInt32(250));
            kills += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();
        }

        Assert.True(kills > 0, "The study ended before it could be killed.");
        PhonographProgram.Answer last = PhonographProgram.Run(_folder.Path, command);
        Assert.True(last.ExitCode == 0, last.Errors);
        AssertEqualsUndisturbed(_folder.File("report"));
        Assert.Empty(Directory.GetFiles(models, "*.checkpoint"));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static void WaitFor(Process process, Func<bool> condition)
    {
        while (!process.HasExited && !condition())
        {
            Thread.Sleep(3);
        }
    }

    /// <summary>Metrics and predictions hold no times: they are equal to the last bit.</summary>
    private void AssertEqualsUndisturbed(string report)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(study.Report, "predictions")).Append(Path.Combine(study.Report, "metrics.json")))
        {
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(report, Path.GetRelativePath(study.Report, file))));
        }
    }
}
