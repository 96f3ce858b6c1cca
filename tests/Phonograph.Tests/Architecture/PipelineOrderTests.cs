using System.Reflection;
using System.Text.RegularExpressions;
using Phonograph.Labelling;
using Phonograph.Testing;

namespace Phonograph.Tests.Architecture;

/// <summary>The folders of src/Phonograph are the stages of the pipeline; this list is the order, and its documentation.</summary>
public sealed partial class PipelineOrderTests
{
    private static readonly string[] Order =
    [
        "Units", "Files", "Execution", "Crystals", "Phonons", "Sampling", "Labelling", "Electrons", "Dynamics", "EffectivePhonons", "Datasets", "Graphs", "Learning", "Explaining", "Reporting", "Studies",
    ];

    /// <summary>A graph does not know how its atoms were displaced or who labelled it; neither does what learns from it.</summary>
    private static readonly (string Folder, string[] Never)[] Blind =
    [
        ("Graphs", ["Phonons", "Sampling", "Labelling", "Electrons", "Dynamics"]),
        ("Learning", ["Phonons", "Sampling", "Labelling", "Electrons", "Dynamics"]),
    ];

    private static readonly Dictionary<string, HashSet<string>> NamesByFolder = TypeNames();

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        string[] folders = [.. new DirectoryInfo(Repository.PathOf("src", "Phonograph")).GetDirectories().Select(folder => folder.Name).Where(name => name is not ("bin" or "obj"))];
        Offences.MustBeNone(folders.Except(Order));
    }

    [Fact]
    public void A_stage_uses_only_the_stages_before_it() => Offences.MustBeNone(
        Uses().Where(use => Array.IndexOf(Order, use.Used) > Array.IndexOf(Order, use.Folder)).Select(use => use.ToString()));

    [Fact]
    public void Graphs_and_learning_never_see_phonons_sampling_or_labelling() => Offences.MustBeNone(
        Uses().Where(use => Blind.Any(rule => rule.Folder == use.Folder && rule.Never.Contains(use.Used))).Select(use => use.ToString()));

    [Fact]
    public void Engines_never_see_each_other()
    {
        string[] engines =
        [
            .. typeof(IElectronicStructureEngine).Assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IElectronicStructureEngine).IsAssignableFrom(type))
                .Select(type => type.Namespace!.Split('.')[^1]).Distinct(),
        ];
        Assert.Contains("TightBinding", engines);
        var offences = new List<string>();
        foreach (string engine in engines)
        {
            foreach (string file in SourceTree.Files($"src/Phonograph/Labelling/{engine}", ".cs"))
            {
                string code = SourceTree.Code(file);
                offences.AddRange(engines.Where(other => other != engine && Regex.IsMatch(code, $@"\b{other}\s*[.;]")).Select(other => $"{file} names {other}"));
            }
        }

        Offences.MustBeNone(offences);
    }

    [Fact]
    public void The_numerics_know_nothing_about_crystals() => Offences.MustBeNone(
        SourceTree.Files("src/Phonograph.Numerics", ".cs").Where(file => Regex.IsMatch(SourceTree.Code(file), @"\bPhonograph\.(?!Numerics\b)")));

    [Fact]
    public void The_check_sees_uses_with_and_without_a_using()
    {
        Assert.Equal(["Learning"], UsedFolders("using Phonograph.Learning.Models;\n").Select(use => use.Folder));
        Assert.Equal(["Labelling"], UsedFolders("var x = new Phonograph.Labelling.Label();").Select(use => use.Folder));
        Assert.Equal(["Labelling"], UsedFolders("Labelling.Label label = Get();").Select(use => use.Folder));
        Assert.Equal(["Labelling"], UsedFolders("using Found = Labelling.TightBinding.KPointMesh;").Select(use => use.Folder));
        Assert.Empty(UsedFolders("double size = batch.Graphs.Length + Graphs.Length;"));
    }

    private static IEnumerable<Use> Uses()
    {
        foreach (string file in SourceTree.Files("src/Phonograph", ".cs"))
        {
            string[] parts = file.Split('/');
            if (parts.Length < 4)
            {
                // Study.cs and its like stand above the stages.
                continue;
            }

            string code = SourceTree.Code(file);
            foreach ((string used, int index) in UsedFolders(code))
            {
                yield return new Use(parts[2], used, SourceTree.Place(file, code, index));
            }
        }
    }

    private static IEnumerable<(string Folder, int Index)> UsedFolders(string code)
    {
        foreach (Match match in Reference().Matches(code))
        {
            string folder = match.Groups["folder"].Value;
            if (!Order.Contains(folder) || IsNamespaceDeclaration(code, match.Index))
            {
                continue;
            }

            // Without the root's name the word may be a property: it counts when a type or namespace of that folder follows.
            if (match.Groups["root"].Success || NamesByFolder.GetValueOrDefault(folder, []).Contains(match.Groups["next"].Value))
            {
                yield return (folder, match.Index);
            }
        }
    }

    private static bool IsNamespaceDeclaration(string code, int index) =>
        code.AsSpan(code.LastIndexOf('\n', Math.Max(0, index - 1)) + 1, Math.Max(0, index - code.LastIndexOf('\n', Math.Max(0, index - 1)) - 1)).TrimStart().StartsWith("namespace", StringComparison.Ordinal);

    private static Dictionary<string, HashSet<string>> TypeNames()
    {
        var names = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (Type type in Assembly.Load("Phonograph").GetTypes())
        {
            string[] parts = type.Namespace?.Split('.') ?? [];
            if (parts.Length >= 2 && parts[0] == "Phonograph")
            {
                HashSet<string> inFolder = names.TryGetValue(parts[1], out HashSet<string>? known) ? known : names[parts[1]] = [];
                inFolder.Add(parts.Length > 2 ? parts[2] : type.Name.Split('`')[0]);
            }
        }

        return names;
    }

    [GeneratedRegex(@"(?<![\w.])(?<root>(?:global::)?Phonograph\.)?(?<folder>[A-Z]\w+)(?:\.(?<next>\w+)|(?=\s*;))")]
    private static partial Regex Reference();

    private sealed record Use(string Folder, string Used, string Place)
    {
        public override string ToString() => $"{Place}: {Folder} uses {Used}, which comes after it or is hidden from it";
    }
}
