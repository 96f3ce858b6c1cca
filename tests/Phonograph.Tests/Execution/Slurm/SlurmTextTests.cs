using Phonograph.Execution.Slurm;
using Phonograph.Testing;

namespace Phonograph.Tests.Execution.Slurm;

public sealed class SlurmTextTests
{
    [Fact]
    public void Tasks_of_a_running_array_are_read_as_squeue_printed_them()
    {
        IReadOnlyList<SlurmTask> tasks = SlurmText.Squeue(Recorded("squeue-running.txt"));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], tasks.Select(task => task.Index).Order());
        Assert.All(tasks, task => Assert.Equal("phonograph-recorded", task.Array));
        Assert.All(tasks, task => Assert.Equal(SlurmText.Sbatch(Recorded("sbatch.txt")), task.JobId));
        Assert.Equal([7, 8], Of(tasks, SlurmTaskState.Pending));
        Assert.Equal([4, 5, 6], Of(tasks, SlurmTaskState.Running));
        Assert.All(tasks, task => Assert.Equal(task.State == SlurmTaskState.Pending ? "" : "node1", task.Node));
        Assert.All(tasks.Where(task => task.State == SlurmTaskState.Pending), task => Assert.Equal("JobArrayTaskLimit", task.Reason));
    }

    [Fact]
    public void Every_way_to_end_is_told_from_the_others()
    {
        IReadOnlyList<SlurmTask> tasks = SlurmText.Squeue(Recorded("squeue-ended.txt"));
        Assert.Equal([1], Of(tasks, SlurmTaskState.Completed));
        Assert.Equal([2, 3], Of(tasks, SlurmTaskState.Failed));
        Assert.Equal([6], Of(tasks, SlurmTaskState.Cancelled));
        Assert.Equal([4, 5, 7], Of(tasks, SlurmTaskState.TimedOut));
        Assert.Equal([8], Of(tasks, SlurmTaskState.NodeFailed));
    }

    [Fact]
    public void Warnings_headers_and_ranges_that_wait_as_one_are_no_tasks() => Assert.Empty(SlurmText.Squeue(
        """
        squeue: error: slurm_load_jobs: socket timed out
        JOBID|STATE|REASON|NODELIST|NAME
        7_[1-8%2]|PENDING|Resources||phonograph-1
        8|RUNNING|None|node1|another
        7_2|UNHEARD_OF|None|node1|phonograph-1
        7_2|RUNNING
        """));

    [Fact]
    public void Accounting_says_who_cancelled_and_names_steps_that_are_no_tasks()
    {
        IReadOnlyList<SlurmTask> tasks = SlurmText.Sacct(
            """
            12_1|COMPLETED|node1|phonograph-1
            12_1.batch|COMPLETED|node1|batch
            12_2|CANCELLED by 1000|None assigned|phonograph-1
            12_3|OUT_OF_MEMORY|node2|phonograph-1
            12_4|PREEMPTED|node2|phonograph-1
            12_[5-9]|PENDING|None assigned|phonograph-1
            """);
        Assert.Equal(
            [(1, SlurmTaskState.Completed, "node1"), (2, SlurmTaskState.Cancelled, ""), (3, SlurmTaskState.OutOfMemory, "node2"), (4, SlurmTaskState.Preempted, "node2")],
            tasks.Select(task => (task.Index, task.State, task.Node)));
    }

    [Fact]
    public void Keys_of_scontrol_end_where_the_next_key_begins()
    {
        IReadOnlyDictionary<string, string> job = SlurmText.ScontrolJob(Recorded("scontrol-job.txt"));
        Assert.Equal(("FAILED", "NonZeroExitCode", "7:0", "node1", "2"), (job["JobState"], job["Reason"], job["ExitCode"], job["NodeList"], job["ArrayTaskId"]));
        Assert.Equal("cpu=1,mem=100M,node=1,billing=1", job["TRES"]);
        Assert.Equal("", job["Power"]);
        Assert.Equal("two words", SlurmText.ScontrolJob("Comment=two words JobId=4")["Comment"]);
        IReadOnlyDictionary<string, string> configuration = SlurmText.ScontrolConfig(Recorded("scontrol-config.txt"));
        Assert.Equal(("1001", "accounting_storage/none"), (configuration["MaxArraySize"], configuration["AccountingStorageType"]));
    }

    [Theory]
    [InlineData("123\n", "123")]
    [InlineData("123;cluster\n", "123")]
    [InlineData("sbatch: warning: something 5\n42\n", "42")]
    [InlineData("sbatch: error: no\n", null)]
    [InlineData("", null)]
    public void The_number_of_a_submitted_array_is_found_beside_warnings(string text, string? expected) => Assert.Equal(expected, SlurmText.Sbatch(text));

    [Theory]
    [InlineData("sbatch: error: QOSMaxSubmitJobPerUserLimit / sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)", true)]
    [InlineData("sbatch: error: Batch job submission failed: Socket timed out on send/recv operation", true)]
    [InlineData("sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)", true)]
    [InlineData("sbatch: error: Batch job submission failed: Requested partition configuration not available now", true)]
    [InlineData("sbatch: error: Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit)", false)]
    [InlineData("sbatch: error: Batch job submission failed: Requested node configuration is not available", false)]
    [InlineData("sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified", false)]
    [InlineData("sbatch: error: Batch job submission failed: Memory required by task is not available", false)]
    public void Refusals_that_pass_are_told_from_those_that_do_not(string said, bool isPassing) => Assert.Equal(isPassing, SlurmText.IsPassing(said));

    [Fact]
    public void Every_state_of_the_manual_page_is_known()
    {
        string[] states = ("BOOT_FAIL CANCELLED COMPLETED CONFIGURING COMPLETING DEADLINE FAILED NODE_FAIL OUT_OF_MEMORY PENDING PREEMPTED RUNNING RESV_DEL_HOLD REQUEUE_FED "
            + "REQUEUE_HOLD REQUEUED RESIZING REVOKED SIGNALING SPECIAL_EXIT STAGE_OUT STOPPED SUSPENDED TIMEOUT").Split(' ');
        Assert.All(states, state => Assert.NotNull(SlurmStateName.Parse(state)));
        Assert.Null(SlurmStateName.Parse("LOST"));
        Assert.Equal(SlurmTaskState.Cancelled, SlurmStateName.Parse("CANCELLED+"));
    }

    private static IEnumerable<int> Of(IEnumerable<SlurmTask> tasks, SlurmTaskState state) => tasks.Where(task => task.State == state).Select(task => task.Index).Order();

    private static string Recorded(string name) => File.ReadAllText(Repository.PathOf("tests", "reference", "slurm", name));
}
