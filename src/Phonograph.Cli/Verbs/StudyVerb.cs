using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;
using Phonograph.Studies;
using Phonograph.Studies.Comparisons;
using Phonograph.Studies.Plans;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph study</c>: the main job. Trains on the shipped labels, or as a study file says, and writes the report.</summary>
internal static class StudyVerb
{
    internal static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "Folder of the report.", DefaultValueFactory = _ => "report" };
        var cache = new Option<string?>("--cache") { Description = "Folder of trained models; a killed study continues from it. Default: models/ in the output folder." };
        var threads = new Option<int?>("--threads") { Description = "Fits done side by side. Default: the number of processors. It changes no number." };
        var select = new Option<string?>("--select")
        {
            Description = "Instead of the study: train the published architectures with several settings, judge them by validation cells of both kinds (band gap, eV; no test cell is seen), and write the table (CSV).",
        };
        var selectHamiltonian = new Option<string?>("--select-hamiltonian")
        {
            Description = "The same for the learned Hamiltonian, with as many settings.",
        };
        var command = new Command(
            "study",
            "Train on phonon-informed and on random cells, compare them on own, other and combined test sets, and write the report (energies in eV, stress in GPa).\n"
            + "A study file describes a study of your own crystal, the comparison of sampling schemes included, which goes to comparison/ in the report's folder.\n"
            + "Examples: phonograph study --output report; phonograph study study.yaml --full --output report")
        {
            StudySource.Data, output,
        };
        foreach (Option option in (Option[])[.. StudySource.Options, cache, threads, select, selectHamiltonian, .. SlurmFits.Options])
        {
            command.Add(option);
        }

        command.Add(StudyCompareVerb.Create());
        command.Add(StudyDivideVerb.Create());
        return CliRun.Verb(command, async run =>
        {
            string folder = run.Get(output), models = run.Get(cache) ?? Path.Combine(folder, "models");
            if (run.Get(threads) is < 1)
            {
                throw new InputException($"--threads {run.Get(threads)}: expected 1 or more.");
            }

            StudyPlan plan = StudySource.Read(run, models, run.Get(threads));
            if (run.Get(select) is { } table)
            {
                SlurmFits.Refuse(run, select.Name);
                SettingsTable.Write(run, StudySelection.Run(plan.Study, StudySelection.Candidates(plan.Study.Training), run.Progress, run.Cancellation), table);
                return 0;
            }

            if (run.Get(selectHamiltonian) is { } hamiltonianTable)
            {
                SlurmFits.Refuse(run, selectHamiltonian.Name);
                SettingsTable.Write(run, HamiltonianSelection.Run(plan.Study, HamiltonianSelection.Candidates(new HamiltonianOptions()), run.Progress, run.Cancellation), hamiltonianTable);
                return 0;
            }

            if (await SlurmFits.DoAsync(run, models, () => Searches(run, plan), areKnown => Requests(run, plan, areKnown)) is { } done)
            {
                return done;
            }

            Write(run, plan, folder, models);
            return 0;
        });
    }

    private static ImmutableArray<ComparisonSearch> Searches(CliRun run, StudyPlan plan) =>
        plan.Comparison is { } comparison ? SchemeComparison.Searches(comparison, new StageProgress("comparison", run.Progress), run.Cancellation) : [];

    /// <summary>Hamiltonians first: each of them takes longer than most networks.</summary>
    private static ImmutableArray<ModelRequest> Requests(CliRun run, StudyPlan plan, bool areKnown) =>
    [
        .. StudyHamiltonians.Requests(plan.Study, run.Cancellation),
        .. StudyFits.Requests(plan.Study, run.Progress, run.Cancellation),
        .. plan.Comparison is { } comparison ? Requests(comparison, areKnown, new StageProgress("comparison", run.Progress), run.Cancellation) : [],
    ];

    /// <summary>The models of a comparison.</summary>
    internal static ImmutableArray<ModelRequest> Requests(ComparisonOptions comparison, bool areKnown, IProgress<WorkProgress> progress, CancellationToken cancellation) =>
        [.. SchemeComparison.Hamiltonians(comparison, cancellation), .. SchemeComparison.Requests(comparison, areKnown, progress, cancellation)];

    private static void Write(CliRun run, StudyPlan plan, string folder, string models)
    {
        OutputPlace.Prepare(folder);
        OutputPlace.Prepare(models);
        string compared = Path.Combine(folder, ComparisonFiles.Folder);
        if (plan.Comparison is { } planned)
        {
            OutputPlace.Prepare(compared);
            SchemeComparison.Check(planned, run.Cancellation);
        }

        var whole = new StagedProgress(StudyStages.OfStudy(plan.Study), run.Progress);
        StudyResult result = Study.Run(plan.Study, whole, run.Cancellation);
        StudyResultFile.Write(result, folder);
        ReportSummary summary = ReportWriter.Write(result, folder, null, whole, run.Cancellation);
        ImmutableArray<string> tables = [];
        if (plan.Comparison is { } comparison)
        {
            // The page of the main study is there while the comparison, which may take hours, is computed; then it is written again with it.
            ComparisonResult found = SchemeComparison.Run(comparison, new StagedProgress(StudyStages.OfComparison(comparison), new StageProgress("comparison", run.Progress)), run.Cancellation);
            tables = ComparisonFiles.Write(compared, found);
            summary = ReportWriter.Write(result, folder, found, run.Progress, run.Cancellation);
        }

        run.Progress.Finish();
        Console.Out.WriteLine(run.IsJson
            ? JsonSerializer.Serialize(new
            {
                page = summary.PagePath,
                figures = summary.Figures,
                metrics = summary.MetricCount,
                prediction_files = summary.PredictionFileCount,
                wall_time_s = result.Provenance.WallTimeSeconds,
                comparison = tables,
            })
            : $"{summary.PagePath}: {summary.Figures.Length} figures, {summary.MetricCount} metrics, {summary.PredictionFileCount} prediction files, {result.Provenance.WallTimeSeconds} s"
                + string.Concat(tables.Select(table => $"{Environment.NewLine}{table}")));
    }
}
