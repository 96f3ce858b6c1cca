using System.IO.Compression;
using System.Text;

namespace Phonograph.Files;

/// <summary>Writes a file beside its place, flushes it to disk, then renames it: never half a file under its final name.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Without it .NET takes a compressed file that is cut short for a whole one: its end is silently missing. The programs of this repository switch it
    // on when they start (Directory.Build.props); this line does so for others.
    static AtomicFile() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>Writes text in UTF-8; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</summary>
    /// <exception cref="IOException">The disk is full; the earlier file, if any, is untouched.</exception>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void WriteText(string path, Action<TextWriter> write) => WriteStream(path, stream =>
    {
        using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes text in UTF-8; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</summary>
    public static void WriteText(string path, string text) => WriteText(path, writer => writer.Write(text));

    /// <summary>Writes bytes through a stream; a name ending in <c>.gz</c> or <c>.xz</c> is compressed.</summary>
    /// <exception cref="IOException">The disk is full; the earlier file, if any, is untouched.</exception>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void WriteStream(string path, Action<Stream> write) => Write(path, Compression(path), write);

    /// <summary>Writes bytes as they are, whatever the name.</summary>
    /// <exception cref="IOException">The disk is full; the earlier file, if any, is untouched.</exception>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void WriteBytes(string path, byte[] bytes) => Write(path, "", stream => stream.Write(bytes));

    private static void Write(string path, string compression, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string beside = $"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                switch (compression)
                {
                    case ".gz":
                        using (var compressed = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true))
                        {
                            write(compressed);
                        }

                        break;
                    case ".xz":
                        using (var memory = new MemoryStream())
                        {
                            write(memory);
                            XzFormat.Compress(memory.GetBuffer().AsSpan(0, (int)memory.Length), file);
                        }

                        break;
                    default:
                        write(file);
                        break;
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: true);
        }
        catch (Exception error)
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }

            if (OutputPlace.Explain(path, error) is { } explained)
            {
                throw explained;
            }

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
            switch (Compression(path))
            {
                case ".gz":
                    stream = new GZipStream(stream, CompressionMode.Decompress);
                    break;
                case ".xz":
                    using (Stream file = stream)
                    {
                        stream = XzFormat.Decompress(file);
                    }

                    break;
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

    /// <summary>The ending of a name in small letters: <c>.gz</c>, <c>.xz</c>, or another one, which means plain.</summary>
    private static string Compression(string path) => Path.GetExtension(path).ToLowerInvariant();
}
