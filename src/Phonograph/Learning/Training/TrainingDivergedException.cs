using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Learning.Training;

/// <summary>The loss of a training is no longer a finite number: its settings cannot be used with its data.</summary>
public sealed class TrainingDivergedException : InputException
{
    /// <summary>Says when, and what to do.</summary>
    /// <param name="epoch">Pass after which the loss was not finite, from 1.</param>
    /// <param name="learningRate">First learning rate of the training.</param>
    public TrainingDivergedException(int epoch, double learningRate)
        : base(string.Create(CultureInfo.InvariantCulture, $"Training diverged in epoch {epoch}: the loss is no longer a finite number. Choose a smaller learning rate than {learningRate}.")) => Epoch = epoch;

    /// <summary>Pass after which the loss was not finite, from 1.</summary>
    public int Epoch { get; }
}
