using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 4: accuracy of the band gap against the number of training configurations, as mean absolute error or as R².</summary>
internal static class LearningCurveFigure
{
    private static readonly ImmutableArray<double> HamiltonianDash = [6, 3];
    private const double PanelWidth = 186, PanelHeight = 150, Left = 66, Top = 72, PitchX = 226, PitchY = 218;

    internal static ReportFigure? Draw(StudyView view, Property property, bool isRSquared)
    {
        LearningCurve[] curves = [.. view.Result.LearningCurves.Where(curve => curve.Property.Key == property.Key && !curve.Points.IsEmpty)];
        string[] rows = [.. StudyView.Order(curves.Select(curve => curve.TrainedOn)).Where(kind => kind != StudyView.Combined)];
        if (rows.Length == 0)
        {
            return null;
        }

        string[] further = [.. curves.Select(curve => curve.TestedOn).Where(tested => tested == TrajectoryPlace.Scheme).Distinct()];
        int columns = 3 + further.Length;
        var scene = new SceneBuilder(Left + (columns * PitchX) - 26, Top + (rows.Length * PitchY) - 24);
        var data = new CsvTable("property", "model", "trained_on", "tested_on", "training_size", "repeat", "quantity", "value", "mean", "low", "high");
        AxisScale x = AxisScale.Logarithmic([.. curves.SelectMany(curve => curve.Points.Select(point => (double)point.TrainingSize))]);
        Interval[] shown = [.. curves.SelectMany(curve => curve.Points.Select(point => Mean(point, isRSquared)))];
        IEnumerable<double> values = shown.SelectMany(mean => new[] { mean.Value, mean.Low, mean.High })
            .Concat(curves.SelectMany(curve => curve.Points.SelectMany(point => Repeats(point, isRSquared))));
        double[] baselines = isRSquared ? [] : [.. curves.Select(curve => view.Baseline(property, curve.TrainedOn, curve.TestedOn)?.MeanAbsoluteError.Value ?? double.NaN).Where(double.IsFinite)];
        AxisScale y = Vertical(values, shown, baselines, isRSquared);
        bool hasBaseline = isRSquared || baselines.Any(value => value < y.High);
        string name = isRSquared ? $"{property.Title}: R²" : $"{property.Title}: MAE ({property.Unit})";
        DrawLegend(scene, rows, isRSquared, hasBaseline, hasHamiltonian: curves.Any(curve => curve.Model == HamiltonianModel.Name));
        for (int row = 0; row < rows.Length; row++)
        {
            string[] tests = [rows[row], .. rows.Where(kind => kind != rows[row]).Take(1), StudyView.Combined, .. further];
            for (int column = 0; column < tests.Length; column++)
            {
                DrawPanel(scene, view, property, rows[row], tests[column], (row, column, columns), curves, x, y, name, isRSquared, data);
            }
        }

        string measure = isRSquared ? "coefficient of determination (R²)" : "mean absolute error (MAE)";
        return new ReportFigure(
            isRSquared ? "figure-4-learning-curves-r2" : "figure-4-learning-curves-mae",
            isRSquared ? "Figure 4 (R²)" : "Figure 4 (MAE)",
            $"{property.Title}: {measure} against the number of training configurations",
            $"Rows: kind of training data. Columns: test cells of the own kind, of the other kind, {(further.Length > 0 ? "of both, and frames of molecular dynamics, which no scheme drew" : "and of both")}. Line: mean over repeats (each with its own training draw and initial weights); "
            + (curves.Any(curve => curve.Model == HamiltonianModel.Name) ? "long dashes: learned Hamiltonian on the same cells; " : "") + "band: 95 % interval of the mean, by bootstrap over draws and test cells" + (further.Length > 0 ? " (frames in blocks)" : "") + "; dots: single repeats of the network. All panels share their axes; the horizontal axis is logarithmic. "
            + (isRSquared ? "Values below the lower edge are not shown; they are in the data file." : hasBaseline ? "The dashed line is the error of always answering the mean training label, where it lies inside the axis."
                : baselines.Length > 0 ? $"The error of always answering the mean training label ({Numbers.Significant(baselines.Min())} {property.Unit} and more) lies above the axis." : ""),
            scene.Build(),
            data);
    }

    private static AxisScale Vertical(IEnumerable<double> values, Interval[] means, double[] baselines, bool isRSquared)
    {
        if (!isRSquared)
        {
            // A baseline far above the curves would press them flat; the caption then names it.
            double[] all = [.. values.Where(double.IsFinite)];
            double highest = all.DefaultIfEmpty(0).Max();
            return AxisScale.Linear([.. all, .. baselines.Where(value => value < 1.3 * highest)], 5, includeZero: true);
        }

        double lowest = means.Select(mean => mean.Value).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        return AxisScale.Linear(Math.Max(-1.5, Math.Min(-0.05, lowest - 0.15)), 1.02, 5);
    }

    private static void DrawPanel(
        SceneBuilder scene, StudyView view, Property property, string trainedOn, string testedOn, (int Row, int Column, int Columns) place,
        LearningCurve[] curves, AxisScale x, AxisScale y, string name, bool isRSquared, CsvTable data)
    {
        double left = Left + (place.Column * PitchX), top = Top + (place.Row * PitchY);
        var panel = new Panel(scene, new PageRectangle(left, top, PanelWidth, PanelHeight), x, y);
        Colour colour = Palette.Of(trainedOn);
        LearningCurve[] shown = Array.FindAll(curves, candidate => candidate.TrainedOn == trainedOn && candidate.TestedOn == testedOn);
        LearningCurve? curve = Array.Find(shown, candidate => candidate.Model != HamiltonianModel.Name);
        foreach (LearningCurve each in shown)
        {
            AddRows(data, each, property, isRSquared);
        }

        if (Array.Find(shown, candidate => candidate.Model == HamiltonianModel.Name) is { } hamiltonian)
        {
            panel.Band(hamiltonian.Points.Select(point => ((double)point.TrainingSize, Mean(point, isRSquared).Low, Mean(point, isRSquared).High)), colour.WithOpacity(0.12));
            panel.Line(hamiltonian.Points.Select(point => ((double)point.TrainingSize, Mean(point, isRSquared).Value)), new Stroke(colour, 1.4, HamiltonianDash));
        }

        if (curve is not null)
        {
            if (isRSquared)
            {
                panel.Horizontal(0, new Stroke(Palette.Baseline, 1, [4, 3]));
            }
            else if (view.Baseline(property, trainedOn, testedOn) is { } baseline)
            {
                panel.Horizontal(baseline.MeanAbsoluteError.Value, new Stroke(Palette.Baseline, 1, [4, 3]));
            }

            panel.Band(curve.Points.Select(point => ((double)point.TrainingSize, Mean(point, isRSquared).Low, Mean(point, isRSquared).High)), colour.WithOpacity(0.22));
            panel.Markers(
                curve.Points.SelectMany(point => Repeats(point, isRSquared).Select(value => ((double)point.TrainingSize, value))),
                MarkerShape.Circle, 1.7, colour.WithOpacity(0.35));
            panel.Line(curve.Points.Select(point => ((double)point.TrainingSize, Mean(point, isRSquared).Value)), new Stroke(colour, 1.8));
            panel.Markers(curve.Points.Select(point => ((double)point.TrainingSize, Mean(point, isRSquared).Value)), Palette.Marker(trainedOn), 3.1, colour, new Stroke(Palette.White, 0.7));
        }

        scene.PanelTitle(left - 32, top - 9, ((char)('a' + (place.Row * place.Columns) + place.Column)).ToString(), $"{trainedOn}, tested on {view.TestName(testedOn)}");
        panel.Finish("Training configurations", place.Column == 0 ? name : "");
        if (curve is null)
        {
            scene.Text(left + (PanelWidth / 2), top + (PanelHeight / 2), "not computed", new TextStyle(SceneBuilder.LabelSize, Palette.Soft, Horizontal: TextAnchor.Middle));
        }
        else if (Hidden(curve, y, isRSquared) is { Length: > 0 } hidden)
        {
            scene.Text(left + (PanelWidth / 2), top + PanelHeight - 10, hidden, new TextStyle(SceneBuilder.TickSize, colour, Horizontal: TextAnchor.Middle));
        }
    }

    private static void AddRows(CsvTable data, LearningCurve curve, Property property, bool isRSquared)
    {
        foreach (LearningCurvePoint point in curve.Points)
        {
            Interval mean = Mean(point, isRSquared);
            ImmutableArray<double> repeats = Repeats(point, isRSquared);
            for (int repeat = 0; repeat < repeats.Length; repeat++)
            {
                data.Add(
                    property.Key, curve.Model, curve.TrainedOn, curve.TestedOn, Numbers.Csv(point.TrainingSize), Numbers.Csv(repeat), isRSquared ? "r2" : "mae_" + property.Unit,
                    Numbers.Csv(repeats[repeat]), Numbers.Csv(mean.Value), Numbers.Csv(mean.Low), Numbers.Csv(mean.High));
            }
        }
    }

    /// <summary>What a panel says of the means that lie below its lower edge.</summary>
    private static string Hidden(LearningCurve curve, AxisScale y, bool isRSquared)
    {
        double[] below = [.. curve.Points.Select(point => Mean(point, isRSquared).Value).Where(mean => mean < y.Low)];
        return below.Length switch
        {
            0 => "",
            1 => $"below: mean {Numbers.Significant(below[0])}",
            _ => $"below: means {Numbers.Significant(below.Min())} to {Numbers.Significant(below.Max())}",
        };
    }

    private static void DrawLegend(SceneBuilder scene, string[] rows, bool isRSquared, bool hasBaseline, bool hasHamiltonian)
    {
        List<LegendKey> keys =
        [
            .. rows.Select(kind => new LegendKey("trained on " + kind)
            {
                Line = new Stroke(Palette.Of(kind), 1.8),
                Marker = Palette.Marker(kind),
                MarkerFill = Palette.Of(kind),
                MarkerStroke = new Stroke(Palette.White, 0.7),
            }),
            new LegendKey("95 % interval") { Band = Palette.Baseline.WithOpacity(0.35) },
            new LegendKey("single repeats") { Marker = MarkerShape.Circle, MarkerRadius = 1.9, MarkerFill = Palette.Baseline },
        ];
        if (hasHamiltonian)
        {
            keys.Add(new LegendKey("learned Hamiltonian") { Line = new Stroke(Palette.Baseline, 1.4, HamiltonianDash) });
        }

        if (hasBaseline)
        {
            keys.Add(new LegendKey(isRSquared ? "mean of the test labels" : "mean of the training labels") { Line = new Stroke(Palette.Baseline, 1, [4, 3]) });
        }

        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20, keys);
    }

    private static Interval Mean(LearningCurvePoint point, bool isRSquared) => isRSquared ? point.RSquared : point.MeanAbsoluteError;

    private static ImmutableArray<double> Repeats(LearningCurvePoint point, bool isRSquared) => isRSquared ? point.RSquareds : point.MeanAbsoluteErrors;
}
