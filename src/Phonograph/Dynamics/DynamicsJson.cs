using System.Text.Json.Serialization;

namespace Phonograph.Dynamics;

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(DynamicsHeader))]
internal sealed partial class DynamicsJson : JsonSerializerContext;

/// <summary>Layout of <c>dynamics.json</c>; keys carry their units.</summary>
internal sealed record DynamicsHeader(
    [property: JsonPropertyName("format")] string Format,
    [property: JsonPropertyName("engine")] string Engine,
    [property: JsonPropertyName("engine_version")] string EngineVersion,
    [property: JsonPropertyName("level")] string Level,
    [property: JsonPropertyName("temperature_K")] double TemperatureKelvin,
    [property: JsonPropertyName("time_step_fs")] double TimeStepFemtosecond,
    [property: JsonPropertyName("thermostat_fs")] double? ThermostatTimeFemtosecond,
    [property: JsonPropertyName("seed")] ulong Seed,
    [property: JsonPropertyName("run")] int Run,
    [property: JsonPropertyName("crystal_sha256")] string Crystal);
