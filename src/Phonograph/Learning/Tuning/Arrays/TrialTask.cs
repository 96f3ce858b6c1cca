using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Execution.Arrays;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning.Arrays;

/// <summary>A trial for one task of an array, up to a rung: data and settings a node reads and makes itself, and what it makes of them must have these fingerprints.</summary>
/// <param name="Name">Name of the task.</param>
/// <param name="Build">The program that asked for it.</param>
/// <param name="Threads">Threads the task may use.</param>
/// <param name="Goal">What is to be trained, and how far.</param>
/// <param name="Trainings">Fingerprints of its trainings, by seed.</param>
internal sealed record TrialTask(string Name, TrainingBuild Build, int Threads, TrialGoal Goal, ImmutableArray<string> Trainings) : IArrayTask<TrialTask>
{
    /// <summary>A task for this program.</summary>
    internal static TrialTask Of(TrialGoal goal, ImmutableArray<string> trainings, int threads) => new($"{trainings[0][..16]}-{Guid.NewGuid():N}", TrainingBuild.Here, threads, goal, trainings);

    /// <inheritdoc/>
    public void Write(string folder) => TaskFile.Write(
        folder,
        new TrialTaskDocument
        {
            Task = Name,
            ProgramVersion = Build.Version,
            Code = Build.Code,
            Threads = Threads,
            Set = Goal.Set,
            Trial = Goal.Trial + 1,
            Epochs = Goal.Epochs,
            Trainings = [.. Trainings],
        },
        TrialTaskJson.Default.TrialTaskDocument);

    /// <summary>Reads it from its folder; null when a killed coordinator left it unfinished.</summary>
    /// <exception cref="Files.InputException">It is damaged.</exception>
    public static TrialTask? TryRead(string folder) => TaskFile.TryRead(
        folder,
        TrialTaskJson.Default.TrialTaskDocument,
        document => document is { Trial: >= 1, Epochs: >= 1, Trainings.Length: >= 1 }
            ? new TrialTask(
                document.Task, document.Build, document.Threads, new TrialGoal(document.Set, document.Trial - 1, document.Epochs), [.. document.Trainings])
            : throw new JsonException("It names no trial."),
        "a task of a trial",
        "the command that made it");
}

/// <summary>A trial up to a rung.</summary>
/// <param name="Set">Name of its set of cells.</param>
/// <param name="Trial">Number of the trial, from 0.</param>
/// <param name="Epochs">Passes.</param>
internal sealed record TrialGoal(string Set, int Trial, int Epochs);

/// <summary>Layout of <c>task.json</c>; trials are counted from 1, as in results.</summary>
internal sealed class TrialTaskDocument : TrainingTaskDocument
{
    [JsonPropertyName("set")]
    public required string Set { get; init; }

    [JsonPropertyName("trial")]
    public required int Trial { get; init; }

    [JsonPropertyName("epochs")]
    public required int Epochs { get; init; }

    [JsonPropertyName("trainings")]
    public required string[] Trainings { get; init; }
}

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSerializable(typeof(TrialTaskDocument))]
internal sealed partial class TrialTaskJson : JsonSerializerContext;
