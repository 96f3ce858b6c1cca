using System.Text.Json;
using Phonograph.Execution;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Fitting.Arrays;
using Phonograph.Tests.Execution.Arrays;

namespace Phonograph.Tests.Learning.Fitting.Arrays;

/// <summary>A scripted scheduler whose tasks train fits; a task is about its first fit. One that dies at work has done two passes.</summary>
internal sealed class ScriptedFits(IReadOnlyList<ModelRequest> requests) : ScriptedScheduler
{
    private const int PassesBeforeDeath = 2;

    /// <summary>Passes of all tasks so far; those of earlier tasks that checkpoints and models saved are not counted.</summary>
    internal long Passes { get; private set; }

    protected override Task<bool> WorkAsync(string folder, CancellationToken cancellation) => Task.FromResult(Work(folder, long.MaxValue, cancellation));

    protected override Task DieAtWorkAsync(string folder, CancellationToken cancellation)
    {
        Assert.Throws<OperationCanceledException>(() => Work(folder, PassesBeforeDeath, cancellation));
        return Task.CompletedTask;
    }

    protected override string About(string task)
    {
        using var document = JsonDocument.Parse(task);
        return document.RootElement.GetProperty("fits")[0].GetString()!;
    }

    private bool Work(string folder, long passes, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        long done = 0;
        try
        {
            return FitWorker.Run(folder, () => requests, "job", new ProgressListener(value =>
            {
                done = value.Done - value.DoneBefore;
                if (done >= passes)
                {
                    stop.Cancel();
                }
            }), stop.Token) == FitWorkerEnd.Finished;
        }
        finally
        {
            Passes += done;
        }
    }
}
