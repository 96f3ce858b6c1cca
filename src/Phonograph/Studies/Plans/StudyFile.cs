using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Files.Yaml;
using Phonograph.Studies.Comparisons;

namespace Phonograph.Studies.Plans;

/// <summary>
/// Reads a whole study from YAML: data, settings, what budgets change, and the comparison of schemes that follows. Keys that are missing keep the settings of <see cref="StudyBudgets"/>.
/// </summary>
public static class StudyFile
{
    /// <summary>Name of the file beside labelled cells.</summary>
    public const string FileName = "study.yaml";

    private static readonly string[] BudgetKeys = ["draws", "curve", "training", "hamiltonian", "explained-cells", "notice", "comparison"];
    private static readonly string[] Keys = ["data", "frames", "unit-cell", "force-constants", "ideal", "seed", "graph", "hypotheses", "published", .. BudgetKeys, "budgets"];
    private static readonly string[] Budgets = [.. Enum.GetNames<StudyBudget>().Skip(1).Select(name => name.ToLowerInvariant())];

    /// <summary>True for a path that a study file has, and labelled cells have not.</summary>
    public static bool IsStudyFile(string path) => Path.GetExtension(path) is ".yaml" or ".yml";

    /// <summary>Reads a study.</summary>
    /// <param name="path">The file; paths in it are relative to its folder.</param>
    /// <param name="budget">Budget: the settings themselves, or with what <c>budgets</c> changes; a budget that the file does not name changes what <see cref="StudyBudgets"/> says and leaves the comparison out when it is quick.</param>
    /// <param name="cacheFolder">Folder of trained models.</param>
    /// <exception cref="InputException">The file cannot be read, or a key or value is not as expected; the message names the line.</exception>
    public static StudyPlan Read(string path, StudyBudget budget, string cacheFolder)
    {
        YamlNode root = YamlReader.ReadSettings(path, "the description of a study", PlanValues.Advice);
        root.RequireKeys(Keys, PlanValues.Advice);
        YamlNode? changes = null;
        if (PlanValues.Find(root, "budgets") is { } budgets)
        {
            budgets.RequireKeys(Budgets, PlanValues.Advice);

            // Every budget is read, whichever is asked for: what is wrong in it shall not wait until it is needed.
            foreach (string name in Budgets.Where(name => PlanValues.Find(budgets, name) is not null))
            {
                YamlNode section = PlanValues.Find(budgets, name)!;
                section.RequireKeys(BudgetKeys, PlanValues.Advice);
                _ = Plan(path, root, section, StudyBudget.Default, cacheFolder);
                changes = name.Equals(budget.ToString(), StringComparison.OrdinalIgnoreCase) ? section : changes;
            }
        }

        _ = Plan(path, root, null, StudyBudget.Default, cacheFolder);
        return Plan(path, root, changes, changes is null ? budget : StudyBudget.Default, cacheFolder);
    }

    private static StudyPlan Plan(string path, YamlNode root, YamlNode? changes, StudyBudget builtIn, string cacheFolder)
    {
        ImmutableArray<string> data = PlanValues.Files(root, "data", path) ?? throw root.Wrong("no 'data'", "labelled cells: a file, or a list of files", PlanValues.Advice);
        StudyOptions plain = StudyBudgets.Default(data, cacheFolder);
        StudyOptions study = Settings(root, plain with
        {
            FrameFiles = PlanValues.Files(root, "frames", path) ?? [],
            UnitCellFile = PlanValues.File(root, "unit-cell", path),
            ForceConstantsFile = PlanValues.File(root, "force-constants", path),
            IdealFile = PlanValues.File(root, "ideal", path),
            Hypotheses = PlanValues.Find(root, "hypotheses") is { } hypotheses ? EvidenceSections.Hypotheses(hypotheses) : [],
            Published = PlanValues.Find(root, "published") is { } published ? EvidenceSections.Published(published) : [],
            Seed = PlanValues.Seed(root, "seed") ?? plain.Seed,
            Graph = PlanValues.Find(root, "graph") is { } graph ? PlanSections.Graph(graph, plain.Graph) : plain.Graph,
            Training = NamesModel(root) ? StudyBudgets.Named : plain.Training,
        });
        if (study is { ForceConstantsFile: not null, UnitCellFile: null })
        {
            throw PlanValues.Find(root, "force-constants")!.Wrong("'force-constants' without 'unit-cell'", "the POSCAR that the supercells were made from beside them", PlanValues.Advice);
        }

        study = StudyBudgets.Within(changes is null ? study : Settings(changes, study), builtIn);
        return new StudyPlan(root.Make(study.Validated, PlanValues.Advice), builtIn == StudyBudget.Quick ? null : Comparison(path, root, changes, study));
    }

    private static bool NamesModel(YamlNode root) => PlanValues.Find(root, "training") is { Kind: YamlKind.Mapping } training && PlanValues.Find(training, "model") is not null;

    private static StudyOptions Settings(YamlNode node, StudyOptions study) => study with
    {
        Draws = PlanValues.Whole(node, "draws", 1) ?? study.Draws,
        LearningCurveShares = PlanValues.Find(node, "curve") is { } curve ? Shares(curve) : study.LearningCurveShares,
        Training = PlanValues.Find(node, "training") is { } training ? PlanSections.Training(training, study.Training) : study.Training,
        Hamiltonian = PlanValues.Find(node, "hamiltonian") is { } hamiltonian ? PlanSections.Hamiltonian(hamiltonian, study.Hamiltonian) : study.Hamiltonian,
        ExplainedCells = PlanValues.Whole(node, "explained-cells", 0) ?? study.ExplainedCells,
        Notice = PlanValues.Find(node, "notice") is { } notice ? PlanValues.Word(notice, "notice") : study.Notice,
    };

    private static ImmutableArray<double> Shares(YamlNode curve)
    {
        double[] shares = [.. PlanValues.List(curve, "curve").Select(share => PlanValues.RealNumber(share, "curve"))];
        return shares[0] > 0 && shares[^1] == 1 && shares.Zip(shares.Skip(1)).All(pair => pair.First < pair.Second)
            ? [.. shares]
            : throw curve.Wrong(FormattableString.Invariant($"the shares {string.Join(", ", shares.Select(share => share.ToString(System.Globalization.CultureInfo.InvariantCulture)))}"), "shares of the training cells that rise from above 0 to 1 for 'curve'", PlanValues.Advice);
    }

    private static ComparisonOptions? Comparison(string path, YamlNode root, YamlNode? changes, StudyOptions study)
    {
        YamlNode? section = PlanValues.Find(root, "comparison"), changed = changes is null ? null : PlanValues.Find(changes, "comparison");
        if (section is null)
        {
            return changed is null ? null : throw changed.Wrong("'comparison' in a budget", "it in the study first", PlanValues.Advice);
        }

        ComparisonOptions plain = ComparisonSection.Read(path, section, study);
        return changed is null ? plain : PlanValues.IsNone(changed) ? null : ComparisonSection.Change(changed, plain);
    }
}
