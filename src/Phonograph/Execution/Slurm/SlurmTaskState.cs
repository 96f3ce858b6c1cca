namespace Phonograph.Execution.Slurm;

/// <summary>Where a task of a Slurm array stands, as far as it matters for what to do next.</summary>
public enum SlurmTaskState
{
    /// <summary>It waits in the queue.</summary>
    Pending,

    /// <summary>It runs, starts, ends or is suspended.</summary>
    Running,

    /// <summary>It ended with exit code 0.</summary>
    Completed,

    /// <summary>It ended with another exit code or by a signal, or could not be started.</summary>
    Failed,

    /// <summary>It reached its time limit.</summary>
    TimedOut,

    /// <summary>It needed more memory than it had asked for.</summary>
    OutOfMemory,

    /// <summary>Its node failed.</summary>
    NodeFailed,

    /// <summary>It made room for another job.</summary>
    Preempted,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}

/// <summary>The words of Slurm for states (squeue(1), section job state codes).</summary>
public static class SlurmStateName
{
    /// <summary>Reads the long name of a state, also with what <c>sacct</c> appends (<c>CANCELLED by 1000</c>, <c>CANCELLED+</c>).</summary>
    /// <returns>The state; null for a word that Slurm does not document.</returns>
    public static SlurmTaskState? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split(' ', '+')[0] switch
        {
            "PENDING" or "CONFIGURING" or "REQUEUED" or "REQUEUE_HOLD" or "REQUEUE_FED" or "RESV_DEL_HOLD" or "SPECIAL_EXIT" => SlurmTaskState.Pending,
            "RUNNING" or "COMPLETING" or "RESIZING" or "SIGNALING" or "STAGE_OUT" or "STOPPED" or "SUSPENDED" => SlurmTaskState.Running,
            "COMPLETED" => SlurmTaskState.Completed,
            "FAILED" => SlurmTaskState.Failed,
            "TIMEOUT" or "DEADLINE" => SlurmTaskState.TimedOut,
            "OUT_OF_MEMORY" => SlurmTaskState.OutOfMemory,
            "NODE_FAIL" or "BOOT_FAIL" => SlurmTaskState.NodeFailed,
            "PREEMPTED" => SlurmTaskState.Preempted,
            "CANCELLED" or "REVOKED" => SlurmTaskState.Cancelled,
            _ => null,
        };
    }
}
