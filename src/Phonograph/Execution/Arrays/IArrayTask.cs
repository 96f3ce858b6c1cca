namespace Phonograph.Execution.Arrays;

/// <summary>What one task of an array is to do, as kept in <c>task.json</c> of its folder.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IArrayTask<TSelf>
    where TSelf : class, IArrayTask<TSelf>
{
    /// <summary>Name of the folder while the task is in no array; no other task has it.</summary>
    string Name { get; }

    /// <summary>Writes it into its folder.</summary>
    void Write(string folder);

    /// <summary>Reads it from its folder; null when a killed coordinator left it unfinished, or the folder is gone.</summary>
    /// <exception cref="Files.InputException">It is damaged.</exception>
    static abstract TSelf? TryRead(string folder);
}
