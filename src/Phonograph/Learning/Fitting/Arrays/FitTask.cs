using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>Some fits for one task of an array, by their fingerprints: data and settings a node reads and makes itself, and what it makes of them must have these fingerprints.</summary>
/// <param name="Name">Name of the task.</param>
/// <param name="ProgramVersion">Version of the program that asked for them.</param>
/// <param name="Code">Its <see cref="TrainingFingerprint.Code"/>.</param>
/// <param name="Threads">Threads the task may use.</param>
/// <param name="Fits">Fingerprints.</param>
internal sealed record FitTask(string Name, string ProgramVersion, string Code, int Threads, ImmutableArray<string> Fits) : IArrayTask<FitTask>
{
    /// <summary>A task for fits of this program.</summary>
    internal static FitTask Of(ImmutableArray<string> fits, int threads) =>
        new($"{fits[0][..16]}-{Guid.NewGuid():N}", Trainer.ProgramVersion, TrainingFingerprint.Code, threads, fits);

    /// <inheritdoc/>
    public void Write(string folder)
    {
        var document = new FitTaskDocument { Task = Name, ProgramVersion = ProgramVersion, Code = Code, Threads = Threads, Fits = [.. Fits] };
        AtomicFile.WriteText(Path.Combine(folder, IArrayTask<FitTask>.FileName), JsonSerializer.Serialize(document, FitTaskJson.Default.FitTaskDocument) + "\n");
    }

    /// <summary>Reads it from its folder; null when a killed coordinator left it unfinished.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static FitTask? TryRead(string folder)
    {
        string path = Path.Combine(folder, IArrayTask<FitTask>.FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            FitTaskDocument document = JsonSerializer.Deserialize(File.ReadAllText(path), FitTaskJson.Default.FitTaskDocument) ?? throw new JsonException("It is empty.");
            return document.Fits.Length > 0
                ? new FitTask(document.Task, document.ProgramVersion, document.Code, document.Threads, [.. document.Fits])
                : throw new JsonException("It names no fits.");
        }
        catch (JsonException error)
        {
            throw new InputException($"{path}: not a task of fits ({error.Message}) Remove its folder; the command that made it makes it anew.", error);
        }
    }
}

/// <summary>Layout of <c>task.json</c>.</summary>
internal sealed class FitTaskDocument
{
    [JsonPropertyName("task")]
    public required string Task { get; init; }

    [JsonPropertyName("program_version")]
    public required string ProgramVersion { get; init; }

    [JsonPropertyName("training_code")]
    public required string Code { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonPropertyName("fits")]
    public required string[] Fits { get; init; }
}

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSerializable(typeof(FitTaskDocument))]
internal sealed partial class FitTaskJson : JsonSerializerContext;
