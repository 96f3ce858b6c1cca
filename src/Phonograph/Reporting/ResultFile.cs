using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Files;

namespace Phonograph.Reporting;

/// <summary>Results as JSON: keys in snake case, enumerations by name, numbers that are none by name, nothing left out.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="name">Name of the file inside a results folder.</param>
/// <param name="work">What it is the result of, for messages: <c>study</c>.</param>
/// <param name="command">The command that makes one.</param>
internal sealed class ResultFile<T>(string name, string work, string command)
    where T : class
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        WriteIndented = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes a result into a folder; the path of the file.</summary>
    internal string Write(T result, string folder)
    {
        string path = Path.Combine(folder, name);
        AtomicFile.WriteStream(path, stream => JsonSerializer.Serialize(stream, result, Options));
        return path;
    }

    /// <summary>Reads the result of a folder, or a file of any name.</summary>
    /// <exception cref="InputException">There is no such file, or it holds something else.</exception>
    internal T Read(string folderOrFile)
    {
        string path = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, name) : folderOrFile;
        using StreamReader reader = AtomicFile.OpenText(path);
        try
        {
            return JsonSerializer.Deserialize<T>(reader.ReadToEnd(), Options) ?? throw InputException.At(path, 0, "null", $"a {work} result", $"Run '{command}' to make one.");
        }
        catch (JsonException error)
        {
            throw new InputException(
                $"{path}, line {(error.LineNumber ?? 0) + 1}: found no {work} result{(error.Path is null or "$" ? "" : $" at {error.Path}")} (character {(error.BytePositionInLine ?? 0) + 1}); expected the {name} of a {work}. Run '{command}' to make a new one.", error);
        }
        catch (InvalidDataException error)
        {
            throw new InputException($"{path}: the compressed data are broken or cut short. Copy the file again.", error);
        }
    }
}
