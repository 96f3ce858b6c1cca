using System.IO.Compression;
using System.Text;
using CsCheck;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_that_is_not_finished_leaves_the_earlier_one_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.txt", "earlier");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteText(path, writer =>
        {
            writer.Write(new string('x', 100_000));
            throw new InvalidOperationException("stopped");
        }));
        Assert.Equal("earlier", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_compressed_file_cut_anywhere_is_an_error_and_never_a_shorter_file() => Gen.Int[1, 400].Sample(
        length =>
        {
            using var folder = new TemporaryFolder();
            string path = folder.File("a.txt.gz");
            AtomicFile.WriteText(path, writer => writer.Write(string.Join('\n', Enumerable.Range(0, length))));
            byte[] whole = File.ReadAllBytes(path);
            for (int cut = 1; cut <= Math.Min(40, whole.Length - 1); cut++)
            {
                File.WriteAllBytes(path, whole[..^cut]);
                Assert.Throws<InvalidDataException>(() => Read(path));
            }

            byte[] changed = [.. whole];
            changed[^5] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.Throws<InvalidDataException>(() => Read(path));
        },
        iter: 20);

    [Fact]
    public void Compressed_files_one_behind_the_other_are_read_to_the_end()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt.gz");
        AtomicFile.WriteText(path, "first\n");
        byte[] one = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. one, .. one]);
        Assert.Equal("first\nfirst\n", Read(path));
    }

    [Fact]
    public void A_name_that_ends_in_gz_is_compressed_and_bytes_are_written_as_they_are()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.File("a.gz"), "text");
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(folder.File("a.gz")), CompressionMode.Decompress)))
        {
            Assert.Equal("text", reader.ReadToEnd());
        }

        AtomicFile.WriteBytes(folder.File("b.gz"), Encoding.UTF8.GetBytes("text"));
        Assert.Equal("text", File.ReadAllText(folder.File("b.gz")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_wrong_input_and_says_why()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "");
        Directory.CreateDirectory(folder.File("folder"));
        string below = Assert.Throws<InputException>(() => AtomicFile.WriteText(Path.Combine(file, "deep", "a.txt"), "")).Message;
        Assert.Contains($"{file} is a file and not a folder", below, StringComparison.Ordinal);
        Assert.Contains("it is a folder", Assert.Throws<InputException>(() => AtomicFile.WriteText(folder.File("folder"), "")).Message, StringComparison.Ordinal);
        Assert.Contains("there is a file of that name", Assert.Throws<InputException>(() => OutputPlace.Prepare(file)).Message, StringComparison.Ordinal);
        OutputPlace.Prepare(folder.File("new/folder"));
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("new/folder")));
        Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void Errors_of_the_disk_are_told_from_errors_of_the_place_and_from_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the numbers are those of Linux and macOS: run there");
        Assert.Contains("no room", Assert.IsType<IOException>(OutputPlace.Explain("a", new IOException("No space left on device", 28))).Message, StringComparison.Ordinal);
        Assert.Contains("read-only", Assert.IsType<InputException>(OutputPlace.Explain("a", new IOException("Read-only file system", 30))).Message, StringComparison.Ordinal);
        Assert.Contains("permission", Assert.IsType<InputException>(OutputPlace.Explain("a", new UnauthorizedAccessException())).Message, StringComparison.Ordinal);
        Assert.Null(OutputPlace.Explain("a", new IOException("Input/output error", 5)));
        Assert.Null(OutputPlace.Explain("a", new InputException("something else")));
        Assert.Null(OutputPlace.Explain("a", new ArgumentOutOfRangeException("value")));
    }

    private static string Read(string path)
    {
        using StreamReader reader = AtomicFile.OpenText(path);
        return reader.ReadToEnd();
    }
}
