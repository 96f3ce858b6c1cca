using Phonograph.Execution.Slurm;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>Attempts of a campaign as tasks of job arrays instead of processes of this machine.</summary>
/// <param name="Cluster">How jobs are run there.</param>
/// <param name="Scheduler">Where arrays are submitted.</param>
/// <param name="Command">Shell line that computes one attempt when the folder of the task is appended to it (<see cref="ArrayWorker"/>).</param>
public sealed record ArrayExecution(SlurmCluster Cluster, IArrayScheduler Scheduler, string Command);
