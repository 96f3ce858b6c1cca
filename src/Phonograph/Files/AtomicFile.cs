using System.IO.Compression;
using System.Text;

namespace Phonograph.Files;

/// <summary>Writes a file beside its place, flushes it to disk, then renames it: never half a file under its final name.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text in UTF-8; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</summary>
    /// <exception cref="IOException">The disk is full or the place cannot be written; the earlier file, if any, is untouched.</exception>
    public static void WriteText(string path, Action<TextWriter> write) => WriteStream(path, stream =>
    {
        using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes text in UTF-8; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</summary>
    public static void WriteText(string path, string text) => WriteText(path, writer => writer.Write(text));

    /// <summary>Writes bytes through a stream; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</summary>
    public static void WriteStream(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string beside = $"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                if (full.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                {
                    using var compressed = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true);
                    write(compressed);
                }
                else if (full.EndsWith(".xz", StringComparison.OrdinalIgnoreCase))
                {
                    using var memory = new MemoryStream();
                    write(memory);
                    XzFormat.Compress(memory.GetBuffer().AsSpan(0, (int)memory.Length), file);
                }
                else
                {
                    write(file);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Opens a text file for reading; <c>.gz</c> and <c>.xz</c> are decompressed.</summary>
    /// <exception cref="InputException">The file does not exist or may not be read, or a <c>.xz</c> file is broken.</exception>
    public static StreamReader OpenText(string path)
    {
        try
        {
            Stream stream = File.OpenRead(path);
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                stream = new GZipStream(stream, CompressionMode.Decompress);
            }
            else if (path.EndsWith(".xz", StringComparison.OrdinalIgnoreCase))
            {
                using Stream file = stream;
                stream = XzFormat.Decompress(file);
            }

            return new StreamReader(stream, Utf8);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such file. Give the path of an existing file.", error);
        }
        catch (InvalidDataException error)
        {
            throw new InputException($"{path}: the compressed data are broken or cut short. Copy the file again.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InputException($"{path}: may not be read. Give a readable file, not a folder.", error);
        }
    }
}
