using System.Security.Cryptography;
using Phonograph.Files;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>A pseudopotential file that a level is bound to.</summary>
/// <param name="FileName">Name of the file.</param>
/// <param name="Hash">SHA-256 of its contents, lower-case hexadecimal: another file of the same name is another level.</param>
internal sealed record Pseudopotential(string FileName, string Hash)
{
    /// <summary>Environment variable of Quantum ESPRESSO that names the folder of pseudopotentials.</summary>
    internal const string FolderVariable = "ESPRESSO_PSEUDO";

    /// <summary>Where Debian's package <c>quantum-espresso-data</c> puts them.</summary>
    private const string DebianFolder = "/usr/share/espresso/pseudo";

    /// <summary>The folder that holds pseudopotentials, whose files are named without one.</summary>
    internal static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? Path.GetFullPath(named) : DebianFolder;

    /// <summary>Refuses a folder without this very file.</summary>
    /// <exception cref="InputException">The file is missing or another one.</exception>
    internal void Check(string level)
    {
        string path = Path.Combine(Folder, FileName);
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file, but level {level} needs it. Name the folder that holds it in {FolderVariable}, or: apt-get install -y quantum-espresso-data");
        }

        string found = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        if (found != Hash)
        {
            throw new InputException(
                $"{path}: found a file with SHA-256 {found[..16]}…, expected {Hash[..16]}…, the one level {level} is defined by. Name another folder in {FolderVariable}, or use a template of your own (--template).");
        }
    }
}
