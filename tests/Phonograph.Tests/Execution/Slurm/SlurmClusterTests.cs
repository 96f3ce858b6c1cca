using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.Execution.Slurm;

public sealed class SlurmClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_has_its_place_in_the_script()
    {
        SlurmCluster cluster = Read(
            """
            partition: compute
            account: p123
            qos: normal
            time: 1-02:30:00
            memory: 3G
            cpus: 4
            modules: [gcc/12, cp2k/2023.1]
            setup:
              - export TMPDIR=/scratch/$USER
              - ulimit -s unlimited
            sbatch: ["--constraint=epyc"]
            throttle: 20
            """);
        Assert.Equal(
            """
            #!/bin/bash
            #SBATCH --job-name=phonograph-a
            #SBATCH --array=1-40%20
            #SBATCH --output="/home/me/my 100%% work/slurm/phonograph-a/%a.log"
            #SBATCH --open-mode=append
            #SBATCH --no-requeue
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=4
            #SBATCH --mem=3072M
            #SBATCH --time=26:30:00
            #SBATCH --partition=compute
            #SBATCH --account=p123
            #SBATCH --qos=normal
            #SBATCH --constraint=epyc
            module load gcc/12 || exit 2
            module load cp2k/2023.1 || exit 2
            export TMPDIR=/scratch/$USER
            ulimit -s unlimited
            exec phonograph label --attempt '/home/me/my 100% work/slurm/phonograph-a'/"$SLURM_ARRAY_TASK_ID"

            """.ReplaceLineEndings("\n"),
            SlurmScript.Of(cluster, cluster.ResourcesAfter(0, 0), "phonograph-a", 40, "/home/me/my 100% work/slurm/phonograph-a", "phonograph label --attempt"));
    }

    [Fact]
    public void The_example_of_the_documentation_gives_the_script_beside_it()
    {
        string[] blocks = File.ReadAllText(Repository.PathOf("docs", "slurm.md")).ReplaceLineEndings("\n").Split("```");
        SlurmCluster cluster = Read(blocks[1]["yaml\n".Length..]);
        string script = blocks[5][blocks[5].IndexOf("#!", StringComparison.Ordinal)..];
        const string name = "phonograph-xxxxxxxxxxxx";
        Assert.Equal(script, SlurmScript.Of(cluster, cluster.ResourcesAfter(0, 0), name, 400, "/shared/me/work/xtb/slurm/" + name, cluster.Program + " label --attempt"));
        Assert.Equal((new SlurmRetries(), 1000, TimeSpan.FromSeconds(30)), (cluster.Retries, cluster.Tasks, cluster.Poll));
    }

    [Fact]
    public void Nothing_is_required()
    {
        Assert.Equal(new SlurmCluster { Options = [], Modules = [], Setup = [] }.ToString(), Read("poll: 30").ToString());
        string script = SlurmScript.Of(Read("poll: 30"), new SlurmResources(TimeSpan.FromSeconds(90), 100), "n", 3, "/f", "c");
        Assert.Contains("--array=1-3\n", script, StringComparison.Ordinal);
        Assert.Contains("--time=00:01:30\n", script, StringComparison.Ordinal);
        Assert.DoesNotContain("partition", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", 1800)]
    [InlineData("30:15", 1815)]
    [InlineData("02:00:00", 7200)]
    [InlineData("2-12", 216000)]
    [InlineData("1-01:30", 91800)]
    [InlineData("1-00:00:01", 86401)]
    public void Times_are_those_of_Slurm(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read($"time: {text}").Time);

    [Theory]
    [InlineData("500", 500)]
    [InlineData("500M", 500)]
    [InlineData("2G", 2048)]
    [InlineData("1t", 1048576)]
    [InlineData("1500K", 2)]
    public void Memory_is_that_of_Slurm(string text, long mebibytes) => Assert.Equal(mebibytes, Read($"memory: {text}").MemoryMebibytes);

    [Fact]
    public void Each_time_out_doubles_the_time_and_each_lack_of_memory_the_memory()
    {
        SlurmCluster cluster = Read("time: 10\nmemory: 1G");
        Assert.Equal(new SlurmResources(TimeSpan.FromMinutes(40), 1024), cluster.ResourcesAfter(2, 0));
        Assert.Equal(new SlurmResources(TimeSpan.FromMinutes(10), 4096), cluster.ResourcesAfter(0, 2));
    }

    [Theory]
    [InlineData("time: soon", "line 1: found 'soon'; expected a time as Slurm writes it")]
    [InlineData("time: 0", "found '0'; expected a time")]
    [InlineData("time: [1]", "found a list; expected a time")]
    [InlineData("poll: 30\nmemory: much", "line 2: found 'much'; expected memory as Slurm writes it")]
    [InlineData("memory: 0", "found '0'; expected memory")]
    [InlineData("cpus: 0", "found '0'; expected a whole number of at least 1 for 'cpus'")]
    [InlineData("throttle: -1", "found '-1'; expected a whole number")]
    [InlineData("partitions: a", "found the key 'partitions'; expected one of partition, account")]
    [InlineData("retries: {often: 3}", "found the key 'often'; expected one of timeout, memory, lost")]
    [InlineData("sbatch: [--array=1-2]", "found '--array=1-2'; expected options of sbatch")]
    [InlineData("sbatch: [constraint]", "found 'constraint'; expected options of sbatch")]
    [InlineData("modules: {a: b}", "found keys with values; expected a list of lines for 'modules'")]
    [InlineData("poll: 0", "found '0'; expected seconds from 0.1")]
    [InlineData("- a", "found a list; expected keys with values")]
    public void A_wrong_value_is_named_with_its_line(string text, string message)
    {
        InputException error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("docs/slurm.md", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_for_the_shell_come_back_as_they_were()
    {
        Assert.Equal("/usr/bin/phonograph", SlurmScript.Quote("/usr/bin/phonograph"));
        Assert.Equal("'it'\\''s $HOME'", SlurmScript.Quote("it's $HOME"));
        Assert.Equal("''", SlurmScript.Quote(""));
    }

    private SlurmCluster Read(string text) => SlurmClusterFile.Read(_folder.Write("cluster.yaml", text + "\n"));
}
