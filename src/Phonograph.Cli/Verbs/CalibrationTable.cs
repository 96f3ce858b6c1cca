using System.Globalization;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Learning.Ensembles;

namespace Phonograph.Cli.Verbs;

/// <summary>The calibration of an ensemble as text and as JSON.</summary>
internal static class CalibrationTable
{
    internal static string Text(SpreadCalibration calibration, CalibrationReport report, Property property)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"standard error² = ({calibration.Shared:0.0000} {property.Unit})² + ({calibration.Factor:0.000} × spread of the members)², from {calibration.Cells} validation cells"));
        TextTable.Write(text, ["interval", "holds of the test labels", "with the bare spread"], report.Coverage.Select(row => (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"{100 * row.Nominal:0} %"),
            string.Create(CultureInfo.InvariantCulture, $"{100 * row.Observed.Value:0.0} % [{100 * row.Observed.Low:0.0}, {100 * row.Observed.High:0.0}]"),
            string.Create(CultureInfo.InvariantCulture, $"{100 * row.ObservedUncalibrated:0.0} %"),
        ]));
        text.Write(string.Create(CultureInfo.InvariantCulture, $"expected calibration error {report.ExpectedCalibrationError:0.000}; rank correlation of standard error and error {report.RankCorrelation:0.00}"));
        return text.ToString();
    }

    internal static JsonObject Json(SpreadCalibration calibration, CalibrationReport report) => new()
    {
        ["factor"] = calibration.Factor,
        ["shared_error"] = calibration.Shared,
        ["validation_cells"] = calibration.Cells,
        ["coverage"] = Rows(report.Coverage),
        ["curve"] = Rows(report.Curve),
        ["expected_calibration_error"] = report.ExpectedCalibrationError,
        ["rank_correlation"] = double.IsFinite(report.RankCorrelation) ? report.RankCorrelation : null,
        ["bins"] = new JsonArray([.. report.Bins.Select(bin => new JsonObject { ["n"] = bin.Count, ["standard_error"] = bin.StandardError, ["rms_error"] = bin.RootMeanSquareError })]),
    };

    private static JsonArray Rows(IEnumerable<CoverageRow> rows) => new([.. rows.Select(row => new JsonObject
    {
        ["nominal"] = Math.Round(row.Nominal, 2),
        ["n"] = row.Count,
        ["observed"] = row.Observed.Value,
        ["observed_low"] = row.Observed.Low,
        ["observed_high"] = row.Observed.High,
        ["observed_uncalibrated"] = row.ObservedUncalibrated,
    })]);
}
