using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Studies.Plans;

namespace Phonograph.Cli.Verbs;

/// <summary>The options that say which study is run: a study file, labelled cells with the settings of the shipped study, or the shipped study.</summary>
internal static class StudySource
{
    private const string ShippedFolder = "ag3sbr-xtb", IdealFile = "ideal.xyz.gz", UnitCellFile = "POSCAR", ConstantsFile = "FORCE_CONSTANTS";

    private static readonly Option<string?> UnitCell = new("--unit-cell")
    {
        Description = "POSCAR of the ideal unit cell, for Figure 1, where labelled cells are given. Default: POSCAR beside the first data file.",
    };

    private static readonly Option<string?> Constants = new("--force-constants")
    {
        Description = "FORCE_CONSTANTS of the supercell of the cells, for the baselines on normal-mode amplitudes, where labelled cells are given. Default: FORCE_CONSTANTS beside the first data file; without it those two baselines need cells that carry amplitudes.",
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "One training draw of fewer passes: minutes become seconds, intervals cover test cells only. A study file may say otherwise (budgets)." };
    private static readonly Option<bool> Full = new("--full") { Description = "Ten training draws and more points of the learning curve: some times the default. A study file may say otherwise (budgets)." };
    private static readonly Option<int?> Draws = new("--draws") { Description = "Training draws behind every number, in place of those of the study file. Shipped study: 4; 1 with --quick, 10 with --full." };
    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Seed of test set, draws, weights and bootstrap, in place of that of the study file. Shipped study: 1." };

    /// <summary>What is studied.</summary>
    internal static Argument<string[]> Data { get; } = new("data")
    {
        Description = "A study file (.yaml; docs/study-file.md), or labelled cells (extended XYZ) of one crystal and level. Default: the shipped study of Ag3SBr (data/ag3sbr-xtb/study.yaml).",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>All options, in the order of the help text.</summary>
    internal static IReadOnlyList<Option> Options { get; } = [UnitCell, Constants, Quick, Full, Draws, Seed];

    /// <summary>The study that is asked for.</summary>
    /// <param name="run">The command line.</param>
    /// <param name="cacheFolder">Folder of trained models.</param>
    /// <param name="threads">Fits done side by side; null for the number of processors.</param>
    /// <exception cref="InputException">A file cannot be used, or options do not go together.</exception>
    internal static StudyPlan Read(CliRun run, string cacheFolder, int? threads)
    {
        if (run.Get(Quick) && run.Get(Full))
        {
            throw new InputException("--quick and --full: found both; expected one of them, or neither.");
        }

        StudyBudget budget = run.Get(Quick) ? StudyBudget.Quick : run.Get(Full) ? StudyBudget.Full : StudyBudget.Default;
        string[] given = run.Get(Data) ?? [];
        StudyPlan plan = (given.FirstOrDefault(StudyFile.IsStudyFile) is { } file ? Described(run, given, file, budget, cacheFolder)
            : given.Length > 0 ? Around(run, given, budget, cacheFolder)
            : Shipped(run, budget, cacheFolder)).With(run.Get(Seed), run.Get(Draws));
        if (run.Get(Constants) is not null && plan.Study.UnitCellFile is null)
        {
            throw new InputException("--force-constants: found no unit cell; expected the POSCAR that the supercells were made from. Give --unit-cell too.");
        }

        string command = string.Join(' ', (string[])
        [
            "phonograph study", .. given, .. run.Get(UnitCell) is { } cell ? new[] { "--unit-cell", cell } : [], .. run.Get(Constants) is { } constants ? new[] { "--force-constants", constants } : [],
            .. budget == StudyBudget.Default ? Array.Empty<string>() : ["--" + budget.ToString().ToLowerInvariant()],
            .. run.Get(Draws) is { } number ? new[] { "--draws", number.ToString(CultureInfo.InvariantCulture) } : [], "--seed", plan.Study.Seed.ToString(CultureInfo.InvariantCulture),
        ]);
        return new StudyPlan(
            plan.Study with { SideBySide = threads, Command = command },
            plan.Comparison is null ? null : plan.Comparison with { SideBySide = threads, Command = command });
    }

    private static StudyPlan Described(CliRun run, string[] given, string file, StudyBudget budget, string cacheFolder)
    {
        if (given.Length > 1)
        {
            throw new InputException($"{file}: found other files beside a study file; expected it alone, since it names its data. Name them in the study file.");
        }

        if ((run.Get(UnitCell) is null ? run.Get(Constants) is null ? null : Constants.Name : UnitCell.Name) is { } option)
        {
            throw new InputException($"{option}: found with the study file {file}; expected '{option[2..]}' in that file. Write it there.");
        }

        return StudyFile.Read(file, budget, cacheFolder);
    }

    private static StudyPlan Around(CliRun run, string[] cells, StudyBudget budget, string cacheFolder) => new(
        StudyBudgets.Within(StudyBudgets.Default([.. cells], cacheFolder), budget) with
        {
            UnitCellFile = run.Get(UnitCell) ?? Beside(cells[0], UnitCellFile),
            IdealFile = Beside(cells[0], IdealFile),
            ForceConstantsFile = run.Get(Constants) ?? Beside(cells[0], ConstantsFile),
        },
        null);

    private static StudyPlan Shipped(CliRun run, StudyBudget budget, string cacheFolder)
    {
        StudyPlan plan = StudyFile.Read(ShippedFile(), budget, cacheFolder);
        return plan with { Study = plan.Study with { UnitCellFile = run.Get(UnitCell) ?? plan.Study.UnitCellFile, ForceConstantsFile = run.Get(Constants) ?? plan.Study.ForceConstantsFile } };
    }

    /// <summary>The study in the data folder of the checkout that this program was built in.</summary>
    private static string ShippedFile()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "data", ShippedFolder, StudyFile.FileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new InputException($"The shipped study (data/{ShippedFolder}/{StudyFile.FileName}) was not found above {AppContext.BaseDirectory}. Give a study file or labelled cells: phonograph study cells.xyz.gz.");
    }

    private static string? Beside(string file, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name);
        return File.Exists(path) ? path : null;
    }
}
