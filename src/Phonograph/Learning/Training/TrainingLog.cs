using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Learning.Training;

/// <summary>Losses over passes as a CSV table: epoch, training_loss, validation_loss, validation_mae, learning_rate, as <see cref="EpochRecord"/> defines them.</summary>
public static class TrainingLog
{
    /// <summary>Writes the whole table.</summary>
    /// <param name="path">File; <c>.gz</c> by name.</param>
    /// <param name="history">Passes in order.</param>
    public static void Write(string path, IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine("epoch,training_loss,validation_loss,validation_mae,learning_rate");
            foreach (EpochRecord epoch in history)
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{epoch.Epoch},{epoch.TrainingLoss:R},{Number(epoch.ValidationLoss)},{Number(epoch.ValidationMeanAbsoluteError)},{epoch.LearningRate:R}"));
            }
        });
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
