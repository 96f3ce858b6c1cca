namespace Phonograph.Tests.Architecture;

public sealed class FileLengthTests
{
    private const int MostLines = 400;

    /// <summary>Tables of data are as long as what they tabulate; they are known by their name.</summary>
    private static bool IsTable(string file) => file.EndsWith("Table.cs", StringComparison.Ordinal);

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines() => Offences.MustBeNone(
        SourceTree.CSharpFiles()
            .Where(file => !IsTable(file))
            .Select(file => (File: file, Lines: SourceTree.Read(file).AsSpan().Count('\n')))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.File} has {file.Lines} lines: one concept per file, at most {MostLines}"));
}
