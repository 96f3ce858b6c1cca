using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Benchmarks;

/// <summary>
/// What other heads bring for the band gap: alone, from band edges, and with three other properties in one network, on the same cells with the same seeds and
/// settings. Times nothing; the numbers stand in docs/models.md.
/// </summary>
internal static class Heads
{
    private const int TrainingSize = 240, ValidationSize = 60, Seeds = 3;

    private static readonly (string Name, TargetHead Head, ImmutableArray<Property> Properties)[] Kinds =
    [
        ("gap alone", TargetHead.Direct, [Property.BandGap]),
        ("band edges", TargetHead.Edges, [Property.BandGap, Property.ValenceBandMaximum]),
        ("gap and VBM", TargetHead.Direct, [Property.BandGap, Property.ValenceBandMaximum]),
        ("all four", TargetHead.Direct, [Property.BandGap, Property.EnergyPerAtom, Property.ValenceBandMaximum, Property.HydrostaticStress]),
    ];

    private static readonly TrainingOptions[] Models =
    [
        new() { Model = "m5", Hidden = 32, Epochs = 120, Patience = 120, BatchSize = 16, LearningRate = 3e-3 },
        new() { Model = "schnet", Hidden = 32, Layers = 2, Epochs = 60, Patience = 60, BatchSize = 16, LearningRate = 2e-3, Schedule = LearningRateSchedule.WarmupCosine, GradientNormLimit = 1 },
    ];

    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: Phonograph.Benchmarks heads CELLS FOLDER");
            return 2;
        }

        Dataset dataset = Dataset.Read([arguments[0]]);
        var cache = new FitCache(Directory.CreateDirectory(arguments[1]).FullName);
        var split = Split.Create(dataset.Configurations);
        var validation = split with { Training = split.Validation };
        var used = new Dictionary<string, LabelledConfiguration>();
        foreach (LabelledConfiguration each in Enumerable.Range(1, Seeds).SelectMany(seed => split.TrainingSubset(TrainingSize, (ulong)seed)).Concat(validation.TrainingSubset(ValidationSize, 1)).Concat(split.Test))
        {
            used[each.Id] = each;
        }

        var graphs = GraphLibrary.Build(used.Values);
        Console.WriteLine($"{TrainingSize} training, {ValidationSize} validation, {split.Test.Length} test cells, {Seeds} seeds");
        foreach (TrainingOptions model in Models)
        {
            ImmutableArray<Prediction>[]? alone = null;
            foreach ((string name, TargetHead head, ImmutableArray<Property> properties) in Kinds)
            {
                var draws = new ImmutableArray<Prediction>[Seeds];
                for (int seed = 1; seed <= Seeds; seed++)
                {
                    var data = new TrainingData(
                        properties[0], graphs.Of(split.TrainingSubset(TrainingSize, (ulong)seed), properties), graphs.Of(validation.TrainingSubset(ValidationSize, 1), properties), graphs.Options, dataset.Engine, dataset.Level)
                    {
                        FurtherProperties = properties.RemoveAt(0),
                    };
                    draws[seed - 1] = cache.Fit(new FitRequest(name, data, model with { Head = head, Seed = (ulong)seed }, graphs.Of(split.Test, properties))).Test();
                }

                alone ??= draws;
                MetricIntervals errors = Bootstrap.Of([.. draws.Select(draw => (IReadOnlyCollection<Prediction>)draw)]);
                PairedDifference difference = PairedBootstrap.Of(draws, alone);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {model.Model} | {name} | {Text(errors.MeanAbsoluteError)} | {errors.RSquared.Value:0.00} | {Text(difference.Difference)} | {difference.PValue:0.000} |"));
            }
        }

        return 0;
    }

    /// <summary>In meV.</summary>
    private static string Text(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{1000 * interval.Value:0.0} [{1000 * interval.Low:0.0}, {1000 * interval.High:0.0}]");
}
