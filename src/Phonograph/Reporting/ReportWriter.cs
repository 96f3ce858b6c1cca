using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Comparisons;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>
/// Writes the report of a study: <c>index.html</c> (one file, no network), <c>figures/</c> (SVG, PNG at 192 pixels per inch and the data as CSV),
/// <c>metrics.json</c> and <c>predictions/</c>. The same result gives the same bytes.
/// </summary>
public static class ReportWriter
{
    /// <summary>Writes the report.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="folder">Folder of the report; made when it is not there.</param>
    /// <param name="comparison">The comparison of sampling schemes, whose files lie in <c>comparison/</c> there; null for none.</param>
    /// <param name="progress">Told about every figure.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static ReportSummary Write(StudyResult result, string folder, ComparisonResult? comparison = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        MetricsFile.Write(Path.Combine(folder, "metrics.json"), result.Metrics);
        var view = new StudyView(result);
        foreach (PropertyPredictions table in result.Predictions)
        {
            AtomicFile.WriteText(Path.Combine(folder, "predictions", $"{table.Property.Key}-{StudyView.FileName(table.TrainedOn)}.csv"), PredictionTable(view, table).ToString());
        }

        ImmutableArray<ReportFigure> figures = Figures(view, comparison);
        for (int i = 0; i < figures.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReportFigure figure = figures[i];
            progress?.Report(new WorkProgress("report", i, figures.Length, figure.Name));
            FigureFiles.Write(Path.Combine(folder, "figures", figure.Name), figure);
        }

        string page = Path.Combine(folder, "index.html");
        AtomicFile.WriteText(page, HtmlReport.Write(view, comparison, figures));
        progress?.Report(new WorkProgress("report", figures.Length, figures.Length, "index.html"));
        return new ReportSummary(Path.GetFullPath(page), [.. figures.Select(figure => figure.Name)], result.Metrics.Length, result.Predictions.Length);
    }

    private static ImmutableArray<ReportFigure> Figures(StudyView view, ComparisonResult? comparison)
    {
        ReportFigure?[] all =
        [
            CrystalFigure.Draw(view),
            .. view.TrainingKinds.Select(kind => ParityFigure.Draw(view, kind)),
            ConfigurationFigure.Draw(view),
            ConfigurationMapFigure.Draw(view),
            LearningCurveFigure.Draw(view, Property.BandGap, isRSquared: false),
            LearningCurveFigure.Draw(view, Property.BandGap, isRSquared: true),
            .. ExplanationFigures.Draw(view),
            CrossSetFigure.Draw(view),
            ConditionFigure.Draw(view, Property.BandGap),
            TrainingFigure.Draw(view, Property.BandGap),
            .. comparison is null ? [] : ComparisonPage.Shown(comparison).Select(tested => SchemeErrorFigure.Draw(comparison, tested)),
            .. comparison is null ? [] : ComparisonPage.Shown(comparison).Select(tested => SchemeDifferenceFigure.Draw(comparison, tested)),
        ];
        return [.. all.OfType<ReportFigure>()];
    }

    private static CsvTable PredictionTable(StudyView view, PropertyPredictions table)
    {
        var csv = new CsvTable("id", "scheme", "temperature_K", "width_A", "set", "label", "prediction", "unit", "outside");
        foreach (Prediction prediction in table.Predictions)
        {
            ConfigurationRow? row = view.Configuration(prediction.Configuration);
            csv.Add(
                prediction.Configuration, prediction.Scheme, Numbers.Csv(row?.TemperatureKelvin), Numbers.Csv(row?.WidthAngstrom), prediction.Set,
                Numbers.Csv(prediction.Label), Numbers.Csv(prediction.Predicted), table.Property.Unit, prediction.IsOutsideTrainingRange ? "true" : "false");
        }

        return csv;
    }
}

/// <summary>What a report consists of.</summary>
/// <param name="PagePath">Path of <c>index.html</c>.</param>
/// <param name="Figures">Names of the figures, without extension.</param>
/// <param name="MetricCount">Records in <c>metrics.json</c>.</param>
/// <param name="PredictionFileCount">Files in <c>predictions/</c>.</param>
public sealed record ReportSummary(string PagePath, ImmutableArray<string> Figures, int MetricCount, int PredictionFileCount);
