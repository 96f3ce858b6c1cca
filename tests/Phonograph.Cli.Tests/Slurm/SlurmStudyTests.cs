using System.Diagnostics;
using Phonograph.Cli.Tests.Labelling;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Slurm;

/// <summary>A study whose networks are trained on a real Slurm.</summary>
public sealed class SlurmStudyTests(RealSlurm slurm, SmallStudy study) : IClassFixture<RealSlurm>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_through_arrays_whose_coordinator_is_killed_is_the_study_computed_here()
    {
        slurm.MustBeThere();
        string here = $"study {study.Cells} --quick --quiet --output report", command = $"{here} --slurm cluster.yaml";
        _folder.Write("cluster.yaml", "memory: 300M\ntime: 10\npoll: 0.5\nthrottle: 1\nfits-per-task: 5\nranks: 2\n");
        using (Process first = PhonographProgram.Start(_folder.Path, command, [slurm.Variable]))
        {
            Eventually(first, () => Models.Length >= 2);
            first.Kill(entireProcessTree: false);
            first.WaitForExit();
        }

        PhonographProgram.Answer refused = Run(here);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("are with Slurm. Go on with --slurm", refused.Errors, StringComparison.Ordinal);
        int atDeath = Models.Length;
        KilledCampaign.Eventually(() => Models.Length > atDeath);
        DateTime[] times = [.. Models.Take(atDeath).Select(File.GetLastWriteTimeUtc)];
        string[] trained = [.. Models.Take(atDeath)];

        PhonographProgram.Answer second = Run(command);
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Equal(times, trained.Select(File.GetLastWriteTimeUtc));
        Assert.Equal(Named(study.Report), Named(_folder.File("report")));
        foreach (string file in Directory.GetFiles(Path.Combine(study.Report, "predictions")).Append(Path.Combine(study.Report, "metrics.json")))
        {
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(_folder.File("report/" + Path.GetRelativePath(study.Report, file))));
        }

        // One array, each of its tasks once: nothing was submitted a second time.
        string[] tasks = slurm.Ask("squeue", "--array", "--noheader", "--states=all", "--format=%i %T").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Single(tasks.Select(task => task.Split('_')[0]).Distinct());
        Assert.All(tasks, task => Assert.EndsWith(" COMPLETED", task, StringComparison.Ordinal));
        Assert.Equal(["lock", "waiting"], Directory.GetFileSystemEntries(_folder.File("report/models/slurm")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scripts_are_shown_without_Slurm_and_nothing_is_made()
    {
        _folder.Write("cluster.yaml", "program: /shared/phonograph\nranks: 4\ncpus: 2\ntime: 30\nmemory: 1G\nfits-per-task: 1000\n");
        PhonographProgram.Answer answer = Run($"study {study.Cells} --quick --threads 1 --output report --slurm cluster.yaml --dry-run");
        Assert.True(answer.ExitCode == 0, answer.Errors);
        string root = _folder.File("report/models/slurm/phonograph-xxxxxxxxxxxx");
        int fits = int.Parse(answer.Output.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(fits > 10);
        Assert.Equal(
            $"""
            {fits} of {fits} fits to submit, 0 trained, 0 with Slurm already; nothing was submitted

            1 x sbatch, 1 tasks:
            #!/bin/bash
            #SBATCH --job-name=phonograph-xxxxxxxxxxxx
            #SBATCH --array=1-1
            #SBATCH --output={root}/%a.log
            #SBATCH --open-mode=append
            #SBATCH --no-requeue
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=2
            #SBATCH --mem=1024M
            #SBATCH --time=00:30:00
            exec /shared/phonograph study {study.Cells} --quick --output report --fits {root}/"$SLURM_ARRAY_TASK_ID"

            """.ReplaceLineEndings("\n"),
            answer.Output.ReplaceLineEndings("\n"));
        Assert.False(Directory.Exists(_folder.File("report")));

        // Baselines and the poor models that are explained are not among them.
        PhonographProgram.Answer known = Run($"study {study.Cells} --quick --cache {Path.Combine(study.Report, "models")} --output report --slurm cluster.yaml --dry-run --json");
        Assert.Contains($"\"fits\": {fits},\n  \"trained\": {fits},\n  \"in_flight\": 0,\n  \"to_submit\": 0,\n  \"arrays\": []", known.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private string[] Models => _folder.File("report/models") is var models && Directory.Exists(models) ? [.. Directory.GetFiles(models, "*.safetensors").OrderBy(File.GetLastWriteTimeUtc)] : [];

    private static string?[] Named(string report) => [.. Directory.GetFiles(Path.Combine(report, "models")).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private PhonographProgram.Answer Run(string command) => PhonographProgram.Run(_folder.Path, command, [slurm.Variable]);

    private static void Eventually(Process coordinator, Func<bool> holds) => KilledCampaign.Eventually(() =>
    {
        Assert.False(coordinator.HasExited, "the study was over before; give tasks fewer fits");
        return holds();
    });
}
