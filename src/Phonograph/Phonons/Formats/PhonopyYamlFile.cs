using Phonograph.Files;
using Phonograph.Files.Yaml;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// phonopy's YAML files: <c>phonopy_disp.yaml</c>, <c>phonopy_params.yaml</c> and their like, plain or compressed (<c>.xz</c>, <c>.gz</c>). Read in the units of any of phonopy's calculators;
/// written in Å and eV, in the layout of phonopy 2.17.
/// </summary>
public static class PhonopyYamlFile
{
    /// <summary>True when a name is one of a YAML file, compressed or not.</summary>
    public static bool Matches(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = path.EndsWith(".xz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is missing, broken, or does not fit together.</exception>
    public static PhonopyDocument Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return PhonopyYamlReader.Read(path, YamlReader.Read(path, WholeText.Read(path)));
        }
        catch (InputException error) when (!error.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Writes a document: displacements, with forces where there are any, force constants when the document holds them, and Born charges.</summary>
    /// <param name="path">File; a name ending in <c>.xz</c> or <c>.gz</c> is compressed.</param>
    /// <param name="document">What to write; the atoms are written in phonopy's order, whatever the document's file order.</param>
    public static void Write(string path, PhonopyDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        AtomicFile.WriteText(path, writer => new PhonopyYamlWriter(writer, document).Write());
    }
}
