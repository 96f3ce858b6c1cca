namespace Phonograph.Files;

/// <summary>A text file as one string.</summary>
internal static class WholeText
{
    /// <summary>Reads a file; <c>.gz</c> and <c>.xz</c> are decompressed.</summary>
    /// <exception cref="InputException">The file is missing, may not be read, or its compressed data are broken.</exception>
    internal static string Read(string path)
    {
        try
        {
            using StreamReader reader = AtomicFile.OpenText(path);
            return reader.ReadToEnd();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{path}: the compressed data are broken or cut short. Copy the file again.", error);
        }
        catch (ArgumentException error)
        {
            throw new InputException($"'{path}' is not a usable path. Give the path of an existing file.", error);
        }
    }
}
