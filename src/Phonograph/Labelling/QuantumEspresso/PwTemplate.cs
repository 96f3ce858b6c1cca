using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>An input of pw.x with placeholders, and the pseudopotentials it names: they decide the numbers, so that their contents belong to the level.</summary>
internal sealed partial class PwTemplate
{
    private static readonly ImmutableSortedDictionary<string, string> Required = new Dictionary<string, string>
    {
        ["output"] = "in &CONTROL",
        ["cell"] = "on a line of its own after the namelists",
        ["atoms"] = "on a line of its own after the namelists",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, string> Optional = new Dictionary<string, string>
    {
        ["count"] = "after nat =",
        ["convergence"] = "in &ELECTRONS",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private readonly EngineTemplate _template;
    private readonly ImmutableHashSet<string> _species;

    /// <summary>Takes a template in.</summary>
    /// <exception cref="InputException">A placeholder or a pseudopotential is missing.</exception>
    internal PwTemplate(EngineTemplate template)
    {
        _template = template;
        template.Check("espresso", Required, Optional);
        (string Symbol, string File)[] species = [.. Species()];
        if (species.Length == 0)
        {
            throw new InputException($"{template.Path}: found no species after ATOMIC_SPECIES; expected lines such as 'Si 28.086 Si.upf'. Add the card.");
        }

        _species = [.. species.Select(item => item.Symbol)];
        Level = template.LevelName(species.Select(item => Contents(item.File)));
    }

    /// <summary>Name of the level.</summary>
    internal string Level { get; }

    /// <summary>Ways to convergence: one where the template fixes it.</summary>
    internal ImmutableArray<PwRoute> Ladder => _template.Has("convergence") ? PwRoute.Ladder : [new PwRoute("template", "")];

    /// <summary>Refuses elements the template has no species for.</summary>
    /// <exception cref="InputException">There is one.</exception>
    internal void Check(IEnumerable<Element> elements)
    {
        if (elements.FirstOrDefault(element => !_species.Contains(element.Symbol)) is { } missing)
        {
            throw new InputException($"{_template.Path}: found {string.Join(", ", _species.Order(StringComparer.Ordinal))} in ATOMIC_SPECIES, but the configurations hold {missing.Symbol}. Add its line.");
        }
    }

    /// <summary>The input for one crystal.</summary>
    internal string Fill(Crystal crystal, PwRoute route) => _template.Fill(new Dictionary<string, string>
    {
        ["output"] = PwInput.Output(Level),
        ["cell"] = PwInput.Cell(crystal),
        ["atoms"] = PwInput.Atoms(crystal),
        ["count"] = crystal.AtomCount.ToString(CultureInfo.InvariantCulture),
        ["convergence"] = route.Settings,
    });

    /// <summary>The lines of <c>ATOMIC_SPECIES</c>: name, mass, file.</summary>
    private IEnumerable<(string Symbol, string File)> Species() => _template.Text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split('!', '#')[0].Trim())
        .SkipWhile(line => !line.StartsWith("ATOMIC_SPECIES", StringComparison.OrdinalIgnoreCase)).Skip(1)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .SkipWhile(cells => cells.Length == 0)
        .TakeWhile(cells => cells.Length == 3 && double.TryParse(cells[1].Replace('d', 'e'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        .Select(cells => (cells[0], cells[2]));

    private byte[] Contents(string file)
    {
        string folder = FolderSetting().Match(_template.Text) is { Success: true } match ? match.Groups["folder"].Value : Pseudopotential.Folder;
        if (!Path.IsPathFullyQualified(folder))
        {
            throw new InputException($"{_template.Path}: pseudo_dir is '{folder}'; expected a full path, because pw.x runs in a folder of its own. Or leave it out and name the folder in {Pseudopotential.FolderVariable}.");
        }

        string path = Path.Combine(folder, file);
        return File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new InputException($"{_template.Path}: names the pseudopotential {file}, but {path} does not exist. Set pseudo_dir, or the folder in {Pseudopotential.FolderVariable}.");
    }

    [GeneratedRegex(@"^[^!\n]*\bpseudo_dir\s*=\s*['""](?<folder>[^'""]*)['""]", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex FolderSetting();
}
