using System.Globalization;
using Phonograph.Learning.Training;

namespace Phonograph.Benchmarks;

/// <summary>Settings of the comparison with the teacher.</summary>
/// <param name="Seeds">Models of each kind.</param>
/// <param name="Cells">Cells drawn: 8 of 10 train, 1 of 10 validates, 1 of 10 tests.</param>
/// <param name="Explained">Test cells that are explained.</param>
/// <param name="Model">Architecture.</param>
/// <param name="Epochs">Passes over the training cells.</param>
/// <param name="PoorEpochs">Passes of the deliberately poor model.</param>
/// <param name="Output">CSV file with a row for each model and teacher; none when null.</param>
internal sealed record TeacherArguments(int Seeds = 10, int Cells = 3000, int Explained = 60, string Model = "painn", int Epochs = 40, int PoorEpochs = 2, string? Output = null)
{
    internal const string Usage = "usage: Phonograph.Benchmarks teacher [--seeds N] [--cells N] [--explained N] [--model NAME] [--epochs N] [--poor-epochs N] [--output FILE]";

    /// <summary>Reads arguments; null for a wrong one.</summary>
    internal static TeacherArguments? Read(ReadOnlySpan<string> arguments)
    {
        var read = new TeacherArguments();
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string value = index + 1 < arguments.Length ? arguments[index + 1] : "";
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
            TeacherArguments? next = (arguments[index], isNumber) switch
            {
                ("--seeds", true) => read with { Seeds = number },
                ("--cells", true) when number >= 20 => read with { Cells = number },
                ("--explained", true) => read with { Explained = number },
                ("--epochs", true) => read with { Epochs = number },
                ("--poor-epochs", true) => read with { PoorEpochs = number },
                ("--model", false) when value.Length > 0 => read with { Model = value },
                ("--output", false) when value.Length > 0 => read with { Output = value },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            read = next;
        }

        return read;
    }

    /// <summary>How a model is trained.</summary>
    internal TrainingOptions Options(int seed, bool isPoor) => new TrainingOptions
    {
        Model = Model,
        Hidden = 32,
        Layers = Model.StartsWith('m') ? null : 2,
        Epochs = isPoor ? PoorEpochs : Epochs,
        Patience = Epochs,
        BatchSize = 8,
        LearningRate = 2e-3,
        Schedule = LearningRateSchedule.WarmupCosine,
        WarmupEpochs = isPoor ? 0 : Math.Min(3, Epochs - 1),
        GradientNormLimit = 1,
        Seed = (ulong)seed,
    }.Validated();
}
