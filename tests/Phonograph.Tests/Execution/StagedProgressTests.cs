using Phonograph.Execution;

namespace Phonograph.Tests.Execution;

/// <summary>How far a job of several stages is.</summary>
public sealed class StagedProgressTests
{
    [Fact]
    public void Shares_of_finished_and_coming_stages_add_up_to_the_whole_at_every_step()
    {
        var steps = new List<WorkProgress>();
        var job = new StagedProgress([new("graph", 1), new("tune", [1, 3, 2]), new("fits", 3)], new ProgressListener(steps.Add));
        for (int done = 1; done <= 4; done++)
        {
            job.Report(new WorkProgress("graph", done, 4));
        }

        foreach (int total in (int[])[10, 20, 5])
        {
            for (int done = 1; done <= total; done++)
            {
                job.Report(new WorkProgress("tune", done, total));
            }
        }

        job.Report(new WorkProgress("fits", 1, 2));
        job.Report(new WorkProgress("fits", 2, 2));
        Assert.All(steps, step => Assert.Equal(10, step.Whole!.Value.Done + step.Whole.Value.Left, 12));
        Assert.Equal(steps.Select(step => step.Whole!.Value.Done).Order(), steps.Select(step => step.Whole!.Value.Done));
        Assert.Equal((0.25, 10), (steps[0].Whole!.Value.Done, steps[^1].Whole!.Value.Done));
        Assert.Equal(0, steps[^1].Whole!.Value.Left, 12);
        Assert.Equal(1 + 1 + 3 * 0.5, steps[4 + 10 + 9].Whole!.Value.Done, 12);
    }

    [Fact]
    public void What_an_earlier_run_did_is_neither_done_nor_left_and_what_an_early_stop_saves_is_done()
    {
        var steps = new List<WorkProgress>();
        var job = new StagedProgress([new("fits", 8), new("report", 2)], new ProgressListener(steps.Add));

        // Two fits of 100 passes are read, a third stops early at 60 of its 100, a fourth runs.
        job.Report(new WorkProgress("fits", 100, 400, DoneBefore: 100));
        job.Report(new WorkProgress("fits", 200, 400, DoneBefore: 200));
        job.Report(new WorkProgress("fits", 260, 400, DoneBefore: 200));
        job.Report(new WorkProgress("fits", 300, 400, DoneBefore: 240));
        job.Report(new WorkProgress("fits", 400, 400, DoneBefore: 240));
        job.Report(new WorkProgress("report", 1, 1));
        Assert.Equal([(0, 8), (0, 6), (1.2, 4.8), (2, 4), (4, 2), (6, 0)], steps.Select(step => (Math.Round(step.Whole!.Value.Done, 9), Math.Round(step.Whole!.Value.Left, 9))));
    }

    [Fact]
    public void A_stage_that_does_not_occur_drops_out_and_one_that_comes_again_or_is_unknown_changes_nothing()
    {
        var steps = new List<WorkProgress>();
        var job = new StagedProgress([new("fits", 4), new("hamiltonians", 3), new("explain", 2), new("report", 1)], new ProgressListener(steps.Add));
        job.Report(new WorkProgress("sets", 1, 2));
        job.Report(new WorkProgress("fits", 4, 4));
        job.Report(new WorkProgress("explain", 1, 2));
        job.Report(new WorkProgress("fits", 1, 4));
        job.Report(new WorkProgress("sets", 2, 2));
        job.Report(new WorkProgress("report", 1, 1));
        Assert.Null(steps[0].Whole);
        Assert.Equal([(4, 6), (5, 2), (5, 2), (5, 2), (7, 0)], steps.Skip(1).Select(step => (step.Whole!.Value.Done, step.Whole.Value.Left)));
        Assert.Equal(["sets", "fits", "explain", "fits", "sets", "report"], steps.Select(step => step.Stage));
    }
}
