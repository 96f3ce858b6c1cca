using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Slurm;

/// <summary>A comparison of schemes whose settings are searched, and whose networks and Hamiltonians are then learnt, on a real Slurm.</summary>
public sealed class SlurmCompareTests(RealSlurm slurm, SmallStudy study) : IClassFixture<RealSlurm>, IDisposable
{
    private const string Settings = "--size 4 --validation 2 --draws 1 --models m5,cgcnn,hamiltonian --properties band_gap --trials 2 --epochs 2 --patience 2 --resamples 100";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Settings_searched_through_arrays_give_the_comparison_computed_here()
    {
        slurm.MustBeThere();
        _folder.Write("cluster.yaml", "memory: 300M\ntime: 10\npoll: 0.5\nfits-per-task: 5\n");
        foreach (string command in (string[])["--output compared --slurm cluster.yaml", "--output here"])
        {
            PhonographProgram.Answer answer = Run($"study compare {study.Cells} {Settings} --quiet {command}");
            Assert.True(answer.ExitCode == 0, answer.Errors);
        }

        // The provenance names the command, which differs; everything else is equal.
        foreach (string file in Directory.GetFiles(_folder.File("here"), "*.csv"))
        {
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(_folder.File("compared/" + Path.GetFileName(file))));
        }

        Assert.Contains(",hamiltonian,", File.ReadAllText(_folder.File("here/comparison.csv")), StringComparison.Ordinal);
        string[] searches = [.. Directory.GetFiles(_folder.File("here/models/tuning"), "*.json").Select(file => Path.GetFileName(file))];
        Assert.Equal(2, searches.Length);
        Assert.All(searches, name => Assert.Equal(File.ReadAllText(_folder.File($"here/models/tuning/{name}")), File.ReadAllText(_folder.File($"compared/models/tuning/{name}"))));

        // Two trials of each of two searches, all searches at once, then the fits.
        string[] tasks = slurm.Ask("squeue", "--array", "--noheader", "--states=all", "--format=%i %T").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(tasks, task => Assert.EndsWith(" COMPLETED", task, StringComparison.Ordinal));
        Assert.Equal([2, 2], tasks.GroupBy(task => task.Split('_')[0]).OrderBy(array => int.Parse(array.Key, System.Globalization.CultureInfo.InvariantCulture)).Take(2).Select(array => array.Count()));
        Assert.Equal(3, tasks.Select(task => task.Split('_')[0]).Distinct().Count());
    }

    [Fact]
    public void Scripts_of_searches_and_fits_are_shown_without_Slurm_and_nothing_is_made()
    {
        _folder.Write("cluster.yaml", "program: /shared/phonograph\ntime: 30\nmemory: 1G\nfits-per-task: 1000\n");
        PhonographProgram.Answer answer = Run($"study compare {study.Cells} {Settings} --output compared --slurm cluster.yaml --dry-run");
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.StartsWith("4 trials of 2 searches to submit; after them 6 of 6 fits to submit, 0 trained, 0 with Slurm already; nothing was submitted", answer.Output, StringComparison.Ordinal);
        Assert.Equal(3, answer.Output.Split("#!/bin/bash").Length - 1);
        Assert.Equal(2, answer.Output.Split("--trials-of").Length - 1);
        Assert.Equal(1, answer.Output.Split("--fits").Length - 1);
        Assert.False(Directory.Exists(_folder.File("compared")));
        Assert.Contains("\"trials_to_submit\": 4", Run($"study compare {study.Cells} {Settings} --output compared --slurm cluster.yaml --dry-run --json").Output, StringComparison.Ordinal);
    }

    private PhonographProgram.Answer Run(string command) => PhonographProgram.Run(_folder.Path, command, [slurm.Variable]);
}
