namespace Phonograph.Execution.Slurm;

/// <summary>What Slurm says of one task of an array.</summary>
/// <param name="JobId">Number of the array, the same for all its tasks.</param>
/// <param name="Index">Index of the task in the array.</param>
/// <param name="Array">Name of the array; empty where the source does not say.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StateName">The state in Slurm's own word.</param>
/// <param name="Reason">Slurm's reason, for example <c>Resources</c>; empty when there is none.</param>
/// <param name="Node">Node it runs or ran on; empty before it starts.</param>
public sealed record SlurmTask(string JobId, int Index, string Array, SlurmTaskState State, string StateName, string Reason, string Node);
