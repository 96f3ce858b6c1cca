using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Execution;
using Phonograph.Learning.Tuning;
using Phonograph.Learning.Tuning.Arrays;
using Phonograph.Tests.Execution.Arrays;

namespace Phonograph.Tests.Learning.Tuning.Arrays;

/// <summary>A scripted scheduler whose tasks train trials; a task is about <c>SET TRIAL EPOCHS</c>. One that dies at work has done a pass.</summary>
internal sealed class ScriptedTrials(ImmutableArray<TuningSet> sets, TuningOptions options) : ScriptedScheduler
{
    /// <summary>Graph-steps that tasks have made so far; those of earlier tasks that checkpoints and journals saved are not counted.</summary>
    internal long GraphSteps { get; private set; }

    /// <summary>What tasks were about, in the order in which they ran.</summary>
    internal List<string> Begun { get; } = [];

    protected override Task<bool> WorkAsync(string folder, CancellationToken cancellation) => Task.FromResult(Work(folder, long.MaxValue, cancellation));

    protected override Task DieAtWorkAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            Work(folder, sets[0].Data.Training.Length, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Dead. A training that diverges in its first pass is over before.
        }

        return Task.CompletedTask;
    }

    protected override string About(string task)
    {
        using var document = JsonDocument.Parse(task);
        JsonElement root = document.RootElement;
        Begun.Add($"{root.GetProperty("set").GetString()} {root.GetProperty("trial").GetInt32()} {root.GetProperty("epochs").GetInt32()}");
        return Begun[^1];
    }

    private bool Work(string folder, long most, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        long done = 0;
        try
        {
            return TrialWorker.Run(folder, () => sets, options, "job", new ProgressListener(value =>
            {
                done = value.Done - value.DoneBefore;
                if (done >= most)
                {
                    stop.Cancel();
                }
            }), stop.Token);
        }
        finally
        {
            GraphSteps += done;
        }
    }
}
