namespace Phonograph.Execution.Arrays;

/// <summary>What the tasks of an <see cref="ArrayQueue{TTask}"/> are about: where their results lie, and what follows from an end.</summary>
/// <typeparam name="TTask">What a task is to do.</typeparam>
internal interface IArrayWork<TTask>
    where TTask : class, IArrayTask<TTask>
{
    /// <summary>Whether a task that an earlier coordinator made is still to be done; one that is not is withdrawn.</summary>
    bool IsWanted(TTask task);

    /// <summary>Whether its result is there.</summary>
    bool HasResult(TTask task);

    /// <summary>Whether a begun task whose folder was taken away has brought a result that is only not to be seen yet: file systems of clusters show names late.</summary>
    bool IsResultComing(TaskFolder<TTask> folder);

    /// <summary>Takes results in and removes the folders of their tasks.</summary>
    void Take(IReadOnlyList<TaskFolder<TTask>> finished);

    /// <summary>Takes the news in that a task is not submitted again, and removes its folder.</summary>
    void GiveUp(TaskFolder<TTask> folder, TaskFailure failure);
}

/// <summary>Why a task is given up.</summary>
/// <param name="Reason"><c>timeout</c>, <c>out-of-memory</c> or <c>interrupted</c>.</param>
/// <param name="Detail">Its ends and what it printed.</param>
/// <param name="Seconds">Time of its last run where that is known, s; otherwise 0.</param>
/// <param name="Node">Node of its last run; empty when it is not known.</param>
internal sealed record TaskFailure(string Reason, string Detail, double Seconds, string Node);
