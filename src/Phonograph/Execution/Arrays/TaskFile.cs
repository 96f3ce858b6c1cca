using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Phonograph.Files;

namespace Phonograph.Execution.Arrays;

/// <summary><c>task.json</c> of a task, whatever is in it.</summary>
internal static class TaskFile
{
    private const string Name = "task.json";

    /// <summary>Where it lies.</summary>
    internal static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Writes it, whole or not at all.</summary>
    internal static void Write<TDocument>(string folder, TDocument document, JsonTypeInfo<TDocument> layout) =>
        AtomicFile.WriteText(PathIn(folder), JsonSerializer.Serialize(document, layout) + "\n");

    /// <summary>Reads it; null when a killed coordinator left the folder unfinished, or it is gone.</summary>
    /// <param name="folder">Folder of the task.</param>
    /// <param name="layout">Layout of the file.</param>
    /// <param name="task">What the file says; refuses with <see cref="JsonException"/>.</param>
    /// <param name="expected">What is expected, for the message.</param>
    /// <param name="maker">Who makes it anew, for the message.</param>
    /// <exception cref="InputException">It is damaged.</exception>
    internal static TTask? TryRead<TDocument, TTask>(string folder, JsonTypeInfo<TDocument> layout, Func<TDocument, TTask> task, string expected, string maker)
        where TTask : class
    {
        string path = PathIn(folder);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return task(JsonSerializer.Deserialize(File.ReadAllText(path), layout) ?? throw new JsonException("It is empty."));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InputException($"{path}: not {expected} ({error.Message}) Remove its folder; {maker} makes it anew.", error);
        }
    }
}
