using System.Text.RegularExpressions;
using Phonograph.Testing;

namespace Phonograph.Tests.Architecture;

/// <summary>Documents name files; a file that is moved must be moved in them too.</summary>
public sealed partial class DocumentTests
{
    private static readonly System.Buffers.SearchValues<char> PatternLetters = System.Buffers.SearchValues.Create("*<>{}$");

    public static TheoryData<string> Documents => [.. SourceTree.Files("", ".md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_somewhere(string document)
    {
        string text = WithoutCodeBlocks(SourceTree.Read(document));
        string folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        Offences.MustBeNone(Link().Matches(text)
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))
            .Where(target => !Exists(Path.Combine(folder, target))));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_of_the_repository_that_is_named_exists(string document) => Offences.MustBeNone(
        RepositoryPath().Matches(SourceTree.Read(document))
            .Select(match => match.Value.TrimEnd('.', '/'))
            .Where(path => !IsPattern(path) && !Exists(Repository.PathOf(path)))
            .Distinct());

    [Fact]
    public void Every_reference_that_code_names_is_there() => Offences.MustBeNone(
        SourceTree.CSharpFiles().SelectMany(file => ReferencePath().Matches(SourceTree.Read(file))
            .Select(match => match.Value.TrimEnd('.', '/'))
            .Where(path => !Exists(Repository.PathOf(path)))
            .Select(path => $"{file} names {path}")));

    [Fact]
    public void Every_folder_of_reference_numbers_says_who_computed_them() => Offences.MustBeNone(
        new DirectoryInfo(Repository.PathOf("tests", "reference")).GetDirectories()
            .Where(folder => !File.Exists(Path.Combine(folder.FullName, "README.md")))
            .Select(folder => $"tests/reference/{folder.Name} has no README.md"));

    [Fact]
    public void Links_and_paths_are_recognised()
    {
        Assert.Equal("docs/engines.md", Link().Match("see [engines](docs/engines.md#ladder)").Groups["target"].Value.Split('#')[0]);
        Assert.Equal("tests/reference/slater-koster", RepositoryPath().Match("in `tests/reference/slater-koster`.").Value);
        Assert.DoesNotMatch(RepositoryPath(), "https://example.org/src/thing");
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny(PatternLetters);

    private static string WithoutCodeBlocks(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/.\-])(src|tests|docs|data|benchmarks|examples|\.ci)/[\w./*<>{}$\-]+")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"tests/reference/[\w.\-]+(/[\w.\-]+)*")]
    private static partial Regex ReferencePath();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
