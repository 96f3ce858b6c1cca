using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Files;

namespace Phonograph.Reporting;

/// <summary>Reads and writes a <see cref="StudyResult"/> as JSON.</summary>
public static class StudyResultFile
{
    /// <summary>Name of the file inside a results folder.</summary>
    public const string Name = "study-result.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        WriteIndented = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes the result into a folder.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(StudyResult result, string folder)
    {
        string path = Path.Combine(folder, Name);
        AtomicFile.WriteStream(path, stream => JsonSerializer.Serialize(stream, result, Options));
        return path;
    }

    /// <summary>Reads the result of a folder, or a file of any name.</summary>
    /// <param name="folderOrFile">A results folder or the JSON file itself.</param>
    /// <exception cref="InputException">There is no such file, or it is not a study result.</exception>
    public static StudyResult Read(string folderOrFile)
    {
        string path = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, Name) : folderOrFile;
        using StreamReader reader = AtomicFile.OpenText(path);
        try
        {
            return JsonSerializer.Deserialize<StudyResult>(reader.ReadToEnd(), Options)
                ?? throw InputException.At(path, 0, "null", "a study result", "Run 'phonograph study' to make one.");
        }
        catch (JsonException error)
        {
            throw new InputException(
                $"{path}, line {(error.LineNumber ?? 0) + 1}: found no study result{(error.Path is null or "$" ? "" : $" at {error.Path}")} (character {(error.BytePositionInLine ?? 0) + 1}); expected the {Name} of a study. Run 'phonograph study' to make a new one.", error);
        }
        catch (InvalidDataException error)
        {
            throw new InputException($"{path}: the compressed data are broken or cut short. Copy the file again.", error);
        }
    }
}
