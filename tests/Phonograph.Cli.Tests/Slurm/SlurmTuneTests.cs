using System.Diagnostics;
using Phonograph.Cli.Tests.Labelling;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Slurm;

/// <summary>A search for settings whose trials are trained on a real Slurm.</summary>
public sealed class SlurmTuneTests(RealSlurm slurm, SmallStudy study) : IClassFixture<RealSlurm>, IDisposable
{
    private const string Settings = "--property band_gap --space space.yaml --epochs 12 --first-rung 3 --reduction 4 --seed 5 --quiet";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_search_through_arrays_whose_coordinator_is_killed_writes_the_files_of_the_search_here()
    {
        slurm.MustBeThere();
        WriteSpace();
        string here = $"tune {study.Cells} {Settings}", command = $"{here} --work work --output tuned --slurm cluster.yaml";
        _folder.Write("cluster.yaml", "memory: 300M\ntime: 10\npoll: 0.5\nthrottle: 1\nranks: 2\n");
        using (Process first = PhonographProgram.Start(_folder.Path, command, [slurm.Variable]))
        {
            KilledCampaign.Eventually(() =>
            {
                Assert.False(first.HasExited, "the search was over before it could be killed");
                return Journals.Length >= 1;
            });
            first.Kill(entireProcessTree: false);
            first.WaitForExit();
        }

        PhonographProgram.Answer refused = Run($"{here} --work work --output tuned");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("trials of this search are with Slurm. Go on with --slurm", refused.Errors, StringComparison.Ordinal);
        int atDeath = Journals.Length;
        KilledCampaign.Eventually(() => Journals.Length > atDeath);

        PhonographProgram.Answer second = Run(command);
        Assert.True(second.ExitCode == 0, second.Errors);
        PhonographProgram.Answer undisturbed = Run($"{here} --work here --output undisturbed");
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Errors);
        foreach (string file in Directory.GetFiles(_folder.File("undisturbed"), "*.*").Where(file => !file.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(_folder.File("tuned/" + Path.GetFileName(file))));
        }

        // The certain trials in one array, then those that went on; each task once: nothing was submitted a second time.
        string[] tasks = slurm.Ask("squeue", "--array", "--noheader", "--states=all", "--format=%i %T").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(8 + 2, tasks.Length);
        Assert.All(tasks, task => Assert.EndsWith(" COMPLETED", task, StringComparison.Ordinal));
        Assert.Equal(["waiting"], Directory.GetFileSystemEntries(_folder.File("work/slurm")).Select(Path.GetFileName));
    }

    [Fact]
    public void The_first_script_is_shown_without_Slurm_and_nothing_is_made()
    {
        WriteSpace();
        _folder.Write("cluster.yaml", "program: /shared/phonograph\nranks: 4\ncpus: 2\ntime: 30\nmemory: 1G\n");
        PhonographProgram.Answer answer = Run($"tune {study.Cells} {Settings} --work work --output tuned --slurm cluster.yaml --dry-run");
        Assert.True(answer.ExitCode == 0, answer.Errors);
        string root = _folder.File("work/slurm/phonograph-xxxxxxxxxxxx");
        Assert.Equal(
            $"""
            8 of 8 trials to submit for 3 epochs, 0 trained, 0 with Slurm already; what the search begins after them follows; nothing was submitted

            1 x sbatch, 8 tasks:
            #!/bin/bash
            #SBATCH --job-name=phonograph-xxxxxxxxxxxx
            #SBATCH --array=1-8
            #SBATCH --output={root}/%a.log
            #SBATCH --open-mode=append
            #SBATCH --no-requeue
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=2
            #SBATCH --mem=1024M
            #SBATCH --time=00:30:00
            exec /shared/phonograph tune {study.Cells} {Settings.Replace(" --quiet", "", StringComparison.Ordinal)} --work work --output tuned --trials-of {root}/"$SLURM_ARRAY_TASK_ID"

            """.ReplaceLineEndings("\n"),
            answer.Output.ReplaceLineEndings("\n"));
        Assert.False(Directory.Exists(_folder.File("work")));
        Assert.False(Directory.Exists(_folder.File("tuned")));
    }

    private string[] Journals => _folder.File("work/trainings") is var trainings && Directory.Exists(trainings) ? Directory.GetFiles(trainings, "*.json") : [];

    private void WriteSpace() => _folder.Write("space.yaml", "# eight settings\nmodel: [m2, m5]\nhidden: [4, 8]\nlearning-rate: [1e-2, 1e-3]\nbatch: 8\n");

    private PhonographProgram.Answer Run(string command) => PhonographProgram.Run(_folder.Path, command, [slurm.Variable]);
}
