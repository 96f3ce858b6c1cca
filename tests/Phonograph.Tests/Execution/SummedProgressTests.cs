using Phonograph.Execution;

namespace Phonograph.Tests.Execution;

/// <summary>Progress of parts that run at the same time.</summary>
public sealed class SummedProgressTests
{
    [Fact]
    public void Parts_add_up_under_the_name_of_the_stage()
    {
        var steps = new List<WorkProgress>();
        var whole = new SummedProgress("tune", 3, new ProgressListener(steps.Add));
        whole.Part(1).Report(new WorkProgress("a", 2, 10, "detail", DoneBefore: 1));
        whole.Part(0).Report(new WorkProgress("b", 5, 5));
        whole.Part(1).Report(new WorkProgress("a", 10, 10, DoneBefore: 1));
        whole.Part(2).Report(new WorkProgress("c", 0, 7));
        Assert.Equal(
            [new WorkProgress("tune", 2, 10, "0 of 3 finished", 1), new("tune", 7, 15, "1 of 3 finished", 1), new("tune", 15, 15, "2 of 3 finished", 1), new("tune", 15, 22, "2 of 3 finished", 1)], steps);
    }
}
