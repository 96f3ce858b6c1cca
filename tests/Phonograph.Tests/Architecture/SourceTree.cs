using System.Text.RegularExpressions;
using Phonograph.Testing;

namespace Phonograph.Tests.Architecture;

/// <summary>The project's own files as text.</summary>
internal static partial class SourceTree
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "report", "run"];

    /// <summary>Files below a folder of the repository, by ending, as paths relative to the root with forward slashes, sorted.</summary>
    internal static IReadOnlyList<string> Files(string folder, string ending)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(folder.Length == 0 ? Repository.Root : Repository.PathOf(folder)), ending, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>C# files of the projects, tests and benchmarks.</summary>
    internal static IEnumerable<string> CSharpFiles() => new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Files(folder, ".cs"));

    internal static string Read(string relativePath) => File.ReadAllText(Repository.PathOf(relativePath));

    /// <summary>C# text without comments, strings and characters, line breaks kept.</summary>
    internal static string Code(string relativePath) =>
        NotCode().Replace(Read(relativePath), match => new string('\n', match.Value.Count(letter => letter == '\n')));

    /// <summary>Path and line of a place in a text.</summary>
    internal static string Place(string relativePath, string text, int index) => $"{relativePath}:{text.AsSpan(0, index).Count('\n') + 1}";

    private static void Collect(DirectoryInfo folder, string ending, List<string> found)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            if (file.Name.EndsWith(ending, StringComparison.Ordinal))
            {
                found.Add(Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'));
            }
        }

        foreach (DirectoryInfo child in folder.EnumerateDirectories())
        {
            if (!NotOurs.Contains(child.Name))
            {
                Collect(child, ending, found);
            }
        }
    }

    // Comments, raw strings, verbatim strings, ordinary strings, characters: whichever starts first ends first.
    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\$*("{3,}).*?\1|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", RegexOptions.Singleline)]
    private static partial Regex NotCode();
}
