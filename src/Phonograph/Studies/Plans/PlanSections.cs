using System.Collections.Immutable;
using Phonograph.Files.Yaml;
using Phonograph.Graphs;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;

namespace Phonograph.Studies.Plans;

/// <summary>Sections of a study file that main study, comparison and budgets share. Each changes settings; what it does not name stays.</summary>
internal static class PlanSections
{
    private static readonly string[] GraphKeys = ["cutoff"];
    private static readonly string[] HamiltonianKeys = ["orbitals", "cutoff", "radial-functions", "passes", "starts", "noise", "forgetting", "prior-scale"];

    /// <summary>Settings of training, under the names that <c>phonograph train</c> has for them.</summary>
    /// <param name="node">The section.</param>
    /// <param name="settings">What it changes.</param>
    /// <param name="without">Names that are decided elsewhere.</param>
    internal static TrainingOptions Training(YamlNode node, TrainingOptions settings, params string[] without)
    {
        HyperParameter[] parameters = [.. HyperParameter.All.Where(each => !without.Contains(each.Name))];
        node.RequireKeys([.. parameters.Select(each => each.Name), "epochs", "patience"], PlanValues.Advice);
        TrainingOptions changed = settings.Lasting(PlanValues.Whole(node, "epochs", 1) ?? settings.Epochs) with { Patience = PlanValues.Whole(node, "patience", 1) ?? settings.Patience };
        foreach (HyperParameter parameter in parameters)
        {
            if (PlanValues.Find(node, parameter.Name) is not { } value)
            {
                continue;
            }

            if (value.Kind != YamlKind.Scalar || parameter.Objection(value.Text) is not null)
            {
                throw value.Wrong(value.Describe(), $"a value of '{parameter.Name}': {parameter.Expected}", PlanValues.Advice);
            }

            changed = parameter.AppliesTo(changed)
                ? parameter.Write(changed, value.Text)
                : throw value.Wrong($"'{parameter.Name}'", $"it with {parameter.Condition} only", PlanValues.Advice);
        }

        return node.Make(changed.Validated, PlanValues.Advice);
    }

    /// <summary>Settings of a learned Hamiltonian; null for <c>none</c>.</summary>
    internal static HamiltonianOptions? Hamiltonian(YamlNode node, HamiltonianOptions? settings)
    {
        if (PlanValues.IsNone(node))
        {
            return null;
        }

        node.RequireKeys(HamiltonianKeys, PlanValues.Advice);
        HamiltonianOptions changed = settings ?? new HamiltonianOptions();
        foreach ((string key, YamlNode value) in node.Entries.OrderBy(entry => entry.Value.Line).Select(entry => (entry.Key, PlanValues.Find(node, entry.Key)!)))
        {
            changed = value.Make(With(changed, key, value).Validated, PlanValues.Advice);
        }

        return changed;
    }

    /// <summary>How crystals become graphs.</summary>
    internal static GraphOptions Graph(YamlNode node, GraphOptions settings)
    {
        node.RequireKeys(GraphKeys, PlanValues.Advice);
        return PlanValues.Real(node, "cutoff") switch
        {
            null => settings,
            > 0 and <= 100 and { } cutoff => settings with { CutoffAngstrom = cutoff },
            _ => throw PlanValues.Find(node, "cutoff")!.Wrong(PlanValues.Find(node, "cutoff")!.Describe(), "more than 0 and at most 100 Å for 'cutoff'", PlanValues.Advice),
        };
    }

    private static HamiltonianOptions With(HamiltonianOptions settings, string key, YamlNode value) => key switch
    {
        "orbitals" => settings with { Orbitals = Enum.Parse<OrbitalChoice>(PlanValues.Name(value, key, [.. Enum.GetNames<OrbitalChoice>().Select(name => name.ToLowerInvariant())]), ignoreCase: true) },
        "cutoff" => settings with { CutoffAngstrom = PlanValues.RealNumber(value, key) },
        "radial-functions" => settings with { RadialFunctions = PlanValues.WholeNumber(value, $"a whole number for '{key}'", 0) },
        "passes" => settings with { Passes = PlanValues.WholeNumber(value, $"a whole number for '{key}'", 0) },
        "starts" => settings with { Starts = PlanValues.WholeNumber(value, $"a whole number for '{key}'", 0) },
        "noise" => settings with { NoiseElectronvolt = PlanValues.RealNumber(value, key) },
        "forgetting" => settings with { Forgetting = PlanValues.RealNumber(value, key) },
        _ => settings with { PriorScale = PlanValues.RealNumber(value, key) },
    };
}
