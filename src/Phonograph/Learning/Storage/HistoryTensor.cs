using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Storage;

/// <summary>The training history as a tensor: one row per epoch with training loss, validation loss, validation error and learning rate.</summary>
internal static class HistoryTensor
{
    /// <summary>Name in model files and checkpoints.</summary>
    public const string Name = "training.history";

    private const int Columns = 4;

    public static SafetensorsTensor Of(IReadOnlyList<EpochRecord> history) => SafetensorsTensor.Of(
        [.. history.SelectMany(epoch => new[] { epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMeanAbsoluteError, epoch.LearningRate })],
        history.Count,
        Columns);

    public static ImmutableArray<EpochRecord> Read(SafetensorsFile file, string path)
    {
        SafetensorsTensor tensor = NetworkTensors.Require(file, Name, path);
        if (tensor.Type != "F64" || tensor.Shape.Length != 2 || tensor.Shape[1] != Columns)
        {
            throw InputException.At(path, 0, $"{Name} of type {tensor.Type} and shape [{string.Join(", ", tensor.Shape)}]", $"F64 of shape [epochs, {Columns}]", "Train the model again.");
        }

        double[] values = tensor.ToDoubles();
        return
        [
            .. Enumerable.Range(0, tensor.Shape[0]).Select(row =>
                new EpochRecord(row + 1, values[row * Columns], values[(row * Columns) + 1], values[(row * Columns) + 2], values[(row * Columns) + 3])),
        ];
    }
}
