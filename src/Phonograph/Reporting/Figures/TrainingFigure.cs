using Phonograph.Datasets;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 8: loss and validation error per epoch of the band-gap models.</summary>
internal static class TrainingFigure
{
    private const double Left = 66, Top = 62, PanelHeight = 130, Between = 40, PitchY = 196, PanelsWidth = 638;
    private const int Columns = 3;

    internal static ReportFigure? Draw(StudyView view, Property property)
    {
        TrainingCurve[] curves = [.. view.Result.TrainingCurves.Where(curve => curve.Property.Key == property.Key && !curve.Epochs.IsEmpty)];
        if (curves.Length == 0)
        {
            return null;
        }

        return Draw([.. StudyView.Order(curves.Select(curve => curve.TrainedOn)).SelectMany(kind => curves.Where(curve => curve.TrainedOn == kind)).Take(Columns)], property);
    }

    /// <summary>The figure of up to three trainings side by side; one alone is given the width of all.</summary>
    internal static ReportFigure Draw(IReadOnlyList<TrainingCurve> curves, Property property)
    {
        int columns = curves.Count == 1 ? 1 : Columns;
        double pitchX = (PanelsWidth + Between) / columns, panelWidth = pitchX - Between;
        var scene = new SceneBuilder(Left + PanelsWidth + 14, Top + (2 * PitchY) - 20);
        var data = new CsvTable("property", "model", "trained_on", "epoch", "training_loss", "validation_loss", "validation_mae", "unit", "is_best");
        AxisScale loss = AxisScale.LogarithmicDecades(curves.SelectMany(curve => curve.Epochs.SelectMany(epoch => new[] { epoch.TrainingLoss, epoch.ValidationLoss })));
        AxisScale error = AxisScale.Linear(curves.SelectMany(curve => curve.Epochs.Select(epoch => epoch.ValidationMeanAbsoluteError)), 5, includeZero: true);
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
        [
            new LegendKey("training loss") { Line = new Stroke(Palette.Baseline, 1.3) },
            new LegendKey("validation loss and MAE (colour: kind of training data)") { Line = new Stroke(Palette.Ink, 1.3) },
            new LegendKey("epoch whose weights were kept") { Line = new Stroke(Palette.Ink, 1, [4, 3]) },
        ]);
        for (int column = 0; column < curves.Count; column++)
        {
            TrainingCurve curve = curves[column];
            AxisScale x = AxisScale.Linear(0, curve.Epochs[^1].Epoch, 4);
            double left = Left + (column * pitchX);
            Colour colour = Palette.Of(curve.TrainedOn);
            var upper = new Panel(scene, new PageRectangle(left, Top, panelWidth, PanelHeight), x, loss);
            upper.Line(curve.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.TrainingLoss)), new Stroke(Palette.Baseline, 1));
            upper.Line(curve.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss)), new Stroke(colour, 1.2));
            upper.Vertical(curve.BestEpoch, new Stroke(Palette.Ink, 1, [4, 3]));
            scene.PanelTitle(left - 32, Top - 10, ((char)('a' + column)).ToString(), $"trained on {curve.TrainedOn}, {curve.Model}");
            upper.Finish("Epoch", column == 0 ? "Loss (normalised)" : "");
            var lower = new Panel(scene, new PageRectangle(left, Top + PitchY, panelWidth, PanelHeight), x, error);
            lower.Line(curve.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.ValidationMeanAbsoluteError)), new Stroke(colour, 1.2));
            lower.Vertical(curve.BestEpoch, new Stroke(Palette.Ink, 1, [4, 3]));
            scene.PanelTitle(left - 32, Top + PitchY - 10, ((char)('a' + curves.Count + column)).ToString(), "validation");
            lower.Finish("Epoch", column == 0 ? $"MAE ({property.Unit})" : "");
            foreach (TrainingEpoch epoch in curve.Epochs)
            {
                data.Add(
                    property.Key, curve.Model, curve.TrainedOn, Numbers.Csv(epoch.Epoch), Numbers.Csv(epoch.TrainingLoss), Numbers.Csv(epoch.ValidationLoss),
                    Numbers.Csv(epoch.ValidationMeanAbsoluteError), property.Unit, epoch.Epoch == curve.BestEpoch ? "true" : "false");
            }
        }

        return new ReportFigure(
            "figure-8-training-history",
            "Figure 8",
            $"{property.Title}: training history of the reported models",
            "Top: mean square error of the normalised property on the training data (over the steps of the epoch, with dropout and batch statistics) and on the validation data (after the epoch), logarithmic. Bottom: mean absolute error on the validation data.",
            scene.Build(),
            data);
    }
}
