using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Storage;

namespace Phonograph.Learning.Tuning;

/// <summary>Reads and writes a <see cref="TuningResult"/> as JSON.</summary>
public static class TuningResultFile
{
    /// <summary>Name of the file inside an output folder.</summary>
    public const string Name = "tune.json";

    private static readonly JsonSerializerOptions Json = new(ModelFile.Json) { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the result into a folder.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(TuningResult result, string folder)
    {
        string path = Path.Combine(folder, Name);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(result, Json) + "\n");
        return path;
    }

    /// <summary>Reads the result of a folder, or a file of any name.</summary>
    /// <exception cref="InputException">There is no such file, or it is not the result of a tuning.</exception>
    public static TuningResult Read(string folderOrFile)
    {
        string path = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, Name) : folderOrFile;
        string text = WholeText.Read(path);
        try
        {
            return JsonSerializer.Deserialize<TuningResult>(text, Json) is { Sets.IsDefaultOrEmpty: false } result
                ? result
                : throw InputException.At(path, 0, "no sets of cells", $"the {Name} of a tuning", "Run 'phonograph tune' to make one.");
        }
        catch (JsonException error)
        {
            throw InputException.At(path, (int)(error.LineNumber ?? 0) + 1, "something else", $"the {Name} of a tuning", "Run 'phonograph tune' to make a new one.");
        }
    }
}
