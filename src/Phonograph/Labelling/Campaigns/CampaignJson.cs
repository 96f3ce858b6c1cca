using System.Text.Json.Serialization;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CampaignHeader))]
[JsonSerializable(typeof(AttemptDocument))]
internal sealed partial class CampaignJson : JsonSerializerContext;

/// <summary>Layout of <c>campaign.json</c>.</summary>
internal sealed record CampaignHeader(string Format, string Engine, string EngineVersion, string Level);

/// <summary>Layout of <c>result.json</c>; keys carry their units.</summary>
internal sealed class AttemptDocument
{
    [JsonPropertyName("job_sha256")]
    public required string Job { get; init; }

    [JsonPropertyName("frame")]
    public required string Frame { get; init; }

    [JsonPropertyName("engine")]
    public required string Engine { get; init; }

    [JsonPropertyName("engine_version")]
    public required string EngineVersion { get; init; }

    [JsonPropertyName("level")]
    public required string Level { get; init; }

    [JsonPropertyName("rung")]
    public required int Rung { get; init; }

    [JsonPropertyName("wall_s")]
    public required double WallSeconds { get; init; }

    [JsonPropertyName("program_version")]
    public string? ProgramVersion { get; init; }

    [JsonPropertyName("host")]
    public string? Host { get; init; }

    [JsonPropertyName("energy_eV")]
    public double? Energy { get; init; }

    [JsonPropertyName("vbm_eV")]
    public double? ValenceBandMaximum { get; init; }

    [JsonPropertyName("cbm_eV")]
    public double? ConductionBandMinimum { get; init; }

    [JsonPropertyName("vbm_reference")]
    public string? EigenvalueReference { get; init; }

    [JsonPropertyName("metallic")]
    public bool? Metallic { get; init; }

    [JsonPropertyName("volume_A3")]
    public double? Volume { get; init; }

    [JsonPropertyName("stress_eV_per_A3")]
    public double[]? Stress { get; init; }

    [JsonPropertyName("forces_eV_per_A")]
    public double[]? Forces { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("detail")]
    public string? Detail { get; init; }
}
