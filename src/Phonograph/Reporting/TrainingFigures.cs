using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>The figure of a training: losses and validation error of each pass.</summary>
public static class TrainingFigures
{
    private const double PixelsPerUnit = 2;

    /// <summary>Checks that a figure can have this name.</summary>
    /// <exception cref="InputException">It ends neither in .svg nor in .png.</exception>
    public static void Check(string path)
    {
        if (!IsSvg(path) && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"{path}: a figure is written as .svg or .png. Give it such a name.");
        }
    }

    /// <summary>Draws the training of a model.</summary>
    /// <param name="path">File, .svg or .png by name.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InputException">The name ends neither in .svg nor in .png.</exception>
    public static void Write(string path, TrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        Check(path);
        ModelDescription description = model.Description;
        var curve = new TrainingCurve(
            description.Property,
            description.Model,
            description.Training.TrainedOn,
            [.. model.History.Select(epoch => new TrainingEpoch(epoch.Epoch, epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMeanAbsoluteError))],
            description.Training.BestEpoch);
        ReportFigure figure = TrainingFigure.Draw([curve], description.Property);
        if (IsSvg(path))
        {
            AtomicFile.WriteText(path, SvgWriter.Write(figure.Scene, "s", figure.Title, isStandalone: true));
            return;
        }

        byte[] png = PngWriter.Write(figure.Scene, PixelsPerUnit);
        AtomicFile.WriteStream(path, stream => stream.Write(png));
    }

    private static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
}
