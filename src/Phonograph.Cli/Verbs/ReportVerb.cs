using System.CommandLine;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Reporting;

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
            ReportSummary summary = ReportWriter.Write(StudyResultFile.Read(source), folder, run.Progress, run.Cancellation);
            run.Progress.Finish();
            Console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(new { page = summary.PagePath, figures = summary.Figures, metrics = summary.MetricCount, prediction_files = summary.PredictionFileCount })
                : $"{summary.PagePath}: {summary.Figures.Length} figures, {summary.MetricCount} metrics, {summary.PredictionFileCount} prediction files");
            return Task.FromResult(0);
        });
    }
}
