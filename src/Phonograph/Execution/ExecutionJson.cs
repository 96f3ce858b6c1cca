using System.Text.Json.Serialization;

namespace Phonograph.Execution;

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSerializable(typeof(ProcessIdentity))]
internal sealed partial class ExecutionJson : JsonSerializerContext;
