using System.Collections.Immutable;
using System.Text;
using Phonograph.Crystals;

namespace Phonograph.Labelling.Cp2k;

/// <summary>A CP2K input with placeholders for what belongs to the configuration and for what the adapter reads.</summary>
internal sealed class Cp2kTemplate
{
    private static readonly ImmutableSortedDictionary<string, string> Required = new Dictionary<string, string>
    {
        ["cell"] = "in &SUBSYS",
        ["atoms"] = "in &SUBSYS",
        ["output"] = "in &FORCE_EVAL",
        ["states"] = "in &DFT",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, string> Optional =
        new Dictionary<string, string> { ["convergence"] = "in &SCF" }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private readonly EngineTemplate _template;

    /// <summary>Takes a template in.</summary>
    /// <exception cref="Files.InputException">A placeholder is missing or unknown.</exception>
    internal Cp2kTemplate(EngineTemplate template)
    {
        _template = template;
        template.Check("cp2k", Required, Optional);
        Level = template.LevelName();
    }

    /// <summary>Name of the level.</summary>
    internal string Level { get; }

    /// <summary>Ways to convergence: one where the template fixes it.</summary>
    internal ImmutableArray<ScfRoute> Ladder => _template.Has("convergence") ? Cp2kLadders.Broyden : [ScfRoute.Direct("template", new ScfStage("", 0))];

    /// <summary>The input for one crystal.</summary>
    internal string Fill(Crystal crystal, ScfStage stage) => _template.Fill(new Dictionary<string, string>
    {
        ["cell"] = Text(input => Cp2kInput.WriteCell(input, crystal)),
        ["atoms"] = Text(input => Cp2kInput.WriteCoordinates(input, crystal, Cp2kKind.ByElement(crystal))),
        ["output"] = Text(Cp2kInput.WriteOutput),
        ["states"] = Text(Cp2kInput.WriteStates),
        ["convergence"] = Text(input => Cp2kInput.WriteRoute(input, stage)),
    });

    private static string Text(Action<StringBuilder> write)
    {
        var text = new StringBuilder();
        write(text);
        return text.ToString().TrimEnd('\n');
    }
}
