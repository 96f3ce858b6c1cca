using System.CommandLine;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph report</c>: writes the report again from the results of a study, without training.</summary>
internal static class ReportVerb
{
    internal static Command Create()
    {
        var results = new Argument<string>("results")
        {
            Description = $"Folder of a finished study, or its {StudyResultFile.Name}. Energies are in eV, stress in GPa.",
        };
        var output = new Option<string?>("--output", "-o") { Description = "Folder of the report. Default: report/ beside the results file." };
        var command = new Command("report", "Write the report again from the results of a study, without training. Example: phonograph report run/ --output report/") { results, output };
        return CliRun.Verb(command, run =>
        {
            string source = run.Get(results);
            string folder = run.Get(output) ?? Path.Combine(Directory.Exists(source) ? source : Path.GetDirectoryName(Path.GetFullPath(source))!, "report");
            StudyResult result = StudyResultFile.Read(source);
            ComparisonResult? comparison = Comparison(Directory.Exists(source) ? source : Path.GetDirectoryName(Path.GetFullPath(source))!);
            ReportSummary summary = ReportWriter.Write(result, folder, comparison, run.Progress, run.Cancellation);
            if (comparison is not null)
            {
                ComparisonFiles.Write(Path.Combine(folder, ComparisonFiles.Folder), comparison);
            }

            run.Progress.Finish();
            Console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(new { page = summary.PagePath, figures = summary.Figures, metrics = summary.MetricCount, prediction_files = summary.PredictionFileCount })
                : $"{summary.PagePath}: {summary.Figures.Length} figures, {summary.MetricCount} metrics, {summary.PredictionFileCount} prediction files");
            return Task.FromResult(0);
        });
    }

    /// <summary>The comparison of schemes that the study was followed by, or null.</summary>
    private static ComparisonResult? Comparison(string folder)
    {
        string file = Path.Combine(folder, ComparisonFiles.Folder, ComparisonResultFile.Name);
        return File.Exists(file) ? ComparisonResultFile.Read(file) : null;
    }
}
