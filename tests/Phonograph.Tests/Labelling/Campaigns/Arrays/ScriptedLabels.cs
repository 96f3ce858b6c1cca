using System.Text.RegularExpressions;
using Phonograph.Labelling.Campaigns.Arrays;
using Phonograph.Tests.Execution.Arrays;

namespace Phonograph.Tests.Labelling.Campaigns.Arrays;

/// <summary>A scripted scheduler whose tasks are attempts; a task is about its configuration.</summary>
internal sealed partial class ScriptedLabels(ScriptedEngine engine) : ScriptedScheduler
{
    protected override async Task<bool> WorkAsync(string folder, CancellationToken cancellation) =>
        await ArrayWorker.RunAsync(folder, _ => engine, "job", cancellation) != ArrayWorkerEnd.Withdrawn;

    protected override async Task DieAtWorkAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "work"));
        await File.WriteAllTextAsync(Path.Combine(folder, "work", "job.out"), "half of it", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "started"), "node1 job\n", cancellation);
    }

    protected override string About(string task) => Frame().Match(task).Groups[1].Value;

    [GeneratedRegex("\"frame\":\"([^\"]*)\"")]
    private static partial Regex Frame();
}
