using System.Collections.Immutable;
using Phonograph.Execution.Slurm;

namespace Phonograph.Execution.Arrays;

/// <summary>An array that would be submitted.</summary>
/// <param name="Tasks">Number of its tasks.</param>
/// <param name="Times">How often such an array is submitted.</param>
/// <param name="Script">Its batch script; the twelve x in names stand for a number of its own.</param>
public sealed record PlannedArray(int Tasks, int Times, string Script)
{
    /// <summary>The arrays until every task was submitted once.</summary>
    /// <param name="root">Folder of all arrays of the work; it may be missing.</param>
    /// <param name="execution">How tasks are run.</param>
    /// <param name="tasks">Number of tasks.</param>
    internal static ImmutableArray<PlannedArray> All(string root, ArrayExecution execution, int tasks)
    {
        SlurmCluster cluster = execution.Cluster;
        ArrayFolder folder = ArrayFolder.Planned(root);
        (int Tasks, int Times)[] arrays = [(Math.Min(tasks, cluster.Tasks), tasks / cluster.Tasks), (tasks % cluster.Tasks, 1)];
        return
        [
            .. from array in arrays
               where array.Tasks > 0 && array.Times > 0
               select new PlannedArray(array.Tasks, array.Times, SlurmScript.Of(cluster, cluster.ResourcesAfter(0, 0), folder.Name, array.Tasks, folder.Place, execution.Command)),
        ];
    }
}
