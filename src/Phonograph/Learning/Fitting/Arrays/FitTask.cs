using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>Some fits for one task of an array, by their fingerprints: data and settings a node reads and makes itself, and what it makes of them must have these fingerprints.</summary>
/// <param name="Name">Name of the task.</param>
/// <param name="Build">The program that asked for them.</param>
/// <param name="Threads">Threads the task may use.</param>
/// <param name="Fits">Fingerprints.</param>
internal sealed record FitTask(string Name, TrainingBuild Build, int Threads, ImmutableArray<string> Fits) : IArrayTask<FitTask>
{
    /// <summary>A task for fits of this program.</summary>
    internal static FitTask Of(ImmutableArray<string> fits, int threads) => new($"{fits[0][..16]}-{Guid.NewGuid():N}", TrainingBuild.Here, threads, fits);

    /// <inheritdoc/>
    public void Write(string folder) => TaskFile.Write(
        folder, new FitTaskDocument { Task = Name, ProgramVersion = Build.Version, Code = Build.Code, Threads = Threads, Fits = [.. Fits] }, FitTaskJson.Default.FitTaskDocument);

    /// <summary>Reads it from its folder; null when a killed coordinator left it unfinished.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static FitTask? TryRead(string folder) => TaskFile.TryRead(
        folder,
        FitTaskJson.Default.FitTaskDocument,
        document => document.Fits.Length > 0
            ? new FitTask(document.Task, document.Build, document.Threads, [.. document.Fits])
            : throw new JsonException("It names no fits."),
        "a task of fits",
        "the command that made it");
}

/// <summary>Layout of <c>task.json</c>.</summary>
internal sealed class FitTaskDocument : TrainingTaskDocument
{
    [JsonPropertyName("fits")]
    public required string[] Fits { get; init; }
}

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSerializable(typeof(FitTaskDocument))]
internal sealed partial class FitTaskJson : JsonSerializerContext;
