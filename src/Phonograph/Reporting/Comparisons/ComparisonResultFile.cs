using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Files;

namespace Phonograph.Reporting.Comparisons;

/// <summary>Reads and writes a <see cref="ComparisonResult"/> as JSON.</summary>
public static class ComparisonResultFile
{
    /// <summary>Name of the file inside a results folder.</summary>
    public const string Name = "comparison.json";

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

    /// <summary>Writes the result into a folder.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(ComparisonResult result, string folder)
    {
        string path = Path.Combine(folder, Name);
        AtomicFile.WriteStream(path, stream => JsonSerializer.Serialize(stream, result, Options));
        return path;
    }

    /// <summary>Reads the result of a folder, or a file of any name.</summary>
    /// <param name="folderOrFile">A results folder or the JSON file itself.</param>
    /// <exception cref="InputException">There is no such file, or it is not the result of a comparison.</exception>
    public static ComparisonResult Read(string folderOrFile)
    {
        string path = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, Name) : folderOrFile;
        using StreamReader reader = AtomicFile.OpenText(path);
        try
        {
            return JsonSerializer.Deserialize<ComparisonResult>(reader.ReadToEnd(), Options) ?? throw Wrong("null", null);
        }
        catch (JsonException error)
        {
            throw Wrong($"something else{(error.Path is null or "$" ? "" : $" at {error.Path}")}", error);
        }
        catch (InvalidDataException error)
        {
            throw new InputException($"{path}: the compressed data are broken or cut short. Copy the file again.", error);
        }

        InputException Wrong(string found, Exception? error) => new($"{path}: found {found}; expected the {Name} of a comparison. Run 'phonograph study compare' to make a new one.", error!);
    }
}
