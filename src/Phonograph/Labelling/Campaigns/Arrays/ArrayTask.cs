using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Crystals;
using Phonograph.Execution.Arrays;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>One attempt for one task of an array: all that a node needs to know, as kept in <c>task.json</c>; numbers with every digit.</summary>
/// <param name="Attempt">Name of its folder in <c>attempts/</c> when it is finished.</param>
/// <param name="Job">What to compute.</param>
/// <param name="Rung">Rung of the recovery ladder.</param>
/// <param name="Engine">Name of the engine.</param>
/// <param name="EngineVersion">Version that the campaign's labels have; a node with another one refuses.</param>
/// <param name="Level">Level of theory.</param>
/// <param name="Threads">Threads it may use.</param>
/// <param name="TimeoutSeconds">Time after which the attempt counts as failed, s.</param>
internal sealed record ArrayTask(string Attempt, LabelJob Job, int Rung, string Engine, string EngineVersion, string Level, int Threads, double TimeoutSeconds)
    : IArrayTask<ArrayTask>
{
    /// <summary>Processes of MPI it has.</summary>
    internal int Ranks { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => Attempt;

    /// <inheritdoc/>
    public void Write(string folder)
    {
        Crystal crystal = Job.Crystal;
        var document = new ArrayTaskDocument
        {
            Attempt = Attempt,
            Frame = Job.Id,
            Job = Job.Key,
            Engine = Engine,
            EngineVersion = EngineVersion,
            Level = Level,
            Rung = Rung,
            Threads = Threads,
            Ranks = Ranks,
            Timeout = TimeoutSeconds,
            Lattice = [.. new[] { crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C }.SelectMany(Numbers)],
            Elements = [.. crystal.Elements.Select(element => element.Symbol)],
            Positions = [.. crystal.PositionsFractional.SelectMany(Numbers)],
            Masses = [.. crystal.MassesAmu],
        };
        TaskFile.Write(folder, document, ArrayJson.Default.ArrayTaskDocument);
    }

    /// <summary>Whether its attempt is finished.</summary>
    internal bool IsFinished(CampaignFolder campaign) => Directory.Exists(Path.Combine(campaign.Attempts, Attempt));

    /// <summary>Reads it from its folder; null when a killed coordinator left it unfinished.</summary>
    /// <exception cref="Files.InputException">It is damaged: its crystal is not the one whose hash it carries.</exception>
    public static ArrayTask? TryRead(string folder) => TaskFile.TryRead(folder, ArrayJson.Default.ArrayTaskDocument, Read, "a task of a campaign", "the next 'phonograph label'");

    private static ArrayTask Read(ArrayTaskDocument document)
    {
        Vector3D[] lattice = [.. Vectors(document.Lattice)];
        var crystal = new Crystal(
            new Lattice(new Matrix3x3(lattice[0], lattice[1], lattice[2])), [.. document.Elements.Select(Element.Of)], [.. Vectors(document.Positions)], [.. document.Masses]);
        return JobKey.Of(crystal, document.Engine, document.Level) == document.Job
            ? new ArrayTask(
                document.Attempt, new LabelJob(document.Frame, document.Job, crystal, document.Rung), document.Rung, document.Engine, document.EngineVersion, document.Level,
                document.Threads, document.Timeout)
            {
                Ranks = document.Ranks ?? 1,
            }
            : throw new JsonException("Its crystal is not the one whose hash it carries.");
    }

    private static double[] Numbers(Vector3D vector) => [vector.X, vector.Y, vector.Z];

    private static IEnumerable<Vector3D> Vectors(double[] numbers) =>
        numbers.Length % 3 == 0 ? numbers.Chunk(3).Select(three => new Vector3D(three[0], three[1], three[2])) : throw new JsonException("A vector is cut short.");
}

/// <summary>Layout of <c>task.json</c>; keys carry their units.</summary>
internal sealed class ArrayTaskDocument
{
    [JsonPropertyName("attempt")]
    public required string Attempt { get; init; }

    [JsonPropertyName("frame")]
    public required string Frame { get; init; }

    [JsonPropertyName("job_sha256")]
    public required string Job { get; init; }

    [JsonPropertyName("engine")]
    public required string Engine { get; init; }

    [JsonPropertyName("engine_version")]
    public required string EngineVersion { get; init; }

    [JsonPropertyName("level")]
    public required string Level { get; init; }

    [JsonPropertyName("rung")]
    public required int Rung { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonPropertyName("ranks")]
    public int? Ranks { get; init; }

    [JsonPropertyName("timeout_s")]
    public required double Timeout { get; init; }

    [JsonPropertyName("lattice_A")]
    public required double[] Lattice { get; init; }

    [JsonPropertyName("elements")]
    public required string[] Elements { get; init; }

    [JsonPropertyName("positions_fractional")]
    public required double[] Positions { get; init; }

    [JsonPropertyName("masses_u")]
    public required double[] Masses { get; init; }
}

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSerializable(typeof(ArrayTaskDocument))]
internal sealed partial class ArrayJson : JsonSerializerContext;
