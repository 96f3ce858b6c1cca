using Phonograph.Files;

namespace Phonograph.Reporting.Comparisons;

/// <summary>Reads and writes a <see cref="ComparisonResult"/> as JSON.</summary>
public static class ComparisonResultFile
{
    /// <summary>Name of the file inside a results folder.</summary>
    public const string Name = "comparison.json";

    private static readonly ResultFile<ComparisonResult> Json = new(Name, "comparison", "phonograph study compare");

    /// <summary>Writes the result into a folder.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(ComparisonResult result, string folder) => Json.Write(result, folder);

    /// <summary>Reads the result of a folder, or a file of any name.</summary>
    /// <param name="folderOrFile">A results folder or the JSON file itself.</param>
    /// <exception cref="InputException">There is no such file, or it is not the result of a comparison.</exception>
    public static ComparisonResult Read(string folderOrFile) => Json.Read(folderOrFile);
}
