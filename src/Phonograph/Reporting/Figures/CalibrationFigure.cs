using Phonograph.Datasets;
using Phonograph.Learning.Ensembles;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Whether the intervals of an ensemble hold what they promise, and whether its spread knows where the errors are.</summary>
internal static class CalibrationFigure
{
    private const double Left = 60, Top = 62, Side = 220, Pitch = 306, Bottom = 52;

    internal static ReportFigure Draw(CalibrationReport report, Property property)
    {
        var scene = new SceneBuilder(Left + Pitch + Side + 20, Top + Side + Bottom);
        var ideal = new Stroke(Palette.Baseline, 0.9, [4, 3]);
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
        [
            new LegendKey("calibrated, 95 % interval") { Line = new Stroke(Palette.Phonon, 1), Marker = MarkerShape.Circle, MarkerFill = Palette.Phonon },
            new LegendKey("bare spread") { Marker = MarkerShape.Square, MarkerStroke = new Stroke(Palette.Random, 1) },
            new LegendKey("perfect") { Line = ideal },
        ]);

        var coverage = new Panel(scene, new PageRectangle(Left, Top, Side, Side), AxisScale.Linear(0, 1, 5), AxisScale.Linear(0, 1, 5));
        coverage.Line([(0, 0), (1, 1)], ideal);
        foreach (CoverageRow row in report.Curve)
        {
            coverage.ErrorBar(row.Nominal, row.Observed.Low, row.Observed.High, new Stroke(Palette.Phonon, 1));
        }

        coverage.Markers(report.Curve.Select(row => (row.Nominal, row.ObservedUncalibrated)), MarkerShape.Square, 2.6, null, new Stroke(Palette.Random, 1));
        coverage.Markers(report.Curve.Select(row => (row.Nominal, row.Observed.Value)), MarkerShape.Circle, 2.6, Palette.Phonon);
        coverage.Finish("Nominal coverage", "Observed coverage");
        scene.PanelTitle(Left - 32, Top - 10, "a", $"{report.Curve[0].Count} test cells");

        AxisScale axis = AxisScale.Linear(report.Bins.SelectMany(bin => new[] { bin.StandardError, bin.RootMeanSquareError }), 5, includeZero: true);
        var error = new Panel(scene, new PageRectangle(Left + Pitch, Top, Side, Side), axis, axis);
        error.Line([(axis.Low, axis.Low), (axis.High, axis.High)], ideal);
        error.Markers(report.Bins.Select(bin => (bin.StandardError, bin.RootMeanSquareError)), MarkerShape.Circle, 3.2, Palette.Phonon);
        error.Finish($"Calibrated standard error ({property.Unit})", $"r.m.s. error ({property.Unit})");
        scene.PanelTitle(Left + Pitch - 32, Top - 10, "b", "cells sorted by standard error");

        var data = new CsvTable("table", "nominal", "n", "observed", "observed_low", "observed_high", "observed_uncalibrated", "standard_error", "rms_error", "unit");
        foreach (CoverageRow row in report.Curve)
        {
            data.Add(
                "coverage", Numbers.Csv(row.Nominal), Numbers.Csv(row.Count), Numbers.Csv(row.Observed.Value), Numbers.Csv(row.Observed.Low), Numbers.Csv(row.Observed.High), Numbers.Csv(row.ObservedUncalibrated), "", "", "");
        }

        foreach (SpreadBin bin in report.Bins)
        {
            data.Add("bins", "", Numbers.Csv(bin.Count), "", "", "", "", Numbers.Csv(bin.StandardError), Numbers.Csv(bin.RootMeanSquareError), property.Unit);
        }

        return new ReportFigure(
            "calibration", "Calibration", $"{property.Title}: calibration of an ensemble",
            "a: share of labels within intervals of a nominal coverage, with exact binomial 95 % intervals. b: root mean square error of cells of similar calibrated standard error.", scene.Build(), data);
    }
}
