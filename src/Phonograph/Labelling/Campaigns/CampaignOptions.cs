using System.Collections.Immutable;
using Phonograph.Execution.Arrays;

namespace Phonograph.Labelling.Campaigns;

/// <summary>How to run a labelling campaign.</summary>
/// <param name="Engine">Engine of all labels.</param>
/// <param name="Level">Level of all labels.</param>
public sealed record CampaignOptions(IElectronicStructureEngine Engine, string Level)
{
    /// <summary>Jobs computed at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Threads of each job. With more than one, the last bits of a label may depend on their timing.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Processes of MPI of each job.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Whether each worker's jobs are bound to processors of their own, ranks times threads of them.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Memory that each job needs, bytes: no more workers start than fit into what is free, one at least. Null to trust <see cref="Workers"/>.</summary>
    public long? MemoryOfAJobBytes { get; init; }

    /// <summary>Jobs to finish in this run; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Time an attempt may take, without pauses, before it is ended and counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Sets aside the failed attempts of jobs that failed or were refused and climbs their ladders again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Extended XYZ files with labels that an earlier campaign of the same engine, version and level exported: what is found there is not computed.</summary>
    public ImmutableArray<string> KnownFiles { get; init; } = [];

    /// <summary>Job arrays of a cluster that compute the attempts; null for workers of this machine. <see cref="Workers"/> and <see cref="Threads"/> are then not used.</summary>
    public ArrayExecution? Arrays { get; init; }

    /// <summary>Told in a sentence about damaged results that were set aside, a journal that was made anew, and a queue that does not answer.</summary>
    public Action<string>? Notice { get; init; }
}
