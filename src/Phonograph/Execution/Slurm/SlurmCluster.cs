using System.Collections.Immutable;

namespace Phonograph.Execution.Slurm;

/// <summary>How jobs are run on a cluster with Slurm; <see cref="SlurmClusterFile"/> reads it.</summary>
public sealed record SlurmCluster
{
    /// <summary>Partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>Account to charge; null for the user's default.</summary>
    public string? Account { get; init; }

    /// <summary>Quality of service; null for the default.</summary>
    public string? QualityOfService { get; init; }

    /// <summary>Time limit of a task; Slurm counts in whole minutes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Memory of a task, MiB.</summary>
    public long MemoryMebibytes { get; init; } = 4096;

    /// <summary>Cores of each rank, and its threads.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Processes of MPI of a task, all on one node.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Environment modules to load on the node, in order.</summary>
    public ImmutableArray<string> Modules { get; init; } = [];

    /// <summary>Shell lines to run on the node before the work, in order.</summary>
    public ImmutableArray<string> Setup { get; init; } = [];

    /// <summary>Further options of <c>sbatch</c>, each with its dashes.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Tasks of an array that may run at the same time; null for no limit.</summary>
    public int? Throttle { get; init; }

    /// <summary>Tasks in the queue at most, all arrays together.</summary>
    public int Tasks { get; init; } = 1000;

    /// <summary>Fits of networks that a task trains, one after the other or, with several cores, side by side.</summary>
    public int FitsPerTask { get; init; } = 8;

    /// <summary>Time between two looks at the queue.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Command that starts this program on a node, as a shell line; null for the very program that submits.</summary>
    public string? Program { get; init; }

    /// <summary>How often a task is tried again after each kind of end.</summary>
    public SlurmRetries Retries { get; init; } = new();

    /// <summary>Resources of a task that has used up smaller ones: each time-out doubles its time, each lack of memory its memory.</summary>
    /// <param name="timeOuts">Earlier ends by the time limit.</param>
    /// <param name="memoryLacks">Earlier ends for lack of memory.</param>
    public SlurmResources ResourcesAfter(int timeOuts, int memoryLacks) => new(Time * Math.Pow(2, timeOuts), MemoryMebibytes << memoryLacks);
}

/// <summary>How often a task is submitted again after an end without a result; after that the attempt or the fits count as failed.</summary>
/// <param name="TimeOuts">After the time limit, each time with twice the time.</param>
/// <param name="MemoryLacks">After a lack of memory, each time with twice the memory.</param>
/// <param name="Losses">After a node failure, preemption, cancellation or an unexplained end, with the same resources.</param>
public sealed record SlurmRetries(int TimeOuts = 2, int MemoryLacks = 2, int Losses = 5);

/// <summary>What a task may use.</summary>
/// <param name="Time">Time limit.</param>
/// <param name="MemoryMebibytes">Memory, MiB.</param>
public sealed record SlurmResources(TimeSpan Time, long MemoryMebibytes);
