using System.Text.Json.Serialization;

namespace Phonograph.Learning.Training;

/// <summary>What every <c>task.json</c> of trainings says: the task's name, the program that asked for it, the threads it may use.</summary>
internal abstract class TrainingTaskDocument
{
    [JsonPropertyName("task")]
    public required string Task { get; init; }

    [JsonPropertyName("program_version")]
    public required string ProgramVersion { get; init; }

    [JsonPropertyName("training_code")]
    public required string Code { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonIgnore]
    public TrainingBuild Build => new(ProgramVersion, Code);
}
