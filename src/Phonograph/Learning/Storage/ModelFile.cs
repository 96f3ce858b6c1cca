using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Files;
using Phonograph.Learning.Models;

namespace Phonograph.Learning.Storage;

/// <summary>
/// Model files: safetensors with the weights and running statistics under the names PyTorch gives them, the training history, signatures of the cells seen, and in the
/// metadata <c>format</c>, <c>format_version</c> and <c>description</c> (the <see cref="ModelDescription"/> as JSON).
/// </summary>
public static class ModelFile
{
    /// <summary>Value of the key <c>format</c>.</summary>
    public const string Format = "phonograph-model";

    /// <summary>Version of the layout of the metadata; a reader refuses other versions.</summary>
    public const int FormatVersion = 1;

    private const string Advice = "Train the model again, or use the version of Phonograph that wrote it.";

    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes a model; equal models give equal bytes.</summary>
    public static void Write(string path, TrainedModel model)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsTensor>(StringComparer.Ordinal);
        NetworkTensors.Add(tensors, model.Network.Arrays());
        tensors.Add(HistoryTensor.Name, HistoryTensor.Of(model.History));
        if (!model.Cells.IsEmpty)
        {
            tensors.Add(CellTensor.Name, CellTensor.Of(model.Cells));
        }

        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        metadata.Add("format", Format);
        metadata.Add("format_version", FormatVersion.ToString(CultureInfo.InvariantCulture));
        metadata.Add("description", JsonSerializer.Serialize(model.Description, Json));
        new SafetensorsFile(tensors.ToImmutable(), metadata.ToImmutable()).Write(path);
    }

    /// <summary>Reads a model and checks that it is whole.</summary>
    /// <exception cref="InputException">The file is missing, damaged, incomplete, of another version, or no model.</exception>
    public static TrainedModel Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        string format = Metadata(file, "format", path), version = Metadata(file, "format_version", path);
        if (format != Format || version != FormatVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw InputException.At(path, 0, $"format {format}, version {version}", $"{Format}, version {FormatVersion}", Advice);
        }

        ModelDescription description = Description(Metadata(file, "description", path), path);
        GraphNetwork<float> network = GraphNetworks.Create<float>(description.Network, seed: 0);
        NetworkTensors.Restore(file, network.Arrays(), path);
        if (network.Arrays().Any(array => array.Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)))
        {
            throw InputException.At(path, 0, "a weight that is not a finite number", "finite weights", Advice);
        }

        return new TrainedModel(description, network, HistoryTensor.Read(file, path)) { Cells = CellTensor.Read(file, path) };
    }

    private static string Metadata(SafetensorsFile file, string key, string path) => file.Metadata.TryGetValue(key, out string? value)
        ? value
        : throw InputException.At(path, 0, $"no metadata {key}", "a model file of Phonograph", "Give a file that `phonograph train` wrote.");

    private static ModelDescription Description(string text, string path)
    {
        try
        {
            ModelDescription description = JsonSerializer.Deserialize<ModelDescription>(text, Json) ?? throw new JsonException("it is null");
            description.Training.Options.Validated();
            Check(description);
            return description;
        }
        catch (Exception error) when (error is JsonException or InputException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path}: the description of the model cannot be used ({error.Message}). {Advice}", error);
        }
    }

    private static void Check(ModelDescription description)
    {
        if (description.Further is { } further && (further.IsDefaultOrEmpty || further.Any(each => each is null)))
        {
            throw new JsonException("further properties are missing");
        }

        GraphNetworks.Check(description.Network);
        int features = Graphs.NodeFeatures.Count;
        bool isSound = description.Hidden is >= 1 and <= 1024
            && description.Dropout is >= 0 and < 1
            && description.CutoffAngstrom > 0
            && description.Scales.Targets.Append(description.ConductionEdge ?? description.Target).All(target => target.Maximum > target.Minimum)
            && !description.Features.NodeMinimum.IsDefault && description.Features.NodeMinimum.Length == features
            && !description.Features.NodeMaximum.IsDefault && description.Features.NodeMaximum.Length == features
            && !description.Range.Elements.IsDefaultOrEmpty
            && !description.Training.TrainingConfigurations.IsDefaultOrEmpty && !description.Training.ValidationConfigurations.IsDefault;
        TargetHead head = description.Training.Options.Head;
        isSound &= (head == TargetHead.Edges) == (description.ConductionEdge is not null);
        TargetScales.Check(description.Properties, head);
        if (!isSound)
        {
            throw new JsonException("a value is missing or out of its range");
        }
    }
}
