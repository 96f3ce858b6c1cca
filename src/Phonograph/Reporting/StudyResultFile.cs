using Phonograph.Files;

namespace Phonograph.Reporting;

/// <summary>Reads and writes a <see cref="StudyResult"/> as JSON.</summary>
public static class StudyResultFile
{
    /// <summary>Name of the file inside a results folder.</summary>
    public const string Name = "study-result.json";

    private static readonly ResultFile<StudyResult> Json = new(Name, "study", "phonograph study");

    /// <summary>Writes the result into a folder.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(StudyResult result, string folder) => Json.Write(result, folder);

    /// <summary>Reads the result of a folder, or a file of any name.</summary>
    /// <param name="folderOrFile">A results folder or the JSON file itself.</param>
    /// <exception cref="InputException">There is no such file, or it is not the result of a study.</exception>
    public static StudyResult Read(string folderOrFile) => Json.Read(folderOrFile);
}
