using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>What kind of value a hyper-parameter has.</summary>
public enum HyperParameterKind
{
    /// <summary>One of several names.</summary>
    Name,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A real number.</summary>
    RealNumber,
}

/// <summary>A setting of <see cref="TrainingOptions"/> that a search may vary, under the name that <c>phonograph train</c> has for it.</summary>
public sealed class HyperParameter
{
    private readonly Func<TrainingOptions, string?> _read;
    private readonly Func<TrainingOptions, string, TrainingOptions> _write;
    private readonly Func<TrainingOptions, bool> _applies;

    private HyperParameter(
        string name, HyperParameterKind kind, string expected, Func<TrainingOptions, string?> read, Func<TrainingOptions, string, TrainingOptions> write, Func<TrainingOptions, bool>? applies = null, string condition = "")
    {
        (Name, Kind, Expected, Condition, _read, _write, _applies) = (name, kind, expected, condition, read, write, applies ?? (_ => true));
    }

    /// <summary>All, in the order in which a space is written out: what another one depends on goes before it.</summary>
    public static ImmutableArray<HyperParameter> All { get; } =
    [
        new("model", HyperParameterKind.Name, $"one of {string.Join(", ", GraphNetworks.Names)}", options => options.Model, (options, text) => options with { Model = text }),
        new("layers", HyperParameterKind.WholeNumber, "a whole number from 1 to 16", options => Digits(options.Layers), (options, text) => options with { Layers = Integer(text) }, options => GraphNetworks.GeometryOf(options.Model) != EdgeGeometry.ScaledLength, "model cgcnn, schnet or painn"),
        new("read-out", HyperParameterKind.Name, "mean, max or attention", options => options.ReadOut?.ToString().ToLowerInvariant(), (options, text) => options with { ReadOut = ReadOut(text) }),
        new("hidden", HyperParameterKind.WholeNumber, "a whole number from 1 to 1024", options => Digits(options.Hidden), (options, text) => options with { Hidden = Integer(text) }),
        new("learning-rate", HyperParameterKind.RealNumber, "a positive number", options => Text(options.LearningRate), (options, text) => options with { LearningRate = Real(text) }),
        new("schedule", HyperParameterKind.Name, string.Join(", ", LearningRateSchedules.Names), options => LearningRateSchedules.Name(options.Schedule), (options, text) => options with { Schedule = Schedule(text) }),
        new("warmup", HyperParameterKind.WholeNumber, "a whole number of epochs", options => Digits(options.WarmupEpochs), (options, text) => options with { WarmupEpochs = Integer(text) }, options => options.Schedule == LearningRateSchedule.WarmupCosine, "schedule cosine"),
        new("weight-decay", HyperParameterKind.RealNumber, "0 or a positive number below 1000", options => Text(options.WeightDecay), (options, text) => options with { WeightDecay = Real(text) }),
        new("clip", HyperParameterKind.RealNumber, "0 (none) or a positive number", options => Text(options.GradientNormLimit), (options, text) => options with { GradientNormLimit = Real(text) }),
        new("average", HyperParameterKind.RealNumber, "0 (none) up to, not including, 1", options => Text(options.AverageDecay), (options, text) => options with { AverageDecay = Real(text) }),
        new("dropout", HyperParameterKind.RealNumber, "0 up to, not including, 1", options => Text(options.Dropout), (options, text) => options with { Dropout = Real(text) }),
        new("batch", HyperParameterKind.WholeNumber, "a whole number, at least 1", options => Digits(options.BatchSize), (options, text) => options with { BatchSize = Integer(text) }),
    ];

    /// <summary>Name, as the option of <c>phonograph train</c> without its hyphens in front.</summary>
    public string Name { get; }

    /// <summary>Kind of its values.</summary>
    public HyperParameterKind Kind { get; }

    /// <summary>What may stand for it, for messages.</summary>
    public string Expected { get; }

    /// <summary>When it applies, for messages; empty for always.</summary>
    internal string Condition { get; }

    /// <summary>Options of <c>phonograph train</c> that make these settings.</summary>
    public static string CommandLine(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IEnumerable<(string Name, string Value)> all = [.. All.Select(each => (each.Name, each.Read(options))), ("epochs", $"{options.Epochs}"), ("patience", $"{options.Patience}"), ("seed", $"{options.Seed}")];
        return string.Join(' ', all.Where(each => each.Value.Length > 0).Select(each => $"--{each.Name} {each.Value}"));
    }

    /// <summary>Whether settings with these values of the parameters before it use it.</summary>
    public bool AppliesTo(TrainingOptions options) => _applies(options);

    /// <summary>Its value as text that <c>phonograph train</c> reads; empty where it does not apply or the model decides.</summary>
    public string Read(TrainingOptions options) => AppliesTo(options) ? _read(options) ?? "" : "";

    /// <summary>Settings with this value; unchanged where the parameter does not apply.</summary>
    /// <exception cref="InputException">The text is no value of it.</exception>
    internal TrainingOptions Write(TrainingOptions options, string text) => AppliesTo(options) ? _write(options, text) : options;

    /// <summary>Null for a value that may stand for it, else why not.</summary>
    internal string? Objection(string text)
    {
        // Everything that depends on another parameter is tried where it applies.
        var trial = new TrainingOptions { Model = Name == "layers" ? "cgcnn" : "m5", Schedule = Name == "warmup" ? LearningRateSchedule.WarmupCosine : LearningRateSchedule.Constant, Epochs = int.MaxValue };
        try
        {
            _write(trial, text).Validated();
            return null;
        }
        catch (InputException error)
        {
            return error.Message;
        }
    }

    /// <summary>A number as text, with the fewest digits that read back to the same bits.</summary>
    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string? Digits(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static int Integer(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw new InputException($"'{text}' is no whole number.");

    private static double Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value
        : throw new InputException($"'{text}' is no finite number.");

    private static Pooling ReadOut(string text) => Enum.GetValues<Pooling>().Where(each => each.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).Select(each => (Pooling?)each).FirstOrDefault()
        ?? throw new InputException($"'{text}' is no read-out.");

    private static LearningRateSchedule Schedule(string text) => LearningRateSchedules.Of(text) ?? throw new InputException($"'{text}' is no schedule.");
}
