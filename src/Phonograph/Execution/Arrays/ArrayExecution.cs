using Phonograph.Execution.Slurm;

namespace Phonograph.Execution.Arrays;

/// <summary>Work as tasks of job arrays instead of processes of this machine.</summary>
/// <param name="Cluster">How jobs are run there.</param>
/// <param name="Scheduler">Where arrays are submitted.</param>
/// <param name="Command">Shell line that does one task when the folder of the task is appended to it.</param>
public sealed record ArrayExecution(SlurmCluster Cluster, IArrayScheduler Scheduler, string Command);
